package web

import (
	"net/http"

	"concord/mechanism"
)

// keysPage says which keys do what.
type keysPage struct {
	*Frame  `json:"-"`
	Version string `json:"version"`
}

func (s *Server) keys(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, "keys", func(m *mechanism.Mechanism, f *Frame) (any, error) {
		f.About(f.T("keys.title"))
		f.Seal = nil
		return &keysPage{f, s.cfg.Version}, nil
	})
}
