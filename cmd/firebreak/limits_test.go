package main

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/contract/sandboxtest"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// With GitHub failing, with and without having done what it was asked, and then
// asking to be left alone in each of its ways, a whole incident comes out as if
// nothing had been: every effect is done, once.
func TestAnIncidentWhileGitHubFails(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	const all = "/repos/**"
	var faults []*sandbox.Injected
	trouble := func(limits ...sandbox.Fault) {
		lost, failed := sandbox.BadGateway("POST", all), sandbox.BadGateway("", all)
		lost.DoWork, lost.Times, failed.Times = true, 2, 5
		for _, f := range append([]sandbox.Fault{lost, failed}, limits...) {
			faults = append(faults, w.Inject(f))
		}
	}
	trouble(sandbox.TooManyRequests("", all, time.Second))
	n := w.declare("Checkout times out", "It is slow.")
	trouble(sandbox.SecondaryLimit("POST", all, time.Second))
	w.comment("jon", n, "/incident severity P1\n/incident status")
	trouble(usedUp(all))
	id := w.comment("jon", n, "/incident action Fix the pool @maya\n/incident action Alert on it @jon\n/postmortem")
	for at, f := range faults {
		if f.Hits() == 0 {
			t.Errorf("fault %d never struck", at)
		}
	}
	w.keeps()
	w.shows(n)
	w.labels(n, "incident", "P1", "incident/triage")
	if got := len(w.own(n, checklist.IsChecklist)); got != 1 {
		t.Errorf("%d checklists", got)
	}
	if got := len(w.replies(n)); got != 2 {
		t.Errorf("%d replies, want one to each comment", got)
	}
	if got := w.reactions(id); got != "eyes +1" {
		t.Errorf("reactions %q", got)
	}
	if got := w.followUps(); len(got) != 2 || got[0].Assignees[0] != "maya" {
		t.Errorf("follow-ups %+v", got)
	}
	if pages := w.WikiPages(shop); len(pages) != 3 {
		t.Errorf("the wiki has %q, want its first page, the post-mortem and the index", pages)
	}
	for _, f := range w.followUps() {
		if page, _ := w.WikiPage(shop, "Incident-1-checkout-times-out"); !strings.Contains(page, fmt.Sprintf("[#%d]", f.Number)) {
			t.Errorf("the post-mortem does not link #%d:\n%s", f.Number, page)
		}
	}
}

// usedUp is the primary limit as GitHub may answer it too, with 429 and no
// Retry-After, over in a second or two.
func usedUp(path string) sandbox.Fault {
	f := sandbox.PrimaryLimit("", path, time.Now().Add(2*time.Second))
	f.Status = http.StatusTooManyRequests
	f.Header["X-RateLimit-Reset"] = strconv.FormatInt(time.Now().Add(2*time.Second).Unix(), 10)
	return f
}

// A burst of commands above what may be created is answered whole, each once.
func TestABurstIsPaced(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declare("Checkout times out", "It is slow.")
	w.stop()
	w.tune = append(w.tune, func(o *store.Options) { o.Pace = []store.Rate{{Most: 10, Per: 500 * time.Millisecond}} })
	w.start()
	const burst = 20
	for range burst {
		_, err := w.As("sam").Comment(shop, n, "/incident status")
		w.must(err)
	}
	w.settle()
	replies := map[string]bool{}
	for _, c := range w.replies(n) {
		marker, _, _ := strings.Cut(c.Body, "\n")
		replies[marker] = true
	}
	if len(replies) != burst || len(w.replies(n)) != burst {
		t.Errorf("%d replies to %d of %d comments", len(w.replies(n)), len(replies), burst)
	}
	w.keeps()
}

// No stretch of a minute or an hour sees more creations than the pace, by
// GitHub's own record, and none is lost: whoever is put off comes back.
func TestThePaceByGitHubsRecord(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}
	var made []time.Time
	sb := sandboxtest.Start(t, sandbox.Options{Clock: clock, Observe: func(e sandbox.Exchange) {
		if strings.HasSuffix(e.Request.URL.Path, "/comments") && e.Status == http.StatusCreated {
			made = append(made, clock())
		}
	}})
	w := &world{t: t, Sandbox: sb}
	w.must(sb.AddRepo(shop, sandbox.RepoOptions{}))
	w.must(sb.Grant(shop, "maya", sandbox.RoleAdmin))
	n, err := sb.As("maya").OpenIssue(shop, "Slow", "It is slow.")
	w.must(err)
	pace := []store.Rate{{Most: 10, Per: time.Minute}, {Most: 40, Per: time.Hour}}
	db, err := store.Open(t.Context(), "sqlite:"+newDatabase(t), store.Options{Workers: river.NewWorkers(), Queues: []string{"none"}, Clock: clock, Pace: pace})
	w.must(err)
	app, err := github.New(github.Config{App: appConfig(demoConfig(sb, "")), Pace: db, Clock: clock})
	w.must(err)
	t.Cleanup(func() { app.Close(); w.must(db.Close()) })
	repo, err := app.Repository(sb.InstallationID("acme"), "acme", "shop")
	w.must(err)
	const burst = 100
	for made := 0; made < burst; {
		_, err := repo.CreateComment(t.Context(), n, fmt.Sprint("comment ", made))
		wait := github.Wait(err)
		if wait == 0 {
			w.must(err)
			made++
		}
		mu.Lock()
		now = now.Add(wait)
		mu.Unlock()
	}
	if got := len(sb.Comments(shop, n)); got != burst || len(made) != burst {
		t.Fatalf("%d comments by %d calls, want %d", got, len(made), burst)
	}
	for at := range made {
		for _, r := range pace {
			if at >= r.Most && made[at].Sub(made[at-r.Most]) < r.Per {
				t.Errorf("%d within %v", r.Most+1, made[at].Sub(made[at-r.Most]))
			}
		}
	}
}
