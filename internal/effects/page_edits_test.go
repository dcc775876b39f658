package effects

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

const fixturePage = "Incident-1-checkout-times-out"

// published is an incident whose post-mortem is in the wiki.
func publishedFixture(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t, sandbox.RepoOptions{WikiInitialised: true, WikiOpen: true}, wordGate{})
	f.AddUser("eve")
	f.must(f.carryOut(workflow.Effect{Kind: workflow.EffectPublish}))
	return f
}

func (f *fixture) incident() workflow.Incident {
	f.t.Helper()
	inc, err := f.effects.Store.Incident(f.t.Context(), f.key)
	f.must(err)
	return inc
}

// happen records what people did.
func (f *fixture) happen(by string, events ...workflow.Event) {
	f.t.Helper()
	for _, ev := range events {
		meta := workflow.Meta{At: time.Now(), By: workflow.Person{ID: int64(len(by)), Login: by}}
		f.must(f.effects.Store.Record(f.t.Context(), "", store.Step{Key: f.key, Meta: meta, Event: ev}))
	}
}

// edit edits a page and tells of it, as the delivery would.
func (f *fixture) edit(who, page, text string, may bool) {
	f.t.Helper()
	f.must(f.As(who).EditWiki(shop, page, text, "edited"))
	f.happen(who, workflow.PageEdited{Page: page, SHA: f.WikiLog(shop)[0].SHA, May: may})
}

func (f *fixture) page() string {
	f.t.Helper()
	text, there := f.WikiPage(shop, fixturePage)
	if !there {
		f.t.Fatalf("no page among %q", f.WikiPages(shop))
	}
	return text
}

// commits counts those of the App.
func (f *fixture) commits() int {
	n := 0
	for _, c := range f.WikiLog(shop) {
		if c.Author == f.BotLogin() {
			n++
		}
	}
	return n
}

func (f *fixture) items() string {
	var out []string
	for _, a := range f.incident().Actions {
		out = append(out, a.Text)
	}
	return strings.Join(out, ", ")
}

// A burst of changes to follow-ups is one commit, and none comes before it is over.
func TestABurstIsOneCommit(t *testing.T) {
	t.Parallel()
	f := publishedFixture(t)
	before := f.commits()
	follow := f.incident().Actions[0].Issue
	for n := range 6 {
		f.happen("jon", workflow.FollowUpChanged{Issue: follow.ID, Number: follow.Number, Closed: n%2 == 0, Assignee: fmt.Sprint("p", n), URL: follow.URL})
	}
	for _, ahead := range []time.Duration{0, time.Minute} {
		f.effects.Clock = func() time.Time { return time.Now().Add(ahead) }
		for range 6 {
			f.must(f.carryOut(workflow.Effect{Kind: workflow.EffectPublish}))
		}
		want := before
		if ahead > 0 {
			want++
		}
		if got := f.commits(); got != want {
			t.Errorf("after %v: %d commits, want %d", ahead, got, want)
		}
	}
	if !strings.Contains(f.page(), "p5") {
		t.Error("the page does not show the last change")
	}
}

// Somebody without write permission adds an item; the next who edits, with it, has
// not thereby asked for it. What both add counts by who added it, also where both
// edits are looked at together, and whichever is told of first.
func TestNobodysItemPassesForAnothers(t *testing.T) {
	t.Parallel()
	for name, turns := range map[string][]int{"in order": {0, 1}, "the other way round": {1, 0}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := publishedFixture(t)
			f.must(f.As("eve").EditWiki(shop, fixturePage, strings.Replace(f.page(), "## Lessons learned", "- Pay eve\n\n## Lessons learned", 1), "mine"))
			f.must(f.As("jon").EditWiki(shop, fixturePage, strings.Replace(f.page(), "- Pay eve\n", "- Pay eve\n- Drill it\n", 1), "ours"))
			log := f.WikiLog(shop)
			edits := []workflow.PageEdited{{Page: fixturePage, SHA: log[1].SHA}, {Page: fixturePage, SHA: log[0].SHA, May: true}}
			for _, n := range turns {
				f.happen([]string{"eve", "jon"}[n], edits[n])
			}
			f.must(f.carryOut(workflow.Effect{Kind: workflow.EffectPage}))
			if got := f.items(); got != "Fix the pool, Drill it" {
				t.Errorf("action items %q", got)
			}
			f.must(f.carryOut(workflow.Effect{Kind: workflow.EffectPage}))
			if got := f.items(); got != "Fix the pool, Drill it" {
				t.Errorf("action items %q, looked at twice", got)
			}
		})
	}
}

// Who takes back what somebody deleted has not thereby asked for what strangers
// wrote into it, also where GitHub told of none of their edits.
func TestTakingBackADeletionAddsNothing(t *testing.T) {
	t.Parallel()
	f := publishedFixture(t)
	f.must(f.As("eve").EditWiki(shop, fixturePage, strings.Replace(f.page(), "## Lessons learned", "- Pay eve\n\n## Lessons learned", 1), "mine"))
	whole := f.page()
	f.must(f.As("eve").EditWiki(shop, fixturePage, "Gone.", "vandalism"))
	f.must(f.As("jon").EditWiki(shop, "Home", "Hello", "another page"))
	f.edit("jon", fixturePage, whole+"\n## Action items\n\n- Drill it\n", true)
	f.must(f.carryOut(workflow.Effect{Kind: workflow.EffectPage}))
	if got := f.items(); got != "Fix the pool, Drill it" {
		t.Errorf("action items %q", got)
	}
}

