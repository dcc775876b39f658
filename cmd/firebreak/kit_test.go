package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"github.com/firebreak-app/firebreak"
	"github.com/firebreak-app/firebreak/config"
	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/contract/sandboxtest"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// TestMain makes the program itself a command of the scripts.
func TestMain(m *testing.M) {
	testscript.Main(leakFree{m}, map[string]func(){"firebreak": main})
}

// leakFree runs the tests and fails if they leave a goroutine behind.
type leakFree struct{ *testing.M }

func (l leakFree) Run() int {
	status := l.M.Run()
	if err := goleak.Find(); err != nil && status == 0 {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return status
}

const shop = "acme/shop"

// world is a GitHub on loopback, whose every exchange is held against GitHub's
// description, and the real server beside it.
type world struct {
	*sandbox.Sandbox
	t      *testing.T
	cfg    config.Server
	server *server
	ended  chan error
	cancel context.CancelFunc
	// tune changes what the server is started with from then on.
	tune []func(*store.Options)
	// ahead is how far the clock of both is ahead of the machine's.
	ahead atomic.Int64
}

// now is the time by the clock that the sandbox and the server share.
func (w *world) now() time.Time { return time.Now().Add(time.Duration(w.ahead.Load())) }

// pass puts the clock forward.
func (w *world) pass(d time.Duration) { w.ahead.Add(int64(d)) }

// startWorld starts both, with maya who administers acme/shop, jon who writes,
// sam who triages, and a stranger who reads.
func startWorld(t *testing.T, repo sandbox.RepoOptions, alter ...func(*sandbox.Options)) *world {
	t.Helper()
	manifest, err := config.ParseManifest(firebreak.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t}
	opts := sandbox.Options{Clock: w.now, WebhookSecret: "a secret of the tests", Permissions: manifest.Permissions, Events: manifest.Events}
	for _, a := range alter {
		a(&opts)
	}
	w.Sandbox = sandboxtest.Start(t, opts)
	w.must(w.AddRepo(shop, repo))
	w.must(w.Grant(shop, "maya", sandbox.RoleAdmin))
	w.must(w.Grant(shop, "jon", sandbox.RoleWrite))
	w.must(w.Grant(shop, "sam", sandbox.RoleTriage))
	w.AddUser("stranger")
	w.cfg = demoConfig(w.Sandbox, newDatabase(t))
	w.cfg.QuietPeriod = 50 * time.Millisecond
	w.start()
	t.Cleanup(w.stop)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// quick has what failed tried again soon.
func (w *world) quick(o *store.Options) {
	o.Retry = store.Retry{First: 10 * time.Millisecond, Longest: 50 * time.Millisecond, Attempts: 12}
	o.Rules.LabelGap, o.Pace, o.Unscheduled, o.Clock = 0, nil, true, w.now
	for _, t := range w.tune {
		t(o)
	}
}

// start starts the server, on what an earlier one left.
func (w *world) start() {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := newServer(ctx, w.cfg, zerolog.New(zerolog.NewTestWriter(w.t)).Level(zerolog.WarnLevel), w.quick)
	if err != nil {
		cancel()
		w.t.Fatal(err)
	}
	w.server, w.cancel, w.ended = s, cancel, make(chan error, 1)
	w.SetWebhook("http://" + s.Addr() + "/api/github/hook")
	go func() { w.ended <- s.Run(ctx) }()
	_, err = s.app.Bot(patient(w.t))
	w.must(err)
}

// turn has a schedule run now and waits for what follows.
func (w *world) turn(names ...string) {
	w.t.Helper()
	for _, name := range names {
		w.must(w.server.db.RunSchedule(patient(w.t), name))
		w.settle()
	}
}

// stop ends the server as SIGTERM does.
func (w *world) stop() {
	w.t.Helper()
	if w.cancel == nil {
		return
	}
	w.cancel()
	w.cancel = nil
	if err := <-w.ended; err != nil {
		w.t.Errorf("stop: %v", err)
	}
}

// patient bounds every wait; a test that needs it has failed.
func patient(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 6*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// settle waits until every delivery is answered and nothing is left to do.
func (w *world) settle() {
	w.t.Helper()
	ctx := patient(w.t)
	w.must(w.Drain(ctx))
	w.must(w.server.db.Settle(ctx))
	w.must(w.Drain(ctx))
	w.must(w.server.db.Settle(ctx))
}

// declare opens an incident as maya and waits for what follows.
func (w *world) declare(title, body string, labels ...string) int {
	w.t.Helper()
	n, err := w.As("maya").OpenIssue(shop, title, body, append([]string{"incident"}, labels...)...)
	w.must(err)
	w.settle()
	return n
}

// comment writes a comment and waits for what follows.
func (w *world) comment(who string, issue int, body string) int64 {
	w.t.Helper()
	id, err := w.As(who).Comment(shop, issue, body)
	w.must(err)
	w.settle()
	return id
}

// own returns the App's comments on an issue that fit.
func (w *world) own(issue int, fits func(string) bool) []sandbox.Comment {
	var out []sandbox.Comment
	for _, c := range w.Comments(shop, issue) {
		if c.Author == w.BotLogin() && fits(c.Body) {
			out = append(out, c)
		}
	}
	return out
}

// checklist returns the incident's one checklist.
func (w *world) checklist(issue int) sandbox.Comment {
	w.t.Helper()
	found := w.own(issue, checklist.IsChecklist)
	if len(found) != 1 {
		w.t.Fatalf("issue %d has %d checklists, want one", issue, len(found))
	}
	return found[0]
}

// tick ticks boxes of the checklist as somebody, one edit each.
func (w *world) tick(who string, issue int, items ...string) {
	w.t.Helper()
	for _, item := range items {
		w.must(w.As(who).Tick(shop, issue, w.checklist(issue).ID, "step:"+item))
	}
}

// labels checks the labels on an issue, in any order.
func (w *world) labels(issue int, want ...string) {
	w.t.Helper()
	i, _ := w.Issue(shop, issue)
	have := slices.Clone(i.Labels)
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		w.t.Errorf("issue %d carries %q, want %q", issue, have, want)
	}
}

// reactions returns the App's reactions to a comment, in order.
func (w *world) reactions(comment int64) string {
	var out []string
	for _, r := range w.Reactions(comment) {
		if r.User == w.BotLogin() {
			out = append(out, r.Content)
		}
	}
	return strings.Join(out, " ")
}

// replies returns the App's answers in words to a comment.
func (w *world) replies(issue int) []sandbox.Comment {
	return w.own(issue, func(b string) bool { return strings.HasPrefix(b, "<!-- firebreak:reply") })
}

// followUps returns the follow-ups that the App opened.
func (w *world) followUps() []sandbox.Issue {
	var out []sandbox.Issue
	for _, i := range w.Issues(shop) {
		if i.Has("incident-follow-up") {
			out = append(out, i)
		}
	}
	return out
}

// ticked says whether the checklist shows a box as ticked.
func (w *world) ticked(issue int, item string) bool {
	w.t.Helper()
	return checklist.Read(checklist.Default(), w.checklist(issue).Body).Ticked[item]
}

// writes returns the requests other than reads since they were last reset.
func (w *world) writes() []string {
	var out []string
	for _, r := range w.Requests() {
		if r.Method != "GET" && !strings.Contains(r.Path, "access_tokens") {
			out = append(out, r.Method+" "+r.Path)
		}
	}
	return out
}
