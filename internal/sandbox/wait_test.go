package sandbox_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestWaitingEndsWithTheChange(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.issue()
	waiting, seen := make(chan struct{}), make(chan error)
	go func() {
		asked := 0
		seen <- k.Wait(k.ctx(), func(v *sandbox.View) bool {
			if asked++; asked == 1 {
				close(waiting)
			}
			return len(v.Comments(shop, n)) == 2
		})
	}()
	<-waiting
	k.said(n, "one")
	k.must(k.comment(n)) // by the API
	if err := <-seen; err != nil {
		t.Error(err)
	}
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	err := k.Wait(ctx, func(*sandbox.View) bool { cancel(); return false })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestWaitingEndsWithTheSandbox(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	waiting, ended := make(chan struct{}), make(chan error)
	go func() {
		first := true
		ended <- k.Wait(t.Context(), func(*sandbox.View) bool {
			if first {
				close(waiting)
			}
			first = false
			return false
		})
	}()
	<-waiting
	k.must(k.Close())
	if err := <-ended; err == nil {
		t.Error("no error")
	}
	k.must(k.Close()) // again
	if _, err := k.As("maya").OpenIssue(shop, "x", ""); err == nil {
		t.Error("acts when closed")
	}
}

func TestPagesAreServedBesideTheAPI(t *testing.T) {
	k := newKit(t, sandbox.Options{Pages: func(sb *sandbox.Sandbox) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, r.URL.Path+" "+sb.BotLogin())
		})
	}})
	r, err := http.NewRequestWithContext(k.ctx(), "GET", k.WebURL()+"/acme/shop/issues/1", nil)
	k.must(err)
	resp, err := k.wire.RoundTrip(r)
	k.must(err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	k.must(err)
	if string(body) != "/acme/shop/issues/1 firebreak[bot]" || len(k.Requests()) != 0 {
		t.Errorf("page %q, recorded %v", body, k.Requests())
	}
}

func TestTimesComeFromTheClock(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 1, 2, 999, time.FixedZone("", 3600))
	k := newKit(t, sandbox.Options{Clock: func() time.Time { return at }})
	i, _ := k.Issue(shop, k.issue())
	if want := time.Date(2026, 11, 23, 11, 1, 2, 0, time.UTC); i.CreatedAt != want || k.Now() != want {
		t.Errorf("created %v", i.CreatedAt)
	}
}

func TestStartingFails(t *testing.T) {
	for behaviour, opts := range map[string]sandbox.Options{
		"with a broken key":  {PrivateKeyPEM: []byte("no key")},
		"on a taken address": {Addr: "256.0.0.1:1"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			if sb, err := sandbox.Start(opts); err == nil {
				t.Error("started")
				_ = sb.Close()
			}
		})
	}
}
