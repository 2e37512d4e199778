package server

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ocsp"

	"github.com/nats-io/nats.go"
)

// TestPinnedCerts is LO-a22afaad. A client shows a certificate; the server asks
// the OCSP responder about it, in the handshake; the responder has a reload of
// pinned_certs begin, waits until that asks for the state of the connection,
// and then says that the certificate is revoked. The client is in the server's
// process: one that comes by the network is let in under reloadMu, a gate.
func TestPinnedCerts(t *testing.T) {
	dir := t.TempDir()
	asked := make(chan bool, 1)
	var ca *authority
	responder := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		select {
		case asked <- true:
		default:
		}
		for !bytes.Contains(stacks(), []byte("tls.(*Conn).ConnectionState(")) {
			time.Sleep(10 * time.Millisecond)
		}
		_, _ = w.Write(ca.revoked(t))
	}))
	ca = newAuthority(t, dir)
	ca.issue(t, "server", 2, "")
	client := ca.issue(t, "client", 3, responder.URL)

	conf := filepath.Join(dir, "conf")
	write(t, conf, config(dir, client))
	opts, err := ProcessConfigFile(conf)
	if err != nil {
		t.Fatal(err)
	}
	opts.NoLog, opts.NoSigs = true, true
	s, err := NewServer(opts)
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(30 * time.Second) {
		t.Fatal("the server does not come up")
	}

	go func() {
		_, err := nats.Connect(strings.Replace(s.ClientURL(), "nats:", "tls:", 1), nats.Timeout(time.Hour),
			nats.InProcessServer(s), nats.Secure(),
			nats.RootCAs(filepath.Join(dir, "ca.pem")),
			nats.ClientCert(filepath.Join(dir, "client.pem"), filepath.Join(dir, "client.key")))
		panic(fmt.Sprintf("the client heard: %v", err))
	}()
	<-asked
	write(t, conf, config(dir, ca.cert))
	t.Fatalf("the reload came to its end: %v", s.Reload())
}

// config is a server's configuration that pins the certificate.
func config(dir string, pinned *x509.Certificate) string {
	sum := sha256.Sum256(pinned.RawSubjectPublicKeyInfo)
	return fmt.Sprintf(`listen: "127.0.0.1:-1"
tls {
	cert_file: %[1]q, key_file: %[2]q, ca_file: %[3]q
	verify: true, timeout: 30
	ocsp_peer: { verify: true, ca_timeout: 30 }
	pinned_certs: [%[4]q]
}
ocsp_cache: { type: none }
`, filepath.Join(dir, "server.pem"), filepath.Join(dir, "server.key"), filepath.Join(dir, "ca.pem"), hex.EncodeToString(sum[:]))
}

// An authority signs certificates, and says that the client's is revoked.
type authority struct {
	dir  string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T, dir string) *authority {
	a := &authority{dir: dir}
	a.cert = a.issue(t, "ca", 1, "")
	return a
}

// issue writes name.pem and name.key; the first certificate is the authority's own.
func (a *authority) issue(t *testing.T, name string, serial int64, responder string) *x509.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(serial),
		Subject:               pkix.Name{CommonName: name},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(time.Hour),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth},
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1)},
		BasicConstraintsValid: true,
		IsCA:                  a.cert == nil,
	}
	if responder != "" {
		template.OCSPServer = []string{responder}
	}
	parent, signer := a.cert, a.key
	if parent == nil {
		parent, signer, a.key = template, key, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(a.dir, name+".pem"), string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	write(t, filepath.Join(a.dir, name+".key"), string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})))
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

// revoked is the responder's answer about the client's certificate.
func (a *authority) revoked(t *testing.T) []byte {
	answer, err := ocsp.CreateResponse(a.cert, a.cert, ocsp.Response{
		Status:       ocsp.Revoked,
		SerialNumber: big.NewInt(3),
		ThisUpdate:   time.Now().Add(-time.Minute),
		NextUpdate:   time.Now().Add(time.Hour),
		RevokedAt:    time.Now().Add(-time.Minute),
		IssuerHash:   crypto.SHA1,
	}, a.key)
	if err != nil {
		t.Error(err)
	}
	return answer
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
