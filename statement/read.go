package statement

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"
	"unicode"
)

// Read takes the bytes of a file as they came and gives the document in it: decoded, its markup peeled, repaired, its
// language told, split and classified. The name says the format by its ending where the bytes leave it open.
//
// An error is of kind invalid and its sentence says what is wrong with the file: empty, too large, not a text, damaged
// beyond repair.
func Read(name string, data []byte) (*Document, error) {
	return ReadUnder(context.Background(), name, data)
}

// ReadUnder is Read for a caller who may give up: between the steps it looks whether the context has ended, and gives its
// error then.
func ReadUnder(ctx context.Context, name string, data []byte) (*Document, error) {
	d, peeled, err := decode(path.Base(strings.ReplaceAll(name, `\`, "/")), data)
	if err != nil {
		return nil, err
	}
	for _, step := range []func(){
		func() { repair(d, peeled) },
		func() { d.Content, d.offsets = content(d.Reading), newOffsets(d) },
		func() { split(d) },
	} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		step()
	}
	return d, nil
}

// content is the hash of the words alone: letters, marks and digits, so that neither the page a text stood on nor the
// width of its commas makes a difference.
func content(reading string) string {
	words := strings.Map(func(r rune) rune {
		if r >= 0x4E00 && r <= 0x9FFF || r >= 0x0410 && r <= 0x044F || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) {
			return r
		}
		return -1
	}, reading)
	return digest([]byte(words))
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
