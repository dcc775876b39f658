package chaos

import (
	"strings"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// incident is an issue and what the people's acts say must come of it.
type incident struct {
	repo   string
	number int
	title  string
	want   want
	// acted is the round of the last act on it.
	acted int
}

// want is kept by the simplest rules there are, apart from the program's: the
// last word on a thing counts, and what is said once is there once.
type want struct {
	boxes    map[string]bool
	severity string
	lead     string
	closed   bool
	// lines are on the timeline, once each.
	lines []string
	// answers are what the comments with commands get, by their ids.
	answers map[int64]answer
	// actions are the action items, of which the first so many are due to have
	// their issues, as the last /postmortem asked; opened says whether all have.
	actions   []string
	due       int
	published bool
	opened    bool
}

// answer is the last reaction to a comment, and how many replies it gets; none
// for strangers, who do not get 👀 either.
type answer struct {
	reaction string
	seen     bool
	replies  int
}

const (
	did     = "+1"
	refused = "confused"
	seen    = "eyes"
)

// steps are the items of each step that is complete by its items.
var steps = []struct {
	phase string
	items []string
}{
	{"triage", []string{"triage.systems", "triage.users", "triage.blast-radius", "triage.data", "triage.timeline"}},
	{"mitigate", []string{"mitigate.act", "mitigate.verify", "mitigate.communicate"}},
	{"root-cause", []string{"root-cause.chain", "root-cause.evidence", "root-cause.changes", "root-cause.context"}},
	{"post-mortem", []string{"post-mortem.published"}},
	{"follow-up", []string{"follow-up.opened"}},
}

// boxes are those that people tick here.
var boxes = func() []string {
	list := []string{"done.notified", "done.clean"}
	for _, s := range steps[:3] {
		list = append(list, s.items...)
	}
	return list
}()

var severities = []string{"P0", "P1", "P2", "P3"}

func newWant() want {
	return want{boxes: map[string]bool{}, answers: map[int64]answer{}}
}

// ticked says what a box must show, those included that the program ticks by
// itself.
func (w *want) ticked(box string) bool {
	switch box {
	case "post-mortem.published":
		return w.published
	case "follow-up.opened", "done.follow-up":
		return w.opened
	case "done.mitigated":
		return w.boxes["mitigate.verify"]
	}
	if name, ok := strings.CutPrefix(box, "classify."); ok {
		return w.severity == name
	}
	for _, s := range steps {
		if s.phase == box {
			return w.complete(s.items)
		}
	}
	return w.boxes[box]
}

func (w *want) complete(items []string) bool {
	for _, i := range items {
		if !w.ticked(i) {
			return false
		}
	}
	return true
}

// phase is the first step that is not complete.
func (w *want) phase() string {
	if w.severity == "" {
		return "classify"
	}
	for _, s := range steps {
		if !w.complete(s.items) {
			return s.phase
		}
	}
	return "done"
}

// labels are all that the issue must carry.
func (w *want) labels() []string {
	list := []string{"incident", "incident/" + w.phase()}
	if w.severity != "" {
		list = append(list, w.severity)
	}
	return list
}

// said adds a comment with commands and what it is answered with.
func (w *want) said(comment int64, a answer) { w.answers[comment] = a }

// labelled counts how often somebody put a label on, which GitHub does not do
// again while it is on.
func (w *world) labelled(i *incident, who, event, label string) int {
	n := 0
	w.View(func(v *sandbox.View) {
		for _, h := range v.Timeline(i.repo, i.number) {
			if h.Event == event && h.Actor == who && h.What == label {
				n++
			}
		}
	})
	return n
}
