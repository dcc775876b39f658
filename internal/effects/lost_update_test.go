package effects

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/palantir/go-githubapp/githubapp"
	"github.com/riverqueue/river"
	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/handlers"
	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// refreshes is how often a checklist is refreshed while people tick.
const refreshes = 20

var incidents = flag.Int("incidents", 10, "in how many incidents people tick amid refreshes")

// People tick, untick and command while the checklist is being refreshed: before
// it is read, between the read and the write, between the write and its record.
// Their deliveries arrive whenever they do, in any order. GitHub has no
// conditional write, so a tick can be overwritten on the page; none is lost.
func TestTicksAmidRefreshes(t *testing.T) {
	t.Parallel()
	between := 0
	for seed := range uint64(*incidents) {
		r := newRace(t, seed)
		for range refreshes {
			r.someActs(2)
			r.someDeliveries()
			r.refresh()
		}
		r.comeToRest()
		between += r.between
		r.close()
	}
	t.Logf("%d refreshes, %d acts between a read and its write", refreshes**incidents, between)
	if between < refreshes**incidents/2 {
		t.Error("that is hardly a race")
	}
}

// race is an incident whose checklist is refreshed amid people's acts.
type race struct {
	*fixture
	seed    uint64
	chance  *rand.Rand
	seconds atomic.Int64
	handler githubapp.EventHandler
	db      *store.DB
	number  int
	// waiting are the deliveries that have not arrived.
	waiting []sandbox.Delivery
	// want is the last word on each box, words how many were said of it.
	want  map[string]bool
	words map[string]int
	// read are the boxes that the refresh under way found ticked.
	read []string
	// calm says that nobody acts any more; between counts the acts between a read
	// and its write.
	calm    bool
	between int
	// meanwhile is what somebody does when the checklist has been read next.
	meanwhile func()
	close     func()
}

func newRace(t *testing.T, seed uint64) *race {
	t.Helper()
	r := &race{fixture: &fixture{t: t}, seed: seed, chance: rand.New(rand.NewPCG(seed, 3)), want: map[string]bool{}, words: map[string]int{}}
	start := time.Now()
	sb, err := sandbox.Start(sandbox.Options{
		WebhookSecret: "only for tests", WebhookURL: "http://127.0.0.1:1/", RateLimit: 1_000_000,
		Clock: func() time.Time { return start.Add(time.Duration(r.seconds.Load()) * time.Second) },
	})
	r.must(err)
	r.Sandbox = sb
	r.HoldWebhooks()
	r.must(r.AddRepo(shop, sandbox.RepoOptions{}))
	for _, who := range []string{"maya", "jon", "ada"} {
		r.must(r.Grant(shop, who, sandbox.RoleWrite))
	}
	r.connect(seed)
	r.declared()
	return r
}

// connect puts a proxy before the sandbox in which people act, and makes what
// handles deliveries and carries effects out.
func (r *race) connect(seed uint64) {
	target, err := url.Parse(r.WebURL())
	r.must(err)
	proxy := httputil.NewSingleHostReverseProxy(target)
	transport := &http.Transport{}
	proxy.Transport, proxy.ModifyResponse = transport, r.passing
	front := httptest.NewServer(proxy)
	rules := workflow.DefaultRules()
	rules.Quiet = 0
	db, err := store.Open(r.t.Context(), "sqlite:"+filepath.Join(r.t.TempDir(), fmt.Sprint(seed, ".db")), store.Options{
		Workers: river.NewWorkers(), Queues: store.Queues(Family), Rules: rules,
		Jobs: func(effects []workflow.Effect) []river.InsertManyParams {
			r.asked = append(r.asked, effects...)
			return Jobs(effects)
		},
	})
	r.must(err)
	r.db = db
	gate := brokenGate{"a word that nobody says"} // and so not broken: it takes most of the time else
	app := r.appAt(front.URL + strings.TrimPrefix(r.APIURL(), r.WebURL()))
	r.effects = &Effects{Store: db, App: app, Gate: gate, Rules: rules, WebURL: r.WebURL(), Clock: time.Now, Log: zerolog.Nop()}
	all := handlers.All(&handlers.Base{Store: db, GitHub: app, Gate: gate, Rules: rules, Clock: time.Now, FollowUpLabel: FollowUpLabel})
	r.handler = all[slices.IndexFunc(all, func(h githubapp.EventHandler) bool { return h.Handles()[0] == "issue_comment" })]
	r.close = func() {
		app.Close()
		front.Close()
		transport.CloseIdleConnections()
		r.must(db.Close())
		r.must(r.Sandbox.Close())
	}
}

// declared opens an incident that has its checklist.
func (r *race) declared() {
	r.t.Helper()
	var err error
	r.number, err = r.As("maya").OpenIssue(shop, "Checkout times out", "Slow.", "incident")
	r.must(err)
	issue, _ := r.Issue(shop, r.number)
	for _, d := range r.Held() {
		r.key = workflow.Key{Repository: d.Repository, Issue: issue.ID}
	}
	maya := workflow.Person{ID: 1, Login: "maya"}
	meta := workflow.Meta{At: issue.CreatedAt, Now: time.Now(), By: maya, Issue: &workflow.Snapshot{
		Place: workflow.Place{Installation: r.InstallationID("acme"), Owner: "acme", Repo: "shop", Number: r.number, URL: r.WebURL() + "/acme/shop/issues/1"},
		Title: issue.Title, Author: maya, Created: issue.CreatedAt, Labels: issue.Labels,
	}}
	r.must(r.db.Record(r.t.Context(), "", store.Step{Key: r.key, Meta: meta, Event: workflow.Declared{Trusted: true}}))
	r.calm = true
	r.must(r.carryOut(workflow.Effect{Kind: workflow.EffectChecklist}))
	r.calm = false
	r.collect()
	r.waiting = nil
}

