package texts

import (
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
	m, err := s.State(r)
	if err != nil {
		return err
	}
	if t, known := m.Text(code); known {
		c, ok = t.Copy(lang)
	}
	if !ok || c.Language != lang {
		return fault.New(fault.NotFound, "there is no copy of %q in %q", code, lang)
	}
	entry, err := s.Entry(r, c.Received)
	if err != nil {
		return err
	}
	if entry.Body == nil {
		return fault.New(fault.NotFound, "the body of act %d was erased, and the file with it", entry.Seq)
	}
	act, err := mechanism.Decode(entry.Kind, entry.Body)
	if err != nil {
		return err
	}
	received, ok := act.(*mechanism.ReceiveText)
	if !ok {
		return fault.New(fault.Internal, "act %d brought no text", c.Received)
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": c.Document.Name}))
	h.Set("Content-Length", strconv.Itoa(len(received.File)))
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	w.Write(received.File) // the reader may be gone; nothing to do about it
	return nil
}
