package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"

	"concord/internal/fault"
)

// assets are the files that pages ask for, by a name that has the hash of the content, so that a browser may keep them
// for ever. All stylesheets are one file, all scripts another: the kernel's first, then family by family, by name within each.
type assets struct {
	CSS, JS, Icon string // addresses
	content       map[string][]byte
	packed        map[string][]byte // in gzip, where it is worth it
	packer        *packer
}

func loadAssets(families []Family, packer *packer) assets {
	a := assets{content: map[string][]byte{}, packed: map[string][]byte{}, packer: packer}
	folders := []fs.FS{kernel}
	for _, f := range families {
		folders = append(folders, f.Files)
	}
	a.CSS = a.add("concord", ".css", joined(folders, ".css"))
	a.JS = a.add("concord", ".js", joined(folders, ".js"))
	icon, err := kernel.ReadFile("icon.svg")
	if err != nil {
		panic(err)
	}
	a.Icon = a.add("icon", ".svg", icon)
	return a
}

func (a assets) add(name, ext string, content []byte) string {
	sum := sha256.Sum256(content)
	file := name + "." + hex.EncodeToString(sum[:6]) + ext
	a.content[file], a.packed[file] = content, a.packer.packed(content)
	return "/assets/" + file
}

// joined is all files with an ending, one after the other.
func joined(folders []fs.FS, ext string) []byte {
	var all bytes.Buffer
	for _, folder := range folders {
		for _, name := range filesIn(folder, ext) {
			content, err := fs.ReadFile(folder, name)
			if err != nil {
				panic(err)
			}
			all.Write(content)
			all.WriteByte('\n')
		}
	}
	return all.Bytes()
}

// asset serves a file of the program.
func (s *Site) asset(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	content, ok := s.assets.content[name]
	if !ok {
		return fault.New(fault.NotFound, "there is no file %q", name)
	}
	kinds := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	w.Header().Set("Content-Type", kinds[path.Ext(name)])
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Header().Set("Vary", "Accept-Encoding")
	var packed []byte
	if takesGzip(r) {
		packed = s.assets.packed[name]
	}
	sendPacked(w, http.StatusOK, content, packed)
	return nil
}
