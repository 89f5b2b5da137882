package web

import (
	"embed"

	"concord/internal/lang"
)

//go:embed words.txt errors.txt
var wordFiles embed.FS

// loadWords reads what the pages say; it is part of the program, so an error is a fault of the build.
func loadWords() *lang.Catalog {
	return lang.Must(lang.New(lang.Source{Name: "web", Files: wordFiles}))
}
