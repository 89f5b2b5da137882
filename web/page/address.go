package page

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Secure says whether people reach the site by https only.
func (s *Site) Secure() bool { return strings.HasPrefix(s.Config.URL, "https://") }

// Address is where people reach the site, without a slash at its end. Where it was not said, it is what the request says, which
// is good for one's own machine only: a request may name any host.
func (s *Site) Address(r *http.Request) string {
	switch {
	case s.Config.URL != "":
		return strings.TrimRight(s.Config.URL, "/")
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// AddressOf is where a request comes from, without the port. Of X-Forwarded-For only what our own proxies have added counts,
// from the last on: whatever stands before it anybody can write, and what comes from elsewhere has no proxy.
func (s *Site) AddressOf(r *http.Request) string {
	from := r.RemoteAddr
	if host, _, err := net.SplitHostPort(from); err == nil {
		from = host
	}
	if len(s.Config.Proxies) == 0 {
		return from
	}
	passed := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, before := range slices.Backward(passed) {
		at, err := netip.ParseAddr(strings.TrimSpace(before))
		if err != nil || !s.isProxy(from) {
			break
		}
		from = at.Unmap().String()
	}
	return from
}

// isProxy says whether an address is one of our proxies'.
func (s *Site) isProxy(address string) bool {
	at, err := netip.ParseAddr(address)
	return err == nil && slices.ContainsFunc(s.Config.Proxies, func(p netip.Prefix) bool { return p.Contains(at.Unmap()) })
}
