package github

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/palantir/go-githubapp/githubapp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fake is a GitHub that answers what a test says, by method and path, and lists
// what it was asked.
type fake struct {
	*App
	t       *testing.T
	answers map[string]answer

	mu    sync.Mutex
	asked []string
}

type answer struct {
	status int
	body   string
	header map[string]string
	// hang answers nothing until the client gives up.
	hang bool
}

func ok(body string) answer { return answer{status: http.StatusOK, body: body} }

func refuse(status int) answer { return answer{status: status, body: `{"message":"said the fake"}`} }

// token is the answer that lets an installation in.
var token = answer{status: http.StatusCreated, body: `{"token":"ghs_of_the_fake","expires_at":"2999-01-01T00:00:00Z"}`}

// start starts a fake with an App that talks to it as installation 7 does.
func start(t *testing.T, answers map[string]answer, alter ...func(*Config)) *fake {
	t.Helper()
	f := &fake{t: t, answers: answers}
	server := httptest.NewServer(http.HandlerFunc(f.serve))
	var cfg githubapp.Config
	cfg.V3APIURL, cfg.V4APIURL, cfg.WebURL = server.URL, server.URL+"/graphql", server.URL
	cfg.App.IntegrationID, cfg.App.PrivateKey = 4242, privateKey()
	all := Config{App: cfg, UserAgent: "tests/1"}
	for _, a := range alter {
		a(&all)
	}
	app, err := New(all)
	if err != nil {
		t.Fatal(err)
	}
	f.App = app
	t.Cleanup(func() {
		app.Close()
		server.Close()
	})
	return f
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	call := r.Method + " " + r.URL.EscapedPath()
	f.mu.Lock()
	f.asked = append(f.asked, call)
	a, known := f.answers[call]
	f.mu.Unlock()
	switch {
	case !known && strings.HasSuffix(call, "/access_tokens"):
		a = token
	case !known:
		f.t.Errorf("asked for %s", call)
		a = refuse(http.StatusNotImplemented)
	}
	if a.hang {
		<-r.Context().Done()
		return
	}
	for name, value := range a.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(a.status)
	fmt.Fprint(w, a.body)
}

// set changes what is answered from now on.
func (f *fake) set(call string, a answer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[call] = a
}

// calls lists what was asked so far, tokens left out.
func (f *fake) calls() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(f.asked), func(c string) bool { return strings.HasSuffix(c, "/access_tokens") })
}

func (f *fake) shop() *Repository {
	f.t.Helper()
	repo, err := f.Repository(7, "acme", "shop")
	if err != nil {
		f.t.Fatal(err)
	}
	return repo
}

var privateKey = sync.OnceValue(func() string {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}))
})

// patient bounds every wait; a test that needs it has failed.
func patient(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}
