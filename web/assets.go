package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"slices"
	"strings"

	"concord/internal/fault"
)

//go:embed *.css *.js icon.svg
var assetFiles embed.FS

// assets are the files that pages ask for, by a name that has the hash of the content, so that a browser may keep them
// for ever. All stylesheets are one file, all scripts another, frame.css and frame.js first, the rest by name.
type assets struct {
	CSS, JS, Icon string // addresses
	content       map[string][]byte
	packed        map[string][]byte // in gzip, where it is worth it
}

func loadAssets() assets {
	a := assets{content: map[string][]byte{}, packed: map[string][]byte{}}
	a.CSS = a.add("concord", ".css", joined(".css"))
	a.JS = a.add("concord", ".js", joined(".js"))
	icon, err := assetFiles.ReadFile("icon.svg")
	if err != nil {
		panic(err)
	}
	a.Icon = a.add("icon", ".svg", icon)
	return a
}

func (a assets) add(name, ext string, content []byte) string {
	sum := sha256.Sum256(content)
	file := name + "." + hex.EncodeToString(sum[:6]) + ext
	a.content[file], a.packed[file] = content, pack(content)
	return "/assets/" + file
}

// joined is all files with an ending, one after the other.
func joined(ext string) []byte {
	entries, err := assetFiles.ReadDir(".")
	if err != nil {
		panic(err)
	}
	var names []string
	for _, e := range entries {
		if path.Ext(e.Name()) == ext {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if first := strings.HasPrefix(b, "frame."); first != strings.HasPrefix(a, "frame.") {
			return map[bool]int{true: 1, false: -1}[first]
		}
		return strings.Compare(a, b)
	})
	var all bytes.Buffer
	for _, name := range names {
		content, err := assetFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		all.Write(content)
		all.WriteByte('\n')
	}
	return all.Bytes()
}

// asset serves a file of the program.
func (s *Server) asset(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	content, ok := s.assets.content[name]
	if !ok {
		return fault.New(fault.NotFound, "there is no file %q", name)
	}
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	w.Header().Set("Content-Type", kinds[path.Ext(name)])
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Header().Set("Vary", "Accept-Encoding")
	sendPacked(w, r, http.StatusOK, content, s.assets.packed[name])
	return nil
}
