package workflow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// replay lets the events of one incident happen as deliveries tell of them, each
// by somebody at a moment, and keeps its timeline.
type replay struct {
	t        *testing.T
	rules    workflow.Rules
	inc      workflow.Incident
	entries  []workflow.Entry
	snapshot workflow.Snapshot
	// day is that of the clock times given; zone is the one configured.
	day  string
	zone *time.Location
	// comments counts the comments on the issue.
	comments int
	// pages are the post-mortem as it would have been after each event.
	pages []string
}

var people = map[string]workflow.Person{"maya": maya, "jon": jon, "kim": {ID: 3, Login: "kim"}, "sam": {ID: 4, Login: "sam"}}

// opened is an incident that somebody declares by opening an issue, and its
// checklist, which is the issue's first comment.
func opened(t *testing.T, number int, title, by, moment string, body workflow.Body) *replay {
	t.Helper()
	day, clock, _ := strings.Cut(moment, " ")
	r := &replay{t: t, rules: workflow.DefaultRules(), day: day}
	r.inc.Key = workflow.Key{Repository: 7, Issue: int64(number)}
	url := fmt.Sprintf("https://github.example/acme/shop/issues/%d", number)
	r.snapshot = workflow.Snapshot{
		Place: workflow.Place{Installation: 9, Owner: "acme", Repo: "shop", Number: number, URL: url},
		Title: title, Author: people[by], Created: r.when(clock), Labels: []string{"incident"}, Body: body,
	}
	r.happens(clock, by, url, workflow.Declared{Trusted: true})
	r.comments++
	r.outcome(clock, workflow.ChecklistWritten{CommentID: r.comment(), URL: r.commentURL(), Version: r.inc.Version})
	return r
}

// when reads "12:04" of the day, or "2026-11-24 12:04".
func (r *replay) when(moment string) time.Time {
	r.t.Helper()
	if !strings.Contains(moment, " ") {
		moment = r.day + " " + moment
	}
	at, err := time.Parse("2006-01-02 15:04", moment)
	if err != nil {
		r.t.Fatal(err)
	}
	return at
}

func (r *replay) happens(moment, by, url string, ev workflow.Event) {
	r.t.Helper()
	at := r.when(moment)
	snapshot := r.snapshot
	r.apply(workflow.Meta{Delivery: moment, At: at, Now: at, By: people[by], Issue: &snapshot, URL: url}, ev)
}

// outcome is what an effect brought about.
func (r *replay) outcome(moment string, ev workflow.Event) {
	r.t.Helper()
	at := r.when(moment)
	r.apply(workflow.Meta{Delivery: "effect", At: at, Now: at}, ev)
}

func (r *replay) apply(meta workflow.Meta, ev workflow.Event) {
	inc, out := r.rules.Apply(r.inc, meta, ev)
	r.inc = inc
	r.entries = append(r.entries, out.Entries...)
	r.pages = append(r.pages, r.page())
}

func (r *replay) comment() int64 { return int64(r.snapshot.Place.Number*1000 + r.comments) }

func (r *replay) commentURL() string {
	return fmt.Sprintf("%s#issuecomment-%d", r.snapshot.Place.URL, r.comment())
}

// says comments, with write permission; everything said must be carried out.
func (r *replay) says(moment, by string, lines ...string) {
	r.t.Helper()
	r.comments++
	cmds := command.Parse(strings.Join(lines, "\n"), command.Options{Now: r.when(moment)})
	if len(cmds) == 0 {
		r.t.Fatalf("%s: no command in %q", moment, lines)
	}
	for _, c := range cmds {
		if c.Problem != nil {
			r.t.Fatalf("%s: %q: %v", moment, c.Source, c.Problem)
		}
	}
	r.happens(moment, by, r.commentURL(), workflow.Commanded{Comment: r.comment(), Commands: cmds, Permission: command.Write})
}

func (r *replay) ticks(moment, by string, ids ...string) {
	r.t.Helper()
	r.happens(moment, by, r.inc.Checklist.URL, changes(true, ids))
}

func (r *replay) unticks(moment, by string, ids ...string) {
	r.t.Helper()
	r.happens(moment, by, r.inc.Checklist.URL, changes(false, ids))
}

func (r *replay) labels(moment, by, label string) {
	r.t.Helper()
	r.happens(moment, by, r.snapshot.Place.URL, workflow.Labeled{Label: label, Trusted: true})
}

func (r *replay) assigns(moment, by, whom string, off bool) {
	r.t.Helper()
	r.happens(moment, by, r.snapshot.Place.URL, workflow.Assigned{Login: whom, Off: off})
}

func (r *replay) closes(moment, by string) {
	r.t.Helper()
	r.snapshot.Closed = true
	r.happens(moment, by, r.snapshot.Place.URL, workflow.Closed{Reason: "completed"})
}

func (r *replay) reopens(moment, by string) {
	r.t.Helper()
	r.snapshot.Closed = false
	r.happens(moment, by, r.snapshot.Place.URL, workflow.Reopened{})
}

// published asks for the post-mortem, which opens the follow-ups from the number
// given on.
func (r *replay) published(moment, by string, from int) {
	r.t.Helper()
	r.says(moment, by, "/postmortem")
	for n, a := range r.inc.Unopened() {
		issue := workflow.FollowUp{ID: int64(from + n), Number: from + n, URL: fmt.Sprintf("https://github.example/acme/shop/issues/%d", from+n), Assignee: a.Owner, Linked: true}
		r.outcome(moment, workflow.FollowUpOpened{Action: a.ID, Issue: issue})
	}
	page := r.page()
	r.outcome(moment, workflow.Published{
		Store: workflow.StoreWiki, URL: r.inc.Place.PageURL(r.inc.Postmortem.Page), Filled: postmortem.FilledSections(page), Answered: r.inc.Postmortem.Requests,
	})
}

// page is the post-mortem as it is now.
func (r *replay) page() string {
	return postmortem.Render(workflow.Document(r.inc, r.entries, r.zone))
}
