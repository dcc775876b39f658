package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
)

// kept lists the effects that are kept as given up, with their reasons, sorted.
func (w *world) kept() []string {
	w.t.Helper()
	all, err := w.server.db.Failures(w.t.Context())
	w.must(err)
	var out []string
	for _, f := range all {
		out = append(out, string(f.Effect.Kind)+": "+f.Reason)
	}
	slices.Sort(out)
	return out
}

func (w *world) keeps(want ...string) {
	w.t.Helper()
	if have := w.kept(); !slices.Equal(have, want) {
		w.t.Fatalf("kept as given up:\n%s\nwant\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
}

// notes lists the notes in the checklist's head.
func (w *world) notes(issue int) []string {
	w.t.Helper()
	var out []string
	for _, line := range strings.Split(w.checklist(issue).Body, "\n") {
		if note, ok := strings.CutPrefix(line, "> "); ok {
			out = append(out, note)
		}
	}
	return out
}

func (w *world) shows(issue int, want ...string) {
	w.t.Helper()
	if have := w.notes(issue); !slices.Equal(have, want) {
		w.t.Errorf("the checklist says:\n%q\nwant\n%q", have, want)
	}
}

func (w *world) retry(in workflow.Scope) {
	w.t.Helper()
	_, err := w.server.db.RetryFailures(w.t.Context(), in)
	w.must(err)
	w.settle()
}

// showsUndone asks the command line what an effect was given up for, beside the
// server.
func (w *world) showsUndone(f store.Failure) {
	w.t.Helper()
	var out bytes.Buffer
	if status := runIn(w.t.Context(), []string{"deliveries", "show", f.ID, "--database", w.cfg.Database}, streams{&out, &out}); status != 0 {
		w.t.Errorf("it ends with %d", status)
	}
	want := fmt.Sprintf(`id                 %s
what               reply
state              failed
since              %s
where              acme/shop#1
repository, issue  %s
delivery           %s
reason             write comment: 403 Unable to create comment because issue is locked.
attempts           1
`, f.ID, f.At.Format(time.RFC3339), f.Effect.Key, f.Effect.Delivery)
	if out.String() != want {
		w.t.Errorf("it shows:\n%s\nwant\n%s", out.String(), want)
	}
}

// What GitHub refuses for good is not tried again, told once where it can be,
// kept for the operator, and made up for when it is over.
func TestWhatGitHubRefuses(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declare("Checkout times out", "It is slow.")
	w.comment("jon", n, "/incident severity P1")

	// Locked: comments cannot be written, the checklist can.
	w.must(w.As("maya").Lock(shop, n, ""))
	w.comment("jon", n, "/incident status")
	w.comment("jon", n, "/incident help")
	w.keeps("reply: write comment: 403 Unable to create comment because issue is locked.",
		"reply: write comment: 403 Unable to create comment because issue is locked.")
	const locked = "Replies cannot be written: the issue is locked. Unlock it, and it is made up for."
	w.shows(n, locked)
	if told := strings.Count(w.checklist(n).Body, locked); told != 2 {
		t.Errorf("it is told %d times, want once as a note and once on the timeline", told)
	}
	all, err := w.server.db.Failures(t.Context())
	w.must(err)
	w.showsUndone(all[0])
	w.must(w.As("maya").Unlock(shop, n))
	w.settle()
	w.keeps()
	w.shows(n)
	if got := len(w.replies(n)); got != 2 {
		t.Errorf("%d replies, want both", got)
	}

	// A permission is missing: for labels, say.
	refused := w.Inject(sandbox.Fault{Method: "POST", Path: "/repos/acme/shop/issues/*/labels", Status: 403, Times: -1,
		Body: `{"message":"Resource not accessible by integration","documentation_url":"https://docs.github.com/rest"}`})
	w.tick("jon", n, "triage")
	w.settle()
	w.keeps("labels: put labels on: 403 Resource not accessible by integration")
	w.shows(n, "Labels cannot be written: the installation lacks Issues: write. An owner can grant it in the App's installation settings.")
	refused.Remove()
	w.retry(workflow.Scope{Installation: w.InstallationID("acme")})
	w.keeps()
	w.shows(n)
	w.labels(n, "incident", "P1", "incident/mitigate")

	// Archived while a delivery is on its way: nothing can be written.
	w.HoldWebhooks()
	id, err := w.As("jon").Comment(shop, n, "/incident severity P2\n/postmortem")
	w.must(err)
	w.must(w.ChangeRepo(shop, func(o *sandbox.RepoOptions) { o.Archived = true }))
	before := w.checklist(n).Body
	w.Release(sandbox.InOrder)
	w.settle()
	const archived = "403 Repository was archived so is read-only."
	w.keeps("checklist: edit comment: "+archived, "feedback: react to comment: "+archived, "feedback: react to comment: "+archived,
		"labels: put labels on: "+archived, "publish: write comment: "+archived, "reply: write comment: "+archived)
	if w.checklist(n).Body != before {
		t.Error("the checklist of an archived repository was changed")
	}
	w.must(w.ChangeRepo(shop, func(o *sandbox.RepoOptions) { o.Archived = false }))
	w.settle()
	w.keeps()
	w.shows(n)
	w.labels(n, "incident", "P2", "incident/mitigate")
	if _, published := w.WikiPage(shop, "Incident-1-checkout-times-out"); !published {
		t.Error("the post-mortem that was asked for is not published once it can be")
	}
	if got := w.reactions(id); got != "eyes -1 +1" {
		t.Errorf("reactions %q once it is unarchived", got)
	}

	// Suspended: nothing can be told, not even afterwards.
	w.HoldWebhooks()
	w.tick("jon", n, "mitigate.act")
	w.must(w.Suspend("acme", true))
	w.Release(sandbox.InOrder)
	w.settle()
	if kept := w.kept(); len(kept) != 1 || !strings.Contains(kept[0], "suspended") {
		t.Errorf("kept of what a suspended App cannot do: %q", kept)
	}
	w.must(w.Suspend("acme", false))
	w.retry(workflow.Scope{Installation: w.InstallationID("acme")})
	w.keeps()
	w.shows(n)
	if strings.Contains(w.checklist(n).Body, "not installed") || !w.ticked(n, "mitigate.act") {
		t.Errorf("the checklist says:\n%s", w.checklist(n).Body)
	}
}
