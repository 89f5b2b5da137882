package cli

import (
	"cmp"
	"crypto/tls"
	"flag"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/crypto/acme/autocert"

	"concord/internal/fault"
	"concord/web"
)

// door is where a server is reached: the address to listen on, the address that people know, what stands between the two, and
// who speaks TLS.
type door struct {
	listen  string
	url     string
	proxy   string
	cert    string
	certKey string
	acme    string
}

func doorFlags(set *flag.FlagSet) *door {
	d := &door{}
	set.StringVar(&d.listen, "listen", "127.0.0.1:8080", "address to listen on; port 0 takes a free one")
	set.StringVar(&d.url, "url", "", "the address that people know, such as https://concord.example: it stands in invitations, and with https cookies are sent in no other way")
	set.StringVar(&d.proxy, "proxied", "", "addresses or networks of your own proxies, with commas between, such as 127.0.0.1: whom they say that a request comes from is believed")
	set.StringVar(&d.cert, "cert", "", "the file of a TLS certificate with its chain, in PEM; looked at anew for each connection")
	set.StringVar(&d.certKey, "cert-key", "", "the file of that certificate's key")
	set.StringVar(&d.acme, "acme", "", "a folder for certificates that are asked of Let's Encrypt for the host of --url; needs port 443")
	return d
}

// check refuses what does not fit together and fills in what the pages need to know.
func (d *door) check(cfg *web.Config) error {
	own := d.cert != "" || d.acme != ""
	switch {
	case (d.cert == "") != (d.certKey == ""):
		return usage("--cert and --cert-key go together")
	case d.cert != "" && d.acme != "":
		return usage("say --cert or --acme, not both")
	case own && d.proxy != "":
		return usage("TLS is spoken by the proxy or by this program, not by both: say --proxied, --cert or --acme")
	}
	known, err := knownAddress(d.url)
	if err != nil {
		return err
	}
	secure := strings.HasPrefix(known, "https://")
	switch {
	case own && !secure:
		return usage("with TLS, say under which address people reach this server: --url https://...")
	case secure && !own && d.proxy == "":
		return usage("%s needs somebody who speaks TLS: --proxied ADDRESS, --cert FILE or --acme FOLDER", known)
	}
	d.url, cfg.URL = known, known
	cfg.Proxies, err = networks(d.proxy)
	return err
}

// knownAddress is the address that people know in its one form: a scheme and a host, no more.
func knownAddress(said string) (string, error) {
	if said == "" {
		return "", nil
	}
	u, err := url.Parse(said)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", usage("--url is an address without a path, such as https://concord.example, not %q", said)
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
}

// networks reads addresses and networks with commas between.
func networks(said string) (all []netip.Prefix, err error) {
	for one := range strings.SplitSeq(said, ",") {
		one = strings.TrimSpace(one)
		if one == "" {
			continue
		}
		network, err := netip.ParsePrefix(one)
		if at, single := netip.ParseAddr(one); single == nil {
			network, err = at.Unmap().Prefix(at.Unmap().BitLen())
		}
		if err != nil {
			return nil, usage("--proxied names addresses or networks, such as 127.0.0.1 or 10.0.0.0/8, not %q", one)
		}
		all = append(all, network)
	}
	return all, nil
}

// open begins to listen. Where the program speaks TLS itself, what it gives does.
func (d *door) open() (net.Listener, error) {
	config, err := d.tls()
	if err != nil {
		return nil, err
	}
	ln, err := net.Listen("tcp", d.listen)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "%s cannot be listened on: %v", d.listen, err)
	}
	if config != nil {
		ln = tls.NewListener(ln, config)
	}
	return ln, nil
}

// tls is how the program speaks TLS; nil when it does not.
func (d *door) tls() (*tls.Config, error) {
	switch {
	case d.acme != "":
		u, err := url.Parse(d.url)
		if err != nil {
			return nil, err
		}
		certificates := autocert.Manager{Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(d.acme), HostPolicy: autocert.HostWhitelist(u.Hostname())}
		return certificates.TLSConfig(), nil
	case d.cert != "":
		// Read at once, so that a wrong file is said now, and again for each connection, so that a renewed one needs no restart.
		read := func() (*tls.Certificate, error) {
			cert, err := tls.LoadX509KeyPair(d.cert, d.certKey)
			return &cert, fault.Wrap(err, fault.Invalid, "the certificate %s and its key %s cannot be used", d.cert, d.certKey)
		}
		if _, err := read(); err != nil {
			return nil, err
		}
		return &tls.Config{
			MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"},
			GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return read() },
		}, nil
	}
	return nil, nil
}

// shownAt is the address as a browser takes it, of a server that listens at one.
func (d *door) shownAt(at net.Addr) string { return cmp.Or(d.url, "http://"+shown(at.String())) }

// warning says what is wrong with a door that strangers can reach; empty when nothing is.
func (d *door) warning() string {
	if strings.HasPrefix(d.url, "https://") || isLoopback(d.listen) {
		return ""
	}
	return fmt.Sprintf("%s can be reached from other machines and nobody speaks TLS there, so passwords and sessions can be read on the way: see docs/serving.md (--url https://...)", d.listen)
}

// isLoopback says whether an address to listen on is for this machine only.
func isLoopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	at, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && at.Unmap().IsLoopback()
}
