package web_test

import (
	"net/http"
	"testing"

	"concord/web"
)

// A page on the web may point a name of its own at 127.0.0.1; a demonstration must not take its visitors for officers.
func TestADemonstrationAnswersUnderItsOwnAddressOnly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		demo, host string
		want       int
	}{
		{"officer", "127.0.0.1:8080", http.StatusOK},
		{"officer", "localhost:8080", http.StatusOK},
		{"officer", "[::1]:8080", http.StatusOK},
		{"officer", "evil.example", http.StatusForbidden},
		{"", "concord.example", http.StatusOK},
	} {
		h := open(t, web.Config{DemoPerson: c.demo})
		req, err := http.NewRequest(http.MethodGet, h.srv.URL+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = c.host
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != c.want {
			t.Errorf("demo %q as %q: status %d, want %d", c.demo, c.host, res.StatusCode, c.want)
		}
	}
}
