package statement

import (
	"fmt"
	"unicode/utf8"
)

// decode makes a document of a file: its name, digest, encoding, format, Original and, where the format has markup, Peeled.
func decode(name string, data []byte) (*Document, error) {
	if len(data) == 0 {
		return nil, fmt.Errorf("%s is empty", name)
	}
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("%s is not UTF-8", name)
	}
	return &Document{Name: name, Format: "txt", Encoding: "utf-8", Digest: digest(data), Original: string(data)}, nil
}
