package workflow

import (
	"strings"
	"time"
)

// MaxFollowUps bounds how many follow-up issues one publish opens; the rest is
// named in the reply and opened by the next.
const MaxFollowUps = 30

// Action is one action item and, once it is opened, its follow-up issue.
type Action struct {
	// ID is stable for ever: it is in the follow-up's marker.
	ID       string    `json:"id"`
	Kind     string    `json:"kind"`
	Text     string    `json:"text"`
	Owner    string    `json:"owner,omitempty"`
	Priority string    `json:"priority,omitempty"`
	Due      time.Time `json:"due,omitzero"`
	By       Person    `json:"by"`
	At       time.Time `json:"at"`
	// FromBody says that it comes from the list in the issue's own text.
	FromBody bool `json:"fromBody,omitempty"`

	// Late says that somebody had asked for the post-mortem, and so for its issue,
	// before it was heard of, as of what people add to the page itself.
	Late bool `json:"late,omitempty"`

	Issue FollowUp `json:"issue"`
	// Problem says why no issue could be opened yet; empty if nothing failed.
	Problem string `json:"problem,omitempty"`
}

// FollowUp is the issue opened for an action item; the zero value: none yet.
type FollowUp struct {
	ID       int64     `json:"id,omitempty"`
	Number   int       `json:"number,omitempty"`
	URL      string    `json:"url,omitempty"`
	Closed   bool      `json:"closed,omitempty"`
	ClosedAt time.Time `json:"closedAt,omitzero"`
	ChangeAt time.Time `json:"changeAt,omitzero"`
	// Assignee is who GitHub says it is assigned to.
	Assignee string `json:"assignee,omitempty"`
	// Linked says that it is a native sub-issue of the incident.
	Linked bool `json:"linked,omitempty"`
	// Unfinished says that it is not assigned and linked yet.
	Unfinished bool `json:"unfinished,omitempty"`
	// Siblings are the numbers of the follow-ups that its text links.
	Siblings string `json:"siblings,omitempty"`
	// Home is where it is if the incident was transferred and it stayed behind; zero
	// is the incident's own repository.
	Home Home `json:"home,omitzero"`
	// Deleted says that a person deleted the issue; it is not opened again.
	Deleted bool `json:"deleted,omitempty"`
}

// Opened says whether the follow-up issue exists.
func (a Action) Opened() bool { return a.Issue.Number != 0 }

// Followed returns the person whose task it is now: the assignee on GitHub
// once it is opened, else the owner that was asked for.
func (a Action) Followed() string {
	if a.Issue.Assignee != "" {
		return a.Issue.Assignee
	}
	return a.Owner
}

// Unopened returns the action items that have no issue yet, those that GitHub
// refused before last.
func (i Incident) Unopened() []Action {
	var out, refused []Action
	for _, a := range i.Actions {
		switch {
		case a.Opened():
		case a.Problem != "":
			refused = append(refused, a)
		default:
			out = append(out, a)
		}
	}
	return append(out, refused...)
}

// Unfinished returns the action items whose issue is there and not assigned and
// linked yet.
func (i Incident) Unfinished() []Action {
	var out []Action
	for _, a := range i.Actions {
		if a.Opened() && a.Issue.Unfinished && !a.Issue.Deleted {
			out = append(out, a)
		}
	}
	return out
}

// OpenFollowUps counts the follow-up issues that are not closed.
func (i Incident) OpenFollowUps() int {
	n := 0
	for _, a := range i.Actions {
		if a.Opened() && !a.Issue.Closed && !a.Issue.Deleted {
			n++
		}
	}
	return n
}

func (i *Incident) action(id string) *Action {
	for n := range i.Actions {
		if i.Actions[n].ID == id {
			return &i.Actions[n]
		}
	}
	return nil
}

// SameText compares action items as people do: case and spacing do not count.
func SameText(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}
