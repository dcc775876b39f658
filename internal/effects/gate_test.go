package effects

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/palantir/go-githubapp/githubapp"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/contract/sandboxtest"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

const shop = "acme/shop"

var errGate = errors.New("the gate failed")

// brokenGate cannot tell of any text that holds a word; the empty word is in all.
type brokenGate struct{ word string }

func (g brokenGate) Scan(text string) (string, redact.Findings, error) { return g.Clean(text) }

func (g brokenGate) Clean(text string) (string, redact.Findings, error) {
	if strings.Contains(text, g.word) {
		return "", nil, errGate
	}
	return text, redact.Findings{}, nil
}

// fixture is an incident whose post-mortem was asked for, and what carries its
// effects out.
type fixture struct {
	*sandbox.Sandbox
	t       *testing.T
	effects *Effects
	key     workflow.Key
	// ahead is how far GitHub's clock is ahead.
	ahead atomic.Int64
	// wikis is the directory below which the wikis' git is.
	wikis string
	// asked are the effects that were asked for.
	asking sync.Mutex
	asked  []workflow.Effect
}

func newFixture(t *testing.T, repo sandbox.RepoOptions, gate Gate) *fixture {
	t.Helper()
	f := &fixture{t: t, wikis: t.TempDir()}
	f.Sandbox = sandboxtest.Start(t, sandbox.Options{
		WebhookSecret: "only for tests", WebhookURL: "http://127.0.0.1:1/", Dir: f.wikis,
		Clock: func() time.Time { return time.Now().Add(time.Duration(f.ahead.Load())) },
	})
	f.HoldWebhooks()
	f.must(f.AddRepo(shop, repo))
	f.must(f.Grant(shop, "jon", sandbox.RoleWrite))
	number, err := f.As("jon").OpenIssue(shop, "Checkout times out", "Slow.", "incident")
	f.must(err)
	issue, _ := f.Issue(shop, number)
	for _, d := range f.Held() {
		f.key = workflow.Key{Repository: d.Repository, Issue: issue.ID}
	}
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "x.db"), store.Options{
		Workers: river.NewWorkers(), Queues: store.Queues(Family), Rules: workflow.DefaultRules(),
		Jobs: func(effects []workflow.Effect) []river.InsertManyParams {
			f.asking.Lock()
			defer f.asking.Unlock()
			f.asked = append(f.asked, effects...)
			return Jobs(effects)
		},
	})
	f.must(err)
	client := wiki.New()
	app := f.app()
	t.Cleanup(func() { client.Close(); app.Close(); f.must(db.Close()) })
	f.effects = &Effects{Store: db, App: app, Wiki: client, Gate: gate, Rules: workflow.DefaultRules(), WebURL: f.WebURL(), Clock: time.Now, Log: zerolog.Nop()}
	f.declare(db, issue)
	f.ResetRequests()
	return f
}

func (f *fixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) app() *github.App { return f.appAt(f.APIURL()) }

// appAt is the App that finds GitHub's API at another address.
func (f *fixture) appAt(api string) *github.App {
	f.t.Helper()
	var cfg githubapp.Config
	cfg.V3APIURL, cfg.V4APIURL, cfg.WebURL = api, f.GraphQLURL(), f.WebURL()
	cfg.App.IntegrationID, cfg.App.PrivateKey = f.AppID(), string(f.PrivateKeyPEM())
	app, err := github.New(github.Config{App: cfg, UserAgent: "test"})
	f.must(err)
	return app
}

// declare makes the incident known and asks for its post-mortem.
func (f *fixture) declare(db *store.DB, issue sandbox.Issue) {
	f.t.Helper()
	jon := workflow.Person{ID: 2, Login: "jon"}
	meta := workflow.Meta{At: issue.CreatedAt, By: jon, Issue: &workflow.Snapshot{
		Place: workflow.Place{Installation: f.InstallationID("acme"), Owner: "acme", Repo: "shop", Number: issue.Number, URL: f.WebURL() + "/acme/shop/issues/1"},
		Title: issue.Title, Author: jon, Created: issue.CreatedAt, Labels: issue.Labels,
	}}
	cmds := command.Parse("/incident action Fix the pool\n/incident cause Ten of it.\n/postmortem", command.Options{Now: issue.CreatedAt})
	for _, ev := range []workflow.Event{workflow.Declared{Trusted: true}, workflow.Commanded{Comment: 8, Commands: cmds, Permission: command.Write}} {
		f.must(db.Record(context.Background(), "", store.Step{Key: f.key, Meta: meta, Event: ev}))
	}
}

// ask asks for the post-mortem in one more comment.
func (f *fixture) ask(comment int64) {
	f.t.Helper()
	now := time.Now().Add(time.Duration(comment) * time.Second)
	ev := workflow.Commanded{Comment: comment, Commands: command.Parse("/postmortem", command.Options{Now: now}), Permission: command.Write}
	f.must(f.effects.Store.Record(f.t.Context(), "", store.Step{Key: f.key, Meta: workflow.Meta{At: now}, Event: ev}))
}

// carryOut runs one effect as its first attempt.
func (f *fixture) carryOut(e workflow.Effect) error { return f.attempt(e, 1) }

func (f *fixture) attempt(e workflow.Effect, n int) error {
	e.Key = f.key
	job := &river.Job[args]{JobRow: &rivertype.JobRow{Attempt: n, MaxAttempts: 12, CreatedAt: time.Now()}, Args: args{e}}
	return (&worker{effects: f.effects}).Work(f.t.Context(), job)
}

// texts returns where texts were written: all but labels, tokens and reads.
func (f *fixture) texts() []string {
	var out []string
	for _, r := range f.Requests() {
		switch {
		case r.Method == "GET", strings.HasSuffix(r.Path, "/access_tokens"), strings.HasSuffix(r.Path, "/labels"), strings.HasSuffix(r.Path, "git-upload-pack"):
		default:
			out = append(out, r.Method+" "+r.Path)
		}
	}
	return out
}

// What the gate did not pass is not written, and tried again.
func TestNothingIsWrittenWhenTheGateFails(t *testing.T) {
	t.Parallel()
	initialised := sandbox.RepoOptions{WikiInitialised: true}
	for name, tc := range map[string]struct {
		repo   sandbox.RepoOptions
		effect workflow.Effect
		word   string
		want   []string
	}{
		"checklist":                   {initialised, workflow.Effect{Kind: workflow.EffectChecklist}, "", nil},
		"reply":                       {initialised, workflow.Effect{Kind: workflow.EffectReply, Comment: 8, Text: "Done."}, "", nil},
		"page":                        {initialised, workflow.Effect{Kind: workflow.EffectPublish}, "", nil},
		"comment in the page's place": {sandbox.RepoOptions{}, workflow.Effect{Kind: workflow.EffectPublish}, "", nil},
		"the page alone": {initialised, workflow.Effect{Kind: workflow.EffectPublish}, "## Timeline",
			[]string{"POST /repos/acme/shop/issues", "POST /repos/acme/shop/issues/1/sub_issues"}},
		"the follow-up alone": {initialised, workflow.Effect{Kind: workflow.EffectPublish}, "firebreak:follow-up",
			[]string{"POST /acme/shop.wiki.git/git-receive-pack"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, tc.repo, brokenGate{tc.word})
			if err := f.carryOut(tc.effect); !errors.Is(err, errGate) {
				t.Errorf("got %v, want the gate's error", err)
			}
			if got := f.texts(); strings.Join(got, "\n") != strings.Join(tc.want, "\n") {
				t.Errorf("written %q, want %q", got, tc.want)
			}
		})
	}
}
