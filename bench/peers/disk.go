package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// sayDisk measures what it costs here to make 16 KB durable, about what one act writes, in the folder that the servers
// write to: added to the end of a file, whose new length the disk must keep too, and written over bytes that are there
// already. A write-ahead log grows until its first checkpoint and is written over from then on.
func sayDisk(dir string) error {
	f, err := os.Create(filepath.Join(dir, "disk"))
	if err != nil {
		return err
	}
	defer f.Close()
	const times = 300
	page := make([]byte, 16<<10)
	sync := func() (time.Duration, error) {
		var took []float64
		for i := range times {
			begun := time.Now()
			if _, err := f.WriteAt(page, int64(i*len(page))); err != nil {
				return 0, err
			}
			if err := f.Sync(); err != nil {
				return 0, err
			}
			took = append(took, time.Since(begun).Seconds())
		}
		return time.Duration(middle(took) * float64(time.Second)), nil
	}
	added, err := sync()
	if err != nil {
		return err
	}
	over, err := sync()
	if err != nil {
		return err
	}
	fmt.Printf("this disk makes 16 KB durable in %s at the end of a file, in %s over bytes that are there\n", added.Round(time.Microsecond), over.Round(time.Microsecond))
	return nil
}
