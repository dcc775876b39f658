package sandbox_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

const secret = "It's a Secret to Everybody"

// told is one webhook as the App received it.
type told struct {
	event, guid string
	payload     []byte
	header      http.Header
}

// hook receives webhooks; what is not signed right is refused.
type hook struct {
	*httptest.Server
	mu     sync.Mutex
	got    []told
	answer int // its status; 0: 202
}

func newHook(t *testing.T) *hook {
	t.Helper()
	h := &hook{}
	h.Server = httptest.NewServer(http.HandlerFunc(h.receive))
	t.Cleanup(h.Close)
	return h
}

func (h *hook) receive(w http.ResponseWriter, r *http.Request) {
	payload, err := github.ValidatePayload(r, []byte(secret))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.answer != 0 {
		w.WriteHeader(h.answer)
		return
	}
	h.got = append(h.got, told{github.WebHookType(r), github.DeliveryID(r), payload, r.Header.Clone()})
	w.WriteHeader(http.StatusAccepted)
}

func (h *hook) fail(status int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.answer = status
}

func (h *hook) received() []told {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]told(nil), h.got...)
}

// hooked is a kit that reports to a hook.
func hooked(t *testing.T, opts sandbox.Options) (*kit, *hook) {
	t.Helper()
	h := newHook(t)
	opts.WebhookSecret = secret
	k := newKit(t, opts)
	k.SetWebhook(h.URL + "/api/github/hook")
	return k, h
}

// events are those received so far, as "event.action what".
func (k *kit) events(h *hook) []string {
	k.t.Helper()
	k.must(k.Drain(k.ctx()))
	var list []string
	for _, w := range h.received() {
		list = append(list, describe(k.t, w))
	}
	return list
}

// describe says event, action, and the label, assignee or page concerned.
func describe(t *testing.T, w told) string {
	t.Helper()
	p := decode[struct {
		Action   string
		Label    struct{ Name string }
		Assignee struct{ Login string }
		Pages    []struct {
			Name   string `json:"page_name"`
			Action string
		}
		Milestone struct{ Title string }
	}](t, w.payload)
	text := strings.TrimSuffix(w.event+"."+p.Action, ".")
	for _, what := range []string{p.Label.Name, p.Assignee.Login, p.Milestone.Title} {
		if what != "" {
			text += " " + what
		}
	}
	for _, page := range p.Pages {
		text += " " + page.Action + " " + page.Name
	}
	return text
}

func decode[T any](t *testing.T, text []byte) (v T) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("decode %s: %v", text, err)
	}
	return v
}
