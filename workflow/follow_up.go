package workflow

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// FollowUpOpened says that an action item has its issue now, and once more when
// the issue is assigned and linked too.
type FollowUpOpened struct {
	Action string
	Issue  FollowUp
}

func (e FollowUpOpened) apply(d *decision) {
	a := d.inc.action(e.Action)
	if a == nil {
		return
	}
	if a.Opened() {
		if a.Issue.ID == e.Issue.ID && a.Issue.Unfinished {
			a.Issue.Unfinished, a.Issue.Assignee, a.Issue.Linked = e.Issue.Unfinished, orElse(a.Issue.Assignee, e.Issue.Assignee), e.Issue.Linked
			d.changed = true
		}
		return
	}
	d.note(EntryAction, fmt.Sprintf("follow-up #%d opened: %s", e.Issue.Number, a.Text))
	a.Issue, a.Problem = e.Issue, ""
	a.Priority = orElse(a.Priority, d.inc.Severity)
}

// FollowUpLinked says which others a follow-up's text links now, by Siblings of
// FollowUp. What people did to the issue meanwhile is not touched by it.
type FollowUpLinked struct{ Action, Siblings string }

func (e FollowUpLinked) apply(d *decision) {
	if a := d.inc.action(e.Action); a != nil {
		a.Issue.Siblings = e.Siblings
	}
}

// FollowUpRefused says why an action item's issue could not be opened.
type FollowUpRefused struct {
	Action  string
	Problem string
}

func (e FollowUpRefused) apply(d *decision) {
	if a := d.inc.action(e.Action); a != nil && a.Problem != e.Problem {
		a.Problem = e.Problem
		d.changed = true
	}
}

// FollowUpChanged says that a follow-up issue was closed, reopened, assigned,
// given another date or priority, or deleted on GitHub.
type FollowUpChanged struct {
	// Issue is the follow-up's id.
	Issue    int64
	Number   int
	URL      string
	Closed   bool
	ClosedAt time.Time
	Assignee string
	Deleted  bool
	// Due is the date that its text gives now, zero if none; nil if that did not
	// change. Priority is likewise the severity that its labels give.
	Due      *time.Time
	Priority *string
	// Home is the repository that it is in.
	Home Home
}

func (e FollowUpChanged) apply(d *decision) {
	for n := range d.inc.Actions {
		if d.inc.Actions[n].Issue.ID == e.Issue {
			d.followUp(&d.inc.Actions[n], e)
			return
		}
	}
}

// FollowUpMoved says that a follow-up was transferred to another repository,
// where it has another id and number. It belongs to its incident all the same.
type FollowUpMoved struct {
	// Issue is the id that it had, ID the one that it has.
	Issue, ID int64
	Number    int
	URL       string
	Home      Home
}

func (e FollowUpMoved) apply(d *decision) {
	for n := range d.inc.Actions {
		f := &d.inc.Actions[n].Issue
		if f.ID != e.Issue {
			continue
		}
		f.ID, f.Number, f.URL, f.Home = e.ID, e.Number, e.URL, e.Home
		if e.Home.Repository == d.inc.Key.Repository {
			f.Home = Home{}
		}
		d.note(EntryAction, fmt.Sprintf("follow-up moved to %s/%s#%d", e.Home.Owner, e.Home.Repo, e.Number))
		d.stale()
	}
}

func (d *decision) followUp(a *Action, e FollowUpChanged) {
	if d.meta.At.Before(a.Issue.ChangeAt) {
		return
	}
	was := a.Issue
	a.Issue.Closed, a.Issue.ClosedAt = e.Closed, e.ClosedAt
	a.Issue.Assignee, a.Issue.Deleted = e.Assignee, e.Deleted
	a.Issue.Number, a.Issue.URL, a.Issue.ChangeAt = e.Number, e.URL, d.meta.At
	if a.Issue.Home != (Home{}) && e.Home != (Home{}) {
		a.Issue.Home = e.Home
	}
	if a.Issue.Assignee != was.Assignee {
		a.Owner = a.Issue.Assignee
	}
	for _, what := range append(a.Issue.changes(was), a.plan(e)...) {
		d.note(EntryAction, fmt.Sprintf("follow-up #%d %s", e.Number, what))
		d.stale()
	}
}

