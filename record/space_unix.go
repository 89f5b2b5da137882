//go:build unix

package record

import "syscall"

// diskFull says whether the file system of the folder has no room for even a few pages. SQLite tells a failed write
// from a full disk only when the write came back short.
func diskFull(folder string) bool {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(folder, &stat); err != nil {
		return false
	}
	return uint64(stat.Bavail)*uint64(stat.Bsize) < 64<<10
}
