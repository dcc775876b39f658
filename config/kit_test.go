package config

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// keys are made once: an RSA key takes a while.
var keys = sync.OnceValue(func() (k struct{ pkcs1, pkcs8, ec string }) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	k.pkcs1 = block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key))
	k.pkcs8, k.ec = block8(key), block8(curve)
	return k
})

func block(kind string, der []byte) string {
	return strings.TrimSpace(string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})))
}

func block8(key any) string {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		panic(err)
	}
	return block("PRIVATE KEY", der)
}

// required is an environment with what must be set, and nothing else.
func required() map[string]string {
	return map[string]string{
		"GITHUB_APP_INTEGRATION_ID": "4242",
		"GITHUB_APP_WEBHOOK_SECRET": "a secret of the tests",
		"GITHUB_APP_PRIVATE_KEY":    keys().pkcs1,
	}
}

func with(env map[string]string, name, value string) map[string]string {
	env[name] = value
	return env
}

func load(env map[string]string) (Server, error) {
	return Load(func(name string) (string, bool) {
		v, ok := env[name]
		return v, ok
	})
}

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// complains checks that an error says all of some texts, and none of others.
func complains(t *testing.T, err error, says []string, hides ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("accepted")
	}
	for _, want := range says {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
	for _, secret := range hides {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("the error shows %q:\n%v", secret, err)
		}
	}
}