// changes says in words what became different.
func (f FollowUp) changes(was FollowUp) []string {
	var out []string
	switch {
	case f.Deleted && !was.Deleted:
		return []string{"deleted"}
	case f.Closed && !was.Closed:
		out = append(out, "closed")
	case !f.Closed && was.Closed:
		out = append(out, "reopened")
	}
	if f.Assignee != was.Assignee {
		out = append(out, "assigned: "+orElse(f.Assignee, "nobody"))
	}
	return out
}

// plan takes over until when and how urgently a follow-up is to be done, and says
// in words what became different.
func (a *Action) plan(e FollowUpChanged) []string {
	var out []string
	if e.Due != nil && !e.Due.Equal(a.Due) {
		a.Due = *e.Due
		out = append(out, "due: "+orElse(day(a.Due), "no date"))
	}
	if e.Priority != nil && *e.Priority != a.Priority {
		a.Priority = *e.Priority
		out = append(out, "priority: "+orElse(a.Priority, "none"))
	}
	return out
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// FollowUpsGone names the issues of follow-ups that were opened, in that order, and
// are not there any more, by when every action item had its issue. Where they are
// as many as the items without one, they were theirs; they are not opened again.
type FollowUpsGone struct{ Numbers []int }

func (e FollowUpsGone) apply(d *decision) {
	waiting := d.inc.Unopened()
	if len(waiting) != len(e.Numbers) {
		return
	}
	for n, a := range waiting {
		d.inc.action(a.ID).Issue = FollowUp{Number: e.Numbers[n], Deleted: true}
		d.changed = true
	}
}

// FollowUpFound says that a follow-up of an action item was found, whatever else
// is known of the item. What it says of it is as far as its issue tells.
type FollowUpFound struct {
	Action Action
	// Due is what its text says now, zero if that is no date; nil if it cannot be
	// read.
	Due *time.Time
}

func (e FollowUpFound) apply(d *decision) {
	id := e.Action.ID
	if n := nth(id, "b"); n > 0 {
		d.inc.Named = max(d.inc.Named, n)
		d.rename(e.Action)
	}
	d.inc.FromPage = max(d.inc.FromPage, nth(id, "w"))
	if d.inc.action(id) == nil && len(d.inc.Actions) < maxActions {
		d.inc.Actions = append(d.inc.Actions, e.Action)
		d.changed = true
	}
	if a := d.inc.action(id); a != nil && e.Due != nil && !a.Due.Equal(*e.Due) {
		a.Due, d.changed = *e.Due, true
	}
}

// nth is the number in an id that is counted behind a letter; 0 if it is none.
func nth(id, letter string) int {
	number, ok := strings.CutPrefix(id, letter)
	if n, err := strconv.Atoi(number); ok && err == nil && n > 0 && n < 1_000_000 {
		return n
	}
	return 0
}

// rename gives an id to the item of the issue's list that is worded like its
// follow-up: ids are counted, and the list may have been another when they were.
func (d *decision) rename(found Action) {
	holder := d.inc.action(found.ID)
	if holder != nil && (!holder.FromBody || Alike(holder.Text, found.Text)) {
		return
	}
	for n := range d.inc.Actions {
		a := &d.inc.Actions[n]
		if a.FromBody && !a.Opened() && Alike(a.Text, found.Text) {
			if holder != nil {
				holder.ID = a.ID
			}
			a.ID = found.ID
			return
		}
	}
	if holder != nil {
		d.inc.Named++
		holder.ID = fmt.Sprintf("b%d", d.inc.Named)
	}
}

// Alike says that two texts share at least half of their words.
func Alike(a, b string) bool { return SameText(a, b) || overlap(a, b) >= 0.5 }
