package main

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

func TestChecklistIsPostedOnce(t *testing.T) {
	t.Parallel()
	for name, disturb := range map[string]func(w *world){
		"opened and labeled":  func(*world) {},
		"every webhook twice": func(w *world) { w.DuplicateWebhooks(true) },
		"the answer got lost": func(w *world) { w.Inject(sandbox.DroppedAnswer("POST", "/repos/acme/shop/issues/*/comments")) },
		"a bad gateway": func(w *world) {
			f := sandbox.BadGateway("POST", "/repos/acme/shop/issues/*/comments")
			f.Times = 3
			w.Inject(f)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, withWiki)
			disturb(w)
			n := w.declare("Checkout times out", "It is slow.")
			w.checklist(n)
			w.labels(n, "incident", "incident/classify")
		})
	}
}

func TestChecklistAfterARestart(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declare("Checkout times out", "It is slow.")
	w.stop()
	w.start()
	for _, d := range w.Deliveries() {
		w.must(w.Redeliver(d.GUID))
	}
	w.settle()
	w.checklist(n)
	w.tick("jon", n, "classify.P2")
	w.settle()
	w.labels(n, "incident", "P2", "incident/triage")
}

func TestWhatBecomesAnIncident(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	t.Run("an issue labelled later", func(t *testing.T) {
		w.must(w.As("maya").MakeLabel(shop, "incident", "ff0000", ""))
		n, err := w.As("jon").OpenIssue(shop, "Slow", "It is slow.")
		w.must(err)
		w.must(w.As("jon").Label(shop, n, "incident"))
		w.settle()
		w.checklist(n)
	})
	t.Run("an issue that another bot opens", func(t *testing.T) {
		w.AddBot("alerts")
		w.must(w.Grant(shop, "alerts[bot]", sandbox.RoleWrite))
		n, err := w.As("alerts[bot]").OpenIssue(shop, "Error rate 3 %", "", "incident")
		w.must(err)
		w.settle()
		w.checklist(n)
	})
	t.Run("not a pull request", func(t *testing.T) {
		n, err := w.As("jon").OpenPull(shop, "A change", "", "incident")
		w.must(err)
		w.settle()
		if c := w.Comments(shop, n); len(c) != 0 {
			t.Errorf("a pull request was answered: %q", c[0].Body)
		}
	})
}

func TestStrangersIncident(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n, err := w.As("stranger").SubmitForm(shop, "Broken", "@maya look!\n\n/incident severity P0\n\n### Action items\n- Pay me @stranger\n", "incident")
	w.must(err)
	w.settle()
	w.labels(n, "incident", "incident/classify")
	if body := w.checklist(n).Body; strings.Contains(body, "by @stranger") || strings.Contains(body, "look!") || strings.Contains(body, "Pay me") {
		t.Errorf("somebody is mentioned for a stranger:\n%s", body)
	}
	if r := w.replies(n); len(r) != 0 {
		t.Errorf("the stranger was answered: %q", r[0].Body)
	}
	w.comment("jon", n, "/incident severity P3")
	w.labels(n, "incident", "P3", "incident/triage")
}

func TestPeoplesTextInTheChecklistSurvives(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declare("Checkout times out", "It is slow.")
	c := w.checklist(n)
	body := strings.Replace(c.Body, "<!-- step:triage.data -->", "<!-- step:triage.data -->\n  - [ ] ask the bank", 1) + "\n\nWar room: https://meet.example.com/x\n"
	w.must(w.As("jon").EditComment(shop, c.ID, body))
	w.tick("jon", n, "triage.data", "classify.P1")
	w.settle()
	now := w.checklist(n).Body
	for _, want := range []string{"- [ ] ask the bank", "War room: https://meet.example.com/x", "P1 · triage · 2 of 20"} {
		if !strings.Contains(now, want) {
			t.Errorf("%q is gone:\n%s", want, now)
		}
	}
}

func TestADeletedLineComesBack(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declare("Checkout times out", "It is slow.")
	w.tick("jon", n, "triage.data")
	w.settle()
	c := w.checklist(n)
	var kept []string
	for _, line := range strings.Split(c.Body, "\n") {
		if !strings.Contains(line, "step:triage.data ") {
			kept = append(kept, line)
		}
	}
	w.must(w.As("jon").EditComment(shop, c.ID, strings.Join(kept, "\n")))
	w.settle()
	if !w.ticked(n, "triage.data") {
		t.Errorf("the line did not come back with its state:\n%s", w.checklist(n).Body)
	}
}

func TestATickIsNotLostToARefresh(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declare("Checkout times out", "It is slow.")
	w.HoldWebhooks()
	w.tick("jon", n, "triage.data")
	w.tick("jon", n, "triage.users")
	w.Release(sandbox.Reversed)
	w.settle()
	for _, item := range []string{"triage.data", "triage.users"} {
		if !w.ticked(n, item) {
			t.Errorf("%s is not ticked", item)
		}
	}
	t.Run("one not heard of yet stays in a refresh", func(t *testing.T) {
		w.HoldWebhooks()
		w.tick("jon", n, "triage.systems")
		w.must(w.As("maya").Close(shop, n))
		w.Release(func(n int) []int { return sandbox.InOrder(n)[1:] })
		w.settle()
		if !w.ticked(n, "triage.systems") {
			t.Error("the tick is gone")
		}
	})
}

func TestADeletedChecklistStaysAway(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declare("Checkout times out", "It is slow.")
	w.must(w.As("maya").DeleteComment(shop, w.checklist(n).ID))
	w.settle()
	w.comment("jon", n, "/incident severity P1")
	w.labels(n, "incident", "P1", "incident/triage")
	if c := w.own(n, func(b string) bool { return strings.Contains(b, "firebreak:checklist") }); len(c) != 0 {
		t.Fatalf("%d checklists, want none", len(c))
	}
	w.must(w.As("maya").Unlabel(shop, n, "incident"))
	w.settle()
	w.must(w.As("maya").Label(shop, n, "incident"))
	w.settle()
	if !strings.Contains(w.checklist(n).Body, "P1 · triage") {
		t.Error("the new checklist does not have the old state")
	}

	// The same where nobody tells of it, and it is missed when it is written to.
	w.HoldWebhooks()
	w.must(w.As("maya").DeleteComment(shop, w.checklist(n).ID))
	w.Release(sandbox.Lost)
	w.comment("jon", n, "/incident severity P2")
	w.labels(n, "incident", "P2", "incident/triage")
	if c := w.own(n, checklist.IsChecklist); len(c) != 0 {
		t.Fatalf("%d checklists, want none", len(c))
	}
	w.must(w.As("maya").Unlabel(shop, n, "incident"))
	w.must(w.As("maya").Label(shop, n, "incident"))
	w.settle()
	w.says("the checklist", w.checklist(n).Body, "P2 · triage")
}
