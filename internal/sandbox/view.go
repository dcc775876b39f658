package sandbox

import (
	"slices"
	"time"
)

// Issue is an issue as it stands.
type Issue struct {
	ID          int64
	Number      int
	Title       string
	Body        string
	Author      string
	State       string // open or closed
	StateReason string
	Labels      []string
	Assignees   []string
	Milestone   string
	Locked      bool
	Pull        bool // a pull request
	Comments    int
	Parent      int   // number of the issue it is a sub-issue of; 0 for none
	SubIssues   []int // numbers
	URL         string
	CreatedAt   time.Time
	UpdatedAt   time.Time
	ClosedAt    time.Time // zero while open
}

// Has says whether a label is on it, whatever the case.
func (i Issue) Has(label string) bool {
	return slices.ContainsFunc(i.Labels, func(l string) bool { return fold(l) == fold(label) })
}

// Comment is a comment as it stands.
type Comment struct {
	ID        int64
	Author    string
	Body      string
	URL       string
	CreatedAt time.Time
	UpdatedAt time.Time
	Edits     []Edit
	Reactions []Reaction
}

// Edit is one edit of a comment; From is the body before it.
type Edit struct {
	By   string
	At   time.Time
	From string
}

// Label is a repository's label.
type Label struct {
	Name, Color, Description string
}

// Reaction is somebody's reaction; Content is as in the API: "+1", "eyes", …
type Reaction struct {
	User, Content string
}

// Happening is one entry of an issue's timeline: Event as in the API, What the
// label, login or issue title concerned.
type Happening struct {
	Event, Actor, What string
	At                 time.Time
}

// View reads while everything stands still: what Wait's condition is given. It
// has the reading methods of Sandbox.
type View struct{ sb *Sandbox }

func (w *world) viewIssue(i *issue) Issue {
	v := Issue{
		ID: i.id, Number: i.number, Title: i.title, Body: i.body, Author: i.author.login, State: i.state, StateReason: i.reason,
		Locked: i.locked, Pull: i.pull, Comments: len(i.comments), URL: w.issueWeb(i),
		CreatedAt: i.created, UpdatedAt: i.updated, ClosedAt: i.closed,
	}
	for _, l := range i.labels {
		v.Labels = append(v.Labels, l.name)
	}
	for _, u := range i.assignees {
		v.Assignees = append(v.Assignees, u.login)
	}
	for _, c := range i.children {
		v.SubIssues = append(v.SubIssues, c.number)
	}
	if i.parent != nil {
		v.Parent = i.parent.number
	}
	if i.milestone != nil {
		v.Milestone = i.milestone.title
	}
	return v
}

func (w *world) viewComment(c *comment) Comment {
	return Comment{
		ID: c.id, Author: c.author.login, Body: c.body, URL: w.commentJSON(c)["html_url"].(string),
		CreatedAt: c.created, UpdatedAt: c.updated, Edits: slices.Clone(c.edits), Reactions: viewReactions(c.reactions),
	}
}

func viewReactions(list []*reaction) []Reaction {
	var out []Reaction
	for _, r := range list {
		out = append(out, Reaction{User: r.by.login, Content: r.content})
	}
	return out
}

func viewHappening(o *occurrence) Happening {
	h := Happening{Event: o.kind, Actor: o.actor.login, At: o.at}
	switch {
	case o.label != nil:
		h.What = o.label.name
	case o.user != nil:
		h.What = o.user.login
	case o.other != nil:
		h.What = o.other.title
	case o.milestone != "":
		h.What = o.milestone
	default:
		h.What = o.to + o.reason
	}
	return h
}
