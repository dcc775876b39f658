package pages

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// event is something that happened to an issue.
type event struct {
	Actor string
	At    time.Time
	// Verb says what was done, What to what or whom.
	Verb, What string
	// Added and Removed are labels.
	Added, Removed []label
}

// together is how close label changes of one person are shown as one.
const together = 5 * time.Second

// events gives an issue's happenings, label changes of one go gathered.
func events(m moment) []entry {
	var list []entry
	for n, h := range m.events {
		if len(list) > 0 && list[len(list)-1].Event.gather(m, h) {
			continue
		}
		e := &event{Actor: h.Actor, At: h.At}
		if !e.gather(m, h) {
			e.Verb, e.What = wording(h)
		}
		list = append(list, entry{Key: fmt.Sprintf("event-%d", n), At: h.At, Event: e})
	}
	return list
}

// gather takes a label change in, unless it belongs to another go or undoes what
// is there.
func (e *event) gather(m moment, h sandbox.Happening) bool {
	same := e.Verb == "" && e.Actor == h.Actor && h.At.Sub(e.At) <= together
	if !same || h.Event != "labeled" && h.Event != "unlabeled" {
		return false
	}
	if slices.ContainsFunc(slices.Concat(e.Added, e.Removed), func(l label) bool { return l.Name == h.What }) {
		return false
	}
	l := labelsNamed(m.labels, []string{h.What})
	if h.Event == "labeled" {
		e.Added = append(e.Added, l...)
	} else {
		e.Removed = append(e.Removed, l...)
	}
	return true
}

// verbs are those with something after them.
var verbs = map[string]string{
	"assigned": "assigned", "unassigned": "unassigned", "renamed": "changed the title to",
	"milestoned": "added this to the milestone", "demilestoned": "removed this from the milestone",
	"sub_issue_added": "added the sub-issue", "sub_issue_removed": "removed the sub-issue",
	"parent_issue_added": "added this to the parent issue", "parent_issue_removed": "removed this from the parent issue",
}

func wording(h sandbox.Happening) (verb, what string) {
	switch h.Event {
	case "closed":
		return "closed this as " + strings.ReplaceAll(h.What, "_", " "), ""
	case "reopened":
		return "reopened this", ""
	case "locked":
		return "locked this conversation", ""
	case "unlocked":
		return "unlocked this conversation", ""
	case "assigned":
		if h.What == h.Actor {
			return "self-assigned this", ""
		}
	}
	if verb, known := verbs[h.Event]; known {
		return verb, h.What
	}
	return strings.ReplaceAll(h.Event, "_", " "), h.What
}
