package sandbox_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestHeldWebhooksAreReleasedInAnyOrder(t *testing.T) {
	for behaviour, c := range map[string]struct {
		order sandbox.Order
		want  string
	}{
		"as they arose":  {sandbox.InOrder, "0 1 2"},
		"backwards":      {sandbox.Reversed, "2 1 0"},
		"twice":          {sandbox.Twice, "0 1 2 0 1 2"},
		"never":          {sandbox.Lost, ""},
		"by chance":      {sandbox.Shuffled(2), "1 2 0"},
		"as a test says": {func(int) []int { return []int{1, 1} }, "1 1"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k, h := hooked(t, sandbox.Options{})
			n := k.issue()
			k.events(h)
			k.HoldWebhooks()
			var guids []string
			for _, body := range []string{"a", "b", "c"} {
				k.said(n, body)
			}
			for _, d := range k.Held() {
				guids = append(guids, d.GUID)
			}
			if got := k.events(h); len(got) != 1 {
				t.Errorf("sent while held: %v", got)
			}
			k.Release(c.order)
			k.events(h)
			var got []string
			for _, w := range h.received()[1:] {
				got = append(got, string(rune('0'+slices.Index(guids, w.guid))))
			}
			if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
				t.Error(diff)
			}
			k.said(n, "held no longer")
			if got := k.events(h); got[len(got)-1] != "issue_comment.created" || len(k.Held()) != 0 {
				t.Errorf("still held: %v", got)
			}
		})
	}
}

func TestWebhooksAreDuplicated(t *testing.T) {
	k, h := hooked(t, sandbox.Options{})
	k.DuplicateWebhooks(true)
	k.issue()
	k.events(h)
	got := h.received()
	if len(got) != 2 || got[0].guid != got[1].guid || string(got[0].payload) != string(got[1].payload) {
		t.Errorf("received %d", len(got))
	}
	if log := k.Deliveries(); log[0].ID == log[1].ID || !log[1].Redelivery {
		t.Errorf("log = %+v", log)
	}
}

func TestActsWaitForAnswersIfTold(t *testing.T) {
	k, h := hooked(t, sandbox.Options{SyncWebhooks: true})
	k.issue()
	if got := h.received(); len(got) != 1 {
		t.Errorf("received %d at return", len(got))
	}
	k.HoldWebhooks()
	k.issue() // does not wait for what is held
	if len(k.Held()) != 1 {
		t.Error("not held")
	}
}

func TestDeliveriesByTheAPI(t *testing.T) {
	k, h := hooked(t, sandbox.Options{SyncWebhooks: true})
	for range 3 {
		k.issue()
	}
	h.fail(http.StatusInternalServerError)
	k.issue()
	h.fail(0)
	var guids []string
	for _, d := range k.Deliveries() {
		guids = append([]string{d.GUID}, guids...)
	}
	var got []string
	opts := &github.ListCursorOptions{PerPage: 2}
	for {
		list, r, err := k.app.Apps.ListHookDeliveries(k.ctx(), opts)
		k.must(err)
		for _, d := range list {
			got = append(got, d.GetGUID())
		}
		if opts.Cursor = r.Cursor; opts.Cursor == "" {
			break
		}
	}
	if diff := cmp.Diff(guids, got); diff != "" {
		t.Error("newest first:", diff)
	}
	var failed []*github.HookDelivery
	r, err := k.app.NewRequest("GET", "app/hook/deliveries?status=failure", nil)
	k.must(err)
	_, err = k.app.Do(k.ctx(), r, &failed)
	k.must(err)
	if len(failed) != 1 || failed[0].GetGUID() != guids[0] || failed[0].GetStatusCode() != 500 {
		t.Fatalf("failed = %v", failed)
	}
	whole := must[*github.HookDelivery](t)(k.app.Apps.GetHookDelivery(k.ctx(), failed[0].GetID()))
	if whole.Request.Headers["X-Github-Delivery"] != guids[0] || !strings.Contains(string(*whole.Request.RawPayload), `"opened"`) {
		t.Errorf("delivery = %v", whole)
	}
	_, again, _ := k.app.Apps.RedeliverHookDelivery(k.ctx(), failed[0].GetID())
	if again.StatusCode != http.StatusAccepted {
		t.Errorf("redelivery answered %d", again.StatusCode)
	}
	k.events(h)
	if received := h.received(); received[len(received)-1].guid != guids[0] {
		t.Error("not delivered again")
	}
}

func TestAnswersThatNeverCome(t *testing.T) {
	release := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	defer slow.Close()
	defer close(release)
	k := newKit(t, sandbox.Options{WebhookTimeout: time.Millisecond})
	k.SetWebhook(slow.URL)
	k.issue()
	k.must(k.Drain(k.ctx()))
	if d := k.Deliveries()[0]; d.Status != "timed out" || d.StatusCode != 0 {
		t.Errorf("delivery = %+v", d)
	}
}

func TestHooksThatCannotBeReached(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.SetWebhook("http://127.0.0.1:1/")
	k.issue()
	k.must(k.Drain(k.ctx()))
	if d := k.Deliveries()[0]; d.Status != "failed to connect to host" {
		t.Errorf("delivery = %+v", d)
	}
}

func TestUnsubscribedEventsStayAway(t *testing.T) {
	k, h := hooked(t, sandbox.Options{Events: []string{"issue_comment"}})
	k.said(k.issue(), "x")
	if diff := cmp.Diff([]string{"issue_comment.created"}, k.events(h)); diff != "" {
		t.Error(diff)
	}
}
