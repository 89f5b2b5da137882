package statement

import (
	"strings"

	"concord/internal/fault"
	"concord/internal/ooxml"
)

// docxText gives the paragraphs of a docx file, one a line, with the numbers that the file gives them.
func docxText(name string, data []byte) (string, error) {
	paragraphs, err := ooxml.Paragraphs(data, MaxFile)
	if err != nil {
		return "", fault.New(fault.Invalid, "%s cannot be read as a docx file: %w", name, err)
	}
	return strings.Join(paragraphs, "\n"), nil
}