// refresh brings the checklist up to date. A connection that breaks is tried
// again, as the worker does.
func (r *race) refresh() {
	r.t.Helper()
	err := r.carryOut(workflow.Effect{Kind: workflow.EffectChecklist})
	if github.Is(err, github.Temporary) {
		r.t.Logf("seed %d: tried again: %v", r.seed, err)
		err = r.carryOut(workflow.Effect{Kind: workflow.EffectChecklist})
	}
	r.must(err)
}

// passing lets people act while an answer about the checklist is on its way.
func (r *race) passing(res *http.Response) error {
	if act := r.meanwhile; act != nil && strings.Contains(res.Request.URL.Path, "/issues/comments/") {
		r.meanwhile = nil
		act()
	}
	if r.calm || !strings.Contains(res.Request.URL.Path, "/issues/comments/") {
		return nil
	}
	if res.Request.Method == http.MethodGet {
		r.read = r.plain()
		r.between += r.someActs(3)
	} else {
		r.kept()
		r.someActs(3)
	}
	r.someDeliveries()
	return nil
}

// someActs lets people do up to so many things, each in a second of its own.
func (r *race) someActs(most int) int {
	n := r.chance.IntN(most + 1)
	for range n {
		r.seconds.Add(1)
		r.act()
	}
	r.collect()
	return n
}

var racing = []string{"triage.systems", "triage.users", "triage.data", "mitigate.act", "root-cause.chain", "done.notified", "done.clean"}

// plain are the boxes that somebody ticked on the page and of which nothing else
// was ever said.
func (r *race) plain() []string {
	var out []string
	page := checklist.Read(checklist.Default(), r.checklist().Body).Ticked
	for _, box := range racing {
		if r.words[box] == 1 && r.want[box] && page[box] {
			out = append(out, box)
		}
	}
	return out
}

// kept checks that what was read is still on the page when it was written:
// whether or not its delivery has arrived.
func (r *race) kept() {
	is := r.plain()
	for _, box := range r.read {
		if r.words[box] == 1 && !slices.Contains(is, box) {
			r.t.Errorf("seed %d: %s was ticked when the comment was read, and is not after it was written", r.seed, box)
		}
	}
}

// noted fails the test without ending it: people act amid requests too.
func (r *race) noted(err error) {
	if err != nil {
		r.t.Errorf("seed %d: %v", r.seed, err)
	}
}

func (r *race) act() {
	who := r.As([]string{"maya", "jon", "ada"}[r.chance.IntN(3)])
	box, on := racing[r.chance.IntN(len(racing))], r.chance.IntN(3) > 0
	if r.chance.IntN(3) == 0 {
		verb := map[bool]string{true: "check", false: "uncheck"}[on]
		_, err := who.Comment(shop, r.number, "/incident "+verb+" "+box)
		r.noted(err)
		r.want[box] = on
		r.words[box]++
		return
	}
	toggle := who.Tick
	if !on {
		toggle = who.Untick
	}
	if err := toggle(shop, r.number, r.checklist().ID, "step:"+box); err == nil { // else it is so already
		r.want[box] = on
		r.words[box]++
	}
}

func (r *race) checklist() sandbox.Comment {
	for _, c := range r.Comments(shop, r.number) {
		if c.Author == r.BotLogin() && checklist.IsChecklist(c.Body) {
			return c
		}
	}
	r.t.Error("there is no checklist")
	return sandbox.Comment{}
}

// collect takes what GitHub wants to deliver.
func (r *race) collect() {
	r.waiting = append(r.waiting, r.Held()...)
	r.Release(sandbox.Lost)
	r.HoldWebhooks()
}

// someDeliveries lets some of what waits arrive, in any order.
func (r *race) someDeliveries() { r.deliver(r.chance.IntN(len(r.waiting) + 1)) }

func (r *race) deliver(n int) {
	r.chance.Shuffle(len(r.waiting), func(i, j int) { r.waiting[i], r.waiting[j] = r.waiting[j], r.waiting[i] })
	for _, d := range r.waiting[:n] {
		if d.Event == "issue_comment" {
			kept := store.Delivery{GUID: d.GUID, Event: d.Event, Key: r.key, Payload: d.Payload, Received: time.Now()}
			r.noted(r.db.SaveDeliveries(r.t.Context(), []store.Delivery{kept}, func([]store.Delivery) []river.InsertManyParams { return nil }))
			r.noted(r.handler.Handle(r.t.Context(), d.Event, d.GUID, d.Payload))
		}
	}
	r.waiting = slices.Clone(r.waiting[n:])
}

// comeToRest lets everything arrive and be shown, then compares.
func (r *race) comeToRest() {
	r.t.Helper()
	r.calm = true
	for range 3 {
		r.collect()
		r.deliver(len(r.waiting))
		r.refresh()
	}
	inc, err := r.db.Incident(r.t.Context(), r.key)
	r.must(err)
	page := checklist.Read(checklist.Default(), r.checklist().Body).Ticked
	for _, box := range racing {
		if inc.Marks[box].Ticked != r.want[box] || page[box] != r.want[box] {
			r.t.Errorf("seed %d: %s: recorded %t, shown %t, last said %t", r.seed, box, inc.Marks[box].Ticked, page[box], r.want[box])
		}
	}
}