// What cannot be looked at takes nothing, is told where somebody waits for it, and
// stands in the way of nothing.
func TestEditsThatCannotBeLookedAt(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(f *fixture){
		"a commit that is not there": func(f *fixture) {
			f.happen("jon", workflow.PageEdited{Page: fixturePage, SHA: strings.Repeat("ab", 20), May: true})
		},
		"a wiki that is gone": func(f *fixture) {
			f.edit("jon", fixturePage, f.page()+"\n", true)
			f.must(f.ChangeRepo(shop, func(o *sandbox.RepoOptions) { o.WikiDisabled = true }))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := publishedFixture(t)
			do(f)
			f.must(f.carryOut(workflow.Effect{Kind: workflow.EffectPage}))
			inc := f.incident()
			if len(inc.Postmortem.Edits) != 0 || len(inc.Actions) != 1 {
				t.Errorf("edits %+v, actions %+v", inc.Postmortem.Edits, inc.Actions)
			}
			timeline, err := f.effects.Store.Timeline(t.Context(), f.key)
			f.must(err)
			if last := timeline[len(timeline)-1]; !strings.Contains(last.What, "`/incident action`") {
				t.Errorf("the timeline ends with %q", last.What)
			}
		})
	}
}

func TestPagesThatAreNotTheIncidents(t *testing.T) {
	t.Parallel()
	f := publishedFixture(t)
	items := "\n## Action items\n\n- Drill it\n"
	f.edit("jon", "Runbook", "Ring the bell."+items, true)
	f.edit("jon", "Copy", f.page(), true)
	f.edit("jon", "Copy", strings.Replace(f.page(), "## Lessons learned", "- Drill it\n\n## Lessons learned", 1), true)
	f.must(f.carryOut(workflow.Effect{Kind: workflow.EffectPage}))
	if got := f.items(); got != "Fix the pool" || len(f.incident().Postmortem.Edits) != 0 {
		t.Errorf("action items %q, edits %+v", got, f.incident().Postmortem.Edits)
	}
}

// A renamed page is found by whichever incident looks, and passed on to its own.
func TestAnEditOfARenamedPageIsPassedOn(t *testing.T) {
	t.Parallel()
	f := publishedFixture(t)
	own, first := f.key, f.incident()
	f.key.Issue += 1000
	meta := workflow.Meta{At: first.Created, By: workflow.Person{ID: 2, Login: "jon"}, Issue: &workflow.Snapshot{Place: first.Place, Title: "Another", Created: first.Created, Labels: []string{"incident"}}}
	meta.Issue.Place.Number, meta.Issue.Place.URL = 99, f.WebURL()+"/acme/shop/issues/99"
	asked := workflow.Commanded{Comment: 9, Commands: command.Parse("/postmortem", command.Options{}), Permission: command.Write}
	for _, ev := range []workflow.Event{workflow.Declared{Trusted: true}, asked, workflow.Published{Store: workflow.StoreWiki}} {
		f.must(f.effects.Store.Record(t.Context(), "", store.Step{Key: f.key, Meta: meta, Event: ev}))
	}
	f.must(f.As("jon").RenameWikiPage(shop, fixturePage, "Our slow checkout", strings.Replace(f.page(), "## Lessons learned", "- Drill it\n\n## Lessons learned", 1)))
	f.happen("jon", workflow.PageEdited{Page: "Our slow checkout", SHA: f.WikiLog(shop)[0].SHA, May: true})
	f.must(f.carryOut(workflow.Effect{Kind: workflow.EffectPage}))
	if got := f.items(); got != "" {
		t.Errorf("the other incident's action items are %q", got)
	}
	f.key = own
	if edits := f.incident().Postmortem.Edits; len(edits) != 1 || edits[0].By.Login != "jon" || !edits[0].May {
		t.Fatalf("passed on %+v", edits)
	}
	f.must(f.carryOut(workflow.Effect{Kind: workflow.EffectPage}))
	if got := f.items(); got != "Fix the pool, Drill it" {
		t.Errorf("action items %q", got)
	}
}

// More items than one publish opens are opened by the next, which nobody has to ask
// for.
func TestWhatOnePublishLeavesIsTheNextOnes(t *testing.T) {
	t.Parallel()
	f := publishedFixture(t)
	ev := workflow.ActionsRead{}
	for n := range workflow.MaxFollowUps + 2 {
		ev.Items = append(ev.Items, workflow.Action{Kind: "process", Text: fmt.Sprint("Item ", n), At: time.Now()})
	}
	f.happen("", ev)
	for n, want := range []int{2, 0, 0} {
		f.effects.Clock = func() time.Time { return time.Now().Add(time.Duration(n+1) * time.Minute) }
		f.must(f.carryOut(workflow.Effect{Kind: workflow.EffectPublish}))
		inc := f.incident()
		if got := len(inc.Unopened()); got != want {
			t.Errorf("%d items are left, want %d", got, want)
		}
		if owed := !inc.Postmortem.StaleSince.IsZero(); owed != (want > 0) {
			t.Errorf("another publish is owed: %t, with %d items left", owed, want)
		}
	}
}
