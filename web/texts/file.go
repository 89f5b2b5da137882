package texts

import (
	"encoding/json"
	"mime"
	"net/http"
	"strconv"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/web/page"
)

// sendFile gives the file of a copy as it came, from the body of the act that brought it. Whatever it is, a browser only
// saves it.
func sendFile(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	code, lang := r.PathValue("code"), r.PathValue("language")
	var (
		c  mechanism.Copy
		ok bool
	)
	err := s.View(r, func(m page.State) error {
		if t, known := m.Text(code); known {
			c, ok = t.Copy(lang)
		}
		if !ok || c.Language != lang {
			return fault.New(fault.NotFound, "there is no copy of %q in %q", code, lang)
		}
		return nil
	})
	if err != nil {
		return err
	}
	entry, err := s.Entry(r, c.Received)
	if err != nil {
		return err
	}
	var act struct {
		File []byte `json:"file"`
	}
	if err := json.Unmarshal(entry.Body, &act); err != nil {
		return fault.Wrap(err, fault.Internal, "the body of act %d cannot be read", c.Received)
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": c.Document.Name}))
	h.Set("Content-Length", strconv.Itoa(len(act.File)))
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	w.Write(act.File) // the reader may be gone; nothing to do about it
	return nil
}
