package find

import (
	"net/http"

	"concord/web/page"
)

// keysPage says which keys do what.
type keysPage struct {
	*page.Frame
	Version string
}

func showKeys(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	return s.Show(w, r, func(f *page.Frame) (page.Page, error) {
		f.About(f.T("keys.title"))
		f.Seal = nil
		return &keysPage{f, s.Config.Version}, nil
	})
}
