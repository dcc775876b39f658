package pages_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/pages"
)

const (
	shop     = "acme/shop"
	shopPath = "/acme/shop"
	issueOne = shopPath + "/issues/1"
	// issueText is the text of the issue there.
	issueText = "Since 11:52.\n\n- [ ] page the on-call\n"
)

// kit is a sandbox whose pages a browser without scripts visits: maya may write,
// jon triage, a stranger read.
type kit struct {
	*sandbox.Sandbox
	t       *testing.T
	browser *http.Client
	passed  atomic.Int64 // nanoseconds since noon
}

// later lets time pass.
func (k *kit) later(d time.Duration) { k.passed.Add(int64(d)) }

func newKit(t *testing.T) *kit {
	t.Helper()
	hook := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(hook.Close)
	k := &kit{t: t}
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	sb, err := sandbox.Start(sandbox.Options{
		Pages: pages.New, WebhookURL: hook.URL, SyncWebhooks: true,
		Clock: func() time.Time { return noon.Add(time.Duration(k.passed.Load())) },
	})
	if err != nil {
		t.Fatal(err)
	}
	wire := &http.Transport{}
	t.Cleanup(func() {
		wire.CloseIdleConnections()
		if err := sb.Close(); err != nil {
			t.Error(err)
		}
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	k.Sandbox, k.browser = sb, &http.Client{Transport: wire, Jar: jar}
	k.fill()
	return k
}

func (k *kit) fill() {
	k.t.Helper()
	k.must(k.AddRepo(shop, sandbox.RepoOptions{WikiInitialised: true}))
	k.must(k.Grant(shop, "maya", sandbox.RoleWrite))
	k.must(k.Grant(shop, "jon", sandbox.RoleTriage))
	k.AddUser("stranger")
	for name, color := range map[string]string{"incident": "b60205", "P1": "d93f0b", "P2": "fbca04"} {
		k.must(k.As("maya").MakeLabel(shop, name, color, "about "+name))
	}
	_, err := k.As("maya").OpenIssue(shop, "Checkout times out", issueText, "incident")
	k.must(err)
}

func (k *kit) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *kit) ctx() context.Context {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.t.Context(), 20*time.Second)
	k.t.Cleanup(cancel)
	return ctx
}

// comment is one by maya on the issue.
func (k *kit) comment(body string) sandbox.Comment {
	k.t.Helper()
	id, err := k.As("maya").Comment(shop, 1, body)
	k.must(err)
	return k.commentNow(id)
}

func (k *kit) commentNow(id int64) sandbox.Comment {
	k.t.Helper()
	c, found := k.Comment(id)
	if !found {
		k.t.Fatalf("comment %d is gone", id)
	}
	return c
}

func (k *kit) issue() sandbox.Issue {
	k.t.Helper()
	i, found := k.Issue(shop, 1)
	if !found {
		k.t.Fatal("the issue is gone")
	}
	return i
}

// actAs makes the browser somebody's.
func (k *kit) actAs(login string) {
	k.t.Helper()
	k.post("/-/as", url.Values{"as": {login}, "back": {"/"}}).want(http.StatusOK)
}

// get visits a page.
func (k *kit) get(path string) *visited {
	k.t.Helper()
	return k.answer(k.browser.Get(k.WebURL() + path))
}

// post sends a form as the browser does, and follows where it leads.
func (k *kit) post(path string, form url.Values) *visited {
	k.t.Helper()
	return k.answer(k.browser.PostForm(k.WebURL()+path, form))
}

func (k *kit) answer(response *http.Response, err error) *visited {
	k.t.Helper()
	k.must(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	k.must(err)
	return newVisited(k, response, string(body))
}

// last is the newest webhook of an event: its action, who caused it.
func (k *kit) last(event string) (action, sender string) {
	k.t.Helper()
	for _, d := range k.Deliveries() {
		if d.Event != event {
			continue
		}
		var payload struct {
			Sender struct{ Login string }
		}
		k.must(json.Unmarshal(d.Payload, &payload))
		action, sender = d.Action, payload.Sender.Login
	}
	return action, sender
}

// wantLast compares the newest webhook of an event.
func (k *kit) wantLast(event, action, sender string) {
	k.t.Helper()
	if gotAction, gotSender := k.last(event); gotAction != action || gotSender != sender {
		k.t.Errorf("last %s is %q by %q, want %q by %q", event, gotAction, gotSender, action, sender)
	}
}

func contains(text string, parts ...string) bool {
	for _, p := range parts {
		if !strings.Contains(text, p) {
			return false
		}
	}
	return true
}
