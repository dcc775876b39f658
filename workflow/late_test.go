package workflow_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// Deliveries come in any order; the incident is the same whatever it was, and so
// is what its timeline says of it.
func TestDeliveriesConvergeInAnyOrder(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		chance := rand.New(rand.NewPCG(seed, 1))
		past := someEvents(chance, 25)
		inOrder, told := happened(past)
		for range 3 {
			chance.Shuffle(len(past), func(i, j int) { past[i], past[j] = past[j], past[i] })
			shuffled, heard := happened(past)
			if diff := gocmp.Diff(inOrder, shuffled, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("seed %d: the incident (-in order +shuffled):\n%s", seed, diff)
			}
			if diff := gocmp.Diff(told, heard); diff != "" {
				t.Fatalf("seed %d: the timeline (-in order +shuffled):\n%s", seed, diff)
			}
		}
	}
}

// happening is an event and when it happened, by whom.
type happening struct {
	at time.Time
	by workflow.Person
	ev workflow.Event
}

// happened lets events arrive in the order given, and returns what they lead to:
// the incident without what depends on when news came, and the timeline.
func happened(past []happening) (workflow.Incident, []string) {
	rules := workflow.DefaultRules()
	inc := workflow.Incident{Key: workflow.Key{Repository: 7, Issue: 70}}
	var entries []workflow.Entry
	for n, h := range append([]happening{{noon, maya, workflow.Declared{Trusted: true}}}, past...) {
		meta := workflow.Meta{Delivery: "d", At: h.at, Now: noon.Add(time.Duration(n) * time.Hour), By: h.by, Issue: (&story{labels: []string{"incident"}}).snapshot()}
		var out workflow.Outcome
		inc, out = rules.Apply(inc, meta, h.ev)
		entries = append(entries, out.Entries...)
	}
	inc.Version, inc.Place, inc.PlaceAt, inc.TextAt = 0, workflow.Place{}, time.Time{}, time.Time{}
	for id, m := range inc.Marks {
		if inc.Marks[id] = (workflow.Mark{Ticked: m.Ticked, Own: true}); !m.Own {
			inc.Marks[id] = m
		} else if !m.Ticked {
			delete(inc.Marks, id)
		}
	}
	inc.Labels, inc.Checklist = workflow.Labels{}, workflow.Checklist{}
	return inc, lines(entries)
}

// lines are the entries as a reader sees them, but for what a severity was
// before: what is said at the time can only name what is known then.
func lines(entries []workflow.Entry) []string {
	slices.SortStableFunc(entries, func(a, b workflow.Entry) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.What, b.What)) })
	var out []string
	for _, e := range entries {
		if e.Kind == workflow.EntrySeverity && strings.Contains(e.What, "taken off") {
			continue // told only where it took something off
		}
		what := e.What
		switch e.Kind {
		case workflow.EntrySeverity, workflow.EntryRole:
			what = string(e.Kind)
		}
		out = append(out, fmt.Sprint(e.At.Format(time.TimeOnly), " ", e.By.Login, " ", what))
	}
	return out
}

// someEvents makes events, each in a second of its own. Severities and roles
// change with each, since saying again what holds is not on the timeline.
func someEvents(chance *rand.Rand, n int) []happening {
	severities := []string{"P0", "P1", "P2", "P3"}
	boxes := []string{"triage.systems", "mitigate.verify", "root-cause.chain", "done.clean"}
	var past []happening
	for i := range n {
		h := happening{at: noon.Add(time.Duration(i+1) * time.Second), by: []workflow.Person{maya, jon}[chance.IntN(2)]}
		say := func(format string, args ...any) {
			cmds := command.Parse(fmt.Sprintf(format, args...), command.Options{Now: h.at})
			h.ev = workflow.Commanded{Comment: int64(100 + i), Commands: cmds, Permission: command.Write}
		}
		switch chance.IntN(14) {
		case 0:
			h.ev = changes(chance.IntN(2) == 0, []string{boxes[chance.IntN(len(boxes))]})
		case 1:
			h.ev = changes(true, []string{"classify." + severities[i%4]})
		case 2:
			h.ev = workflow.Labeled{Label: severities[i%4], Trusted: true}
		case 3:
			say("/incident severity %s: reason %d", severities[i%4], i)
		case 4:
			say("/incident lead @person%d", i)
		case 5:
			say("/incident summary It is text %d.", i)
		case 6:
			say("/incident cause Cause %d.\n/incident lesson Lesson %d.", i, i)
		case 7:
			say("/incident action Do thing number %d @jon P2", i)
		case 8:
			say("/incident %s %d min ago", []string{"started", "detected", "mitigated", "resolved"}[chance.IntN(4)], 1+chance.IntN(50))
		case 9:
			h.ev = workflow.Closed{}
		case 10:
			h.ev = workflow.Reopened{}
		case 12:
			h.ev = workflow.Unlabeled{Label: severities[chance.IntN(4)]}
		case 13:
			h.ev = changes(false, []string{"classify." + severities[chance.IntN(4)]})
		case 11:
			say("/incident timeline Note %d", i)
		}
		past = append(past, h)
	}
	return past
}

// An issue that comes with a severity label tells of it twice: by its labels and
// by the event for the label.
func TestALabelThatTheIssueCameWithIsToldOnce(t *testing.T) {
	t.Parallel()
	s := declared(t, "P2")
	s.at(noon, workflow.Labeled{Label: "P2", Trusted: true})
	n := 0
	for _, e := range s.entries {
		if e.Kind == workflow.EntrySeverity {
			n++
		}
	}
	if n != 1 || s.inc.Severity != "P2" {
		t.Errorf("severity %s is on the timeline %d times:\n%v", s.inc.Severity, n, s.entries)
	}
}

// A phase label that is heard of before the severity was put on after it: it
// counts once the severity is heard of, and not where the severity came later.
func TestAPhaseLabelHeardBeforeTheSeverity(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		severityAt time.Duration
		want       string
	}{"given before": {-time.Minute, "root-cause"}, "given after": {time.Minute, "triage"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := declared(t)
			at := noon.Add(time.Hour)
			s.at(at, workflow.Labeled{Label: "incident/root-cause", Trusted: true})
			if phase := s.rules.Phase(s.inc); phase != "classify" {
				t.Errorf("phase %s without a severity", phase)
			}
			s.at(at.Add(tc.severityAt), workflow.Labeled{Label: "P1", Trusted: true})
			if phase := s.rules.Phase(s.inc); phase != tc.want {
				t.Errorf("phase %s, want %s", phase, tc.want)
			}
			s.at(at.Add(2*time.Minute), workflow.Unlabeled{Label: "P1"})
			s.at(at.Add(3*time.Minute), workflow.Labeled{Label: "P2", Trusted: true})
			if phase := s.rules.Phase(s.inc); phase != tc.want {
				t.Errorf("phase %s once it is classified again, want %s", phase, tc.want)
			}
		})
	}
}
