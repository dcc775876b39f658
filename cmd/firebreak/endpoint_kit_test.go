package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1" // only to show that it is not taken
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/config"
	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/store"
)

// hookSecret and canary must never show in an answer or in the log.
const (
	hookSecret = "the secret of the endpoint's tests"
	canary     = "hunter2-canary"
)

// door is the real server with nobody behind it: what it takes is kept, and
// handled never, since its GitHub cannot be reached.
type door struct {
	*server
	t      *testing.T
	url    string
	log    *logBuffer
	client *http.Client
}

func openDoor(t *testing.T, alter ...func(*server)) *door {
	t.Helper()
	patiently := func(o *store.Options) {
		o.Retry, o.Unscheduled = store.Retry{First: time.Hour, Longest: time.Hour}, true
	}
	return newDoor(t, config.Server{
		AppID: 4242, WebhookSecret: hookSecret, PrivateKey: string(anyKey()),
		V3URL: "http://127.0.0.1:1/", V4URL: "http://127.0.0.1:1/graphql", WebURL: "http://127.0.0.1:1", Addr: "127.0.0.1:0",
		Database: "sqlite:" + newDatabase(t), IncidentLabel: "incident", Zone: time.UTC, Retention: 7 * 24 * time.Hour,
	}, patiently, alter...)
}

// newDoor starts a server and stops it when the test is over.
func newDoor(t *testing.T, cfg config.Server, retry func(*store.Options), alter ...func(*server)) *door {
	t.Helper()
	d := &door{t: t, log: &logBuffer{}, client: &http.Client{Transport: &http.Transport{}}}
	s, err := newServer(context.Background(), cfg, zerolog.New(d.log), retry)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range alter {
		a(s)
	}
	d.server, d.url = s, "http://"+s.Addr()+"/api/github/hook"
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx) }()
	t.Cleanup(func() {
		d.client.CloseIdleConnections()
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("stop: %v", err)
		}
		d.leaksNothing("the log", d.log.String())
	})
	return d
}

// anyKey is the key of all sandboxes of this process.
var anyKey = sync.OnceValue(func() []byte {
	sb, err := sandbox.Start(sandbox.Options{})
	if err != nil {
		panic(err)
	}
	defer sb.Close()
	return sb.PrivateKeyPEM()
})

// post sends a delivery and returns the answer.
func (d *door) post(body []byte, header http.Header) (status int, text string, answered http.Header) {
	d.t.Helper()
	return d.do(http.MethodPost, bytes.NewReader(body), header)
}

func (d *door) do(method string, body io.Reader, header http.Header) (status int, text string, answered http.Header) {
	d.t.Helper()
	r, err := http.NewRequestWithContext(patient(d.t), method, d.url, body)
	if err != nil {
		d.t.Fatal(err)
	}
	r.Header = header
	res, err := d.client.Do(r)
	if err != nil {
		d.t.Errorf("no answer: %v", err)
		return 0, "", nil
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Errorf("the answer breaks off: %v", err)
	}
	d.leaksNothing("the answer", string(answer)+fmt.Sprint(res.Header))
	return res.StatusCode, strings.TrimSpace(string(answer)), res.Header
}

func (d *door) leaksNothing(what, text string) {
	d.t.Helper()
	for _, secret := range []string{hookSecret, canary, "sha256=", "sha1="} {
		if strings.Contains(text, secret) {
			d.t.Errorf("%s shows %q:\n%s", what, secret, text)
		}
	}
}

// rows counts the deliveries that are kept.
func (d *door) rows() int {
	d.t.Helper()
	all, err := d.db.Deliveries(patient(d.t))
	if err != nil {
		d.t.Fatal(err)
	}
	return len(all)
}

func mac(algorithm func() hash.Hash, secret string, body []byte) string {
	m := hmac.New(algorithm, []byte(secret))
	m.Write(body)
	return hex.EncodeToString(m.Sum(nil))
}

// signed are the headers of a delivery as GitHub sends it.
func signed(event, guid string, body []byte) http.Header {
	h := http.Header{}
	h.Set("Content-Type", "application/json")
	h.Set("X-GitHub-Event", event)
	h.Set("X-GitHub-Delivery", guid)
	h.Set("X-Hub-Signature", "sha1="+mac(sha1.New, hookSecret, body))
	h.Set("X-Hub-Signature-256", "sha256="+mac(sha256.New, hookSecret, body))
	return h
}

// incidentOpened is the delivery of an issue opened with the incident label.
func incidentOpened(more map[string]any) []byte {
	issue := map[string]any{
		"id": 70, "number": 42, "title": canary, "body": canary, "state": "open", "user": map[string]any{"id": 1, "login": "maya", "type": "User"},
		"labels": []any{map[string]any{"name": "incident"}}, "html_url": "https://github.com/acme/shop/issues/42",
		"created_at": "2026-11-23T12:00:00Z", "updated_at": "2026-11-23T12:00:00Z",
	}
	for name, value := range more {
		issue[name] = value
	}
	body, err := json.Marshal(map[string]any{
		"action": "opened", "issue": issue, "sender": issue["user"], "installation": map[string]any{"id": 5},
		"repository": map[string]any{"id": 7, "name": "shop", "owner": map[string]any{"login": "acme"}},
	})
	if err != nil {
		panic(err)
	}
	return body
}

// logBuffer is a log that goroutines share.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newDatabase makes a database for a test and returns its path.
func newDatabase(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "firebreak.db")
	if err := os.WriteFile(path, emptyDatabase(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// emptyDatabase has its tables, which take a while to make, and nothing in them.
var emptyDatabase = sync.OnceValue(func() []byte {
	dir, err := os.MkdirTemp("", "firebreak-empty-")
	if err != nil {
		panic(err)
	}
	path := filepath.Join(dir, "firebreak.db")
	db, err := store.Open(context.Background(), "sqlite:"+path, store.Options{Workers: river.NewWorkers(), Queues: []string{"none"}})
	if err == nil {
		err = db.Close()
	}
	text, read := os.ReadFile(path)
	if err := errors.Join(err, read, os.RemoveAll(dir)); err != nil {
		panic(err)
	}
	return text
})
