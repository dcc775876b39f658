package sandbox

import (
	"fmt"
	"time"
	_ "time/tzdata" // Pacific time, wherever the sandbox runs
)

type milestone struct {
	id          int64
	repo        *repo
	number      int
	title       string
	description string
	state       string
	creator     *user
	due         time.Time
	created     time.Time
	updated     time.Time
	closed      time.Time
}

// pacific is where GitHub's days begin for due dates.
var pacific = func() *time.Location {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		return time.FixedZone("PST", -8*60*60)
	}
	return zone
}()

// dueOn floors to midnight Pacific, so that midnight UTC becomes the day before.
func dueOn(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, d := t.In(pacific).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, pacific).UTC()
}

// milestoneFor finds by number; 0 is none.
func (r *repo) milestoneFor(number int) (*milestone, error) {
	if number == 0 {
		return nil, nil
	}
	for _, m := range r.milestones {
		if m.number == number {
			return m, nil
		}
	}
	return nil, invalid(FieldError{Resource: "Issue", Field: "milestone", Code: "invalid", Value: number})
}

// milestoneEdit is what is to be; nil leaves a thing as it is.
type milestoneEdit struct {
	title, state, description *string
	due                       *time.Time
}

func (w *world) createMilestone(a actor, r *repo, e milestoneEdit) (*milestone, error) {
	if e.title == nil || *e.title == "" {
		return nil, invalid(FieldError{Resource: "Milestone", Field: "title", Code: "missing_field"})
	}
	m := &milestone{repo: r, state: "open", creator: a.user, created: w.now(), updated: w.now()}
	if err := w.applyMilestone(a, m, e); err != nil {
		return nil, err
	}
	m.id, m.number = w.id("milestone"), len(r.milestones)+1
	r.milestones = append(r.milestones, m)
	w.repoEvent("milestone", "created", a.user, r, object{"milestone": w.milestoneJSON(m)})
	return m, nil
}

func (w *world) editMilestone(a actor, m *milestone, e milestoneEdit) error {
	was := m.state
	if err := w.applyMilestone(a, m, e); err != nil {
		return err
	}
	action := "edited"
	switch {
	case was == "open" && m.state == "closed":
		action, m.closed = "closed", w.now()
	case was == "closed" && m.state == "open":
		action, m.closed = "opened", time.Time{}
	}
	fields := object{"milestone": w.milestoneJSON(m)}
	if action == "edited" {
		fields["changes"] = object{}
	}
	w.repoEvent("milestone", action, a.user, m.repo, fields)
	return nil
}

func (w *world) applyMilestone(a actor, m *milestone, e milestoneEdit) error {
	if err := a.need(m.repo, RoleWrite); err != nil {
		return err
	}
	if err := m.repo.writable(); err != nil {
		return err
	}
	if e.title != nil {
		for _, other := range m.repo.milestones {
			if other != m && other.title == *e.title {
				return invalid(FieldError{Resource: "Milestone", Field: "title", Code: "already_exists"})
			}
		}
		m.title = *e.title
	}
	if e.state != nil {
		m.state = *e.state
	}
	if e.description != nil {
		m.description = *e.description
	}
	if e.due != nil {
		m.due = dueOn(*e.due)
	}
	m.updated = w.now()
	return nil
}

func (w *world) setMilestone(a actor, i *issue, m *milestone) {
	if i.milestone == m {
		return
	}
	if was := i.milestone; was != nil {
		i.milestone = nil
		w.occur(i, a, "demilestoned", occurrence{milestone: was.title})
		w.issueEvent("demilestoned", a.user, i, object{"milestone": w.milestoneJSON(was)})
	}
	if m != nil {
		i.milestone = m
		w.occur(i, a, "milestoned", occurrence{milestone: m.title})
		w.issueEvent("milestoned", a.user, i, object{"milestone": w.milestoneJSON(m)})
	}
	i.updated = w.now()
}

// milestoneJSON is the schema milestone.
func (w *world) milestoneJSON(m *milestone) object {
	api := fmt.Sprintf("%s/milestones/%d", w.repoAPI(m.repo), m.number)
	count := map[string]int{}
	for _, i := range m.repo.list() {
		if i.milestone == m {
			count[i.state]++
		}
	}
	return object{
		"id": m.id, "node_id": nodeID("MI", m.id), "number": m.number, "title": m.title, "state": m.state,
		"url": api, "labels_url": api + "/labels", "html_url": fmt.Sprintf("%s/milestone/%d", w.repoWeb(m.repo), m.number),
		"description": orNull(m.description), "creator": w.userJSON(m.creator),
		"open_issues": count["open"], "closed_issues": count["closed"],
		"created_at": stamp(m.created), "updated_at": stamp(m.updated), "closed_at": stamp(m.closed), "due_on": stamp(m.due),
	}
}
