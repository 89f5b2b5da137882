package cli

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"concord/web"
)

// certify writes a certificate for a host, with its key, and gives it.
func certify(t *testing.T, host, certFile, keyFile string, serial int64) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	fine(t, err)
	draft := &x509.Certificate{SerialNumber: big.NewInt(serial), DNSNames: []string{host}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, draft, draft, &key.PublicKey, key)
	fine(t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	fine(t, err)
	fine(t, os.WriteFile(certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	fine(t, os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	cert, err := x509.ParseCertificate(der)
	fine(t, err)
	return cert
}

func fine(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// With a certificate of its own the program speaks TLS 1.2 and 1.3 only, and HTTP/2, and takes a renewed certificate without a restart.
func TestADoorWithACertificate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := &door{listen: "127.0.0.1:0", url: "https://concord.example", cert: filepath.Join(dir, "cert.pem"), certKey: filepath.Join(dir, "key.pem")}
	fine(t, d.check(&web.Config{}))
	cert := certify(t, "concord.example", d.cert, d.certKey, 1)
	ln, err := d.open()
	fine(t, err)
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}), ReadHeaderTimeout: time.Second}
	go srv.Serve(ln)
	defer srv.Close()
	for serial := range int64(2) {
		roots := x509.NewCertPool()
		roots.AddCert(cert)
		client := http.Client{Transport: &http.Transport{
			ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: roots, ServerName: "concord.example"}}}
		resp, err := client.Get("https://" + ln.Addr().String())
		fine(t, err)
		resp.Body.Close()
		if resp.ProtoMajor != 2 || resp.TLS.PeerCertificates[0].SerialNumber.Int64() != serial+1 {
			t.Errorf("HTTP/%d with certificate %v", resp.ProtoMajor, resp.TLS.PeerCertificates[0].SerialNumber)
		}
		client.CloseIdleConnections()
		if _, err := tls.Dial("tcp", ln.Addr().String(), &tls.Config{RootCAs: roots, ServerName: "concord.example", MaxVersion: tls.VersionTLS11}); err == nil {
			t.Error("it speaks TLS 1.1")
		}
		cert = certify(t, "concord.example", d.cert, d.certKey, serial+2)
	}
}

// Who listens beyond this machine without TLS is warned.
func TestADoorThatStrangersReachInTheClearIsWarnedOf(t *testing.T) {
	t.Parallel()
	for listen, warned := range map[string]bool{
		"127.0.0.1:8080": false, "localhost:0": false, "[::1]:80": false, ":8080": true, "0.0.0.0:80": true, "192.0.2.1:80": true, "[::]:80": true,
	} {
		if d := (&door{listen: listen}); (d.warning() != "") != warned {
			t.Errorf("%s: %q", listen, d.warning())
		}
		if d := (&door{listen: listen, url: "https://concord.example"}); d.warning() != "" {
			t.Errorf("%s behind https: %q", listen, d.warning())
		}
	}
	if at := (&door{url: "https://concord.example"}).shownAt(&net.TCPAddr{}); at != "https://concord.example" {
		t.Errorf("it is served at %s", at)
	}
}
