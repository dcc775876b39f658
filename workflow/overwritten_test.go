package workflow_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

func writing(based, wrote string) workflow.ChecklistWriting {
	return workflow.ChecklistWriting{Based: workflow.TextHash(based), Wrote: workflow.TextHash(wrote)}
}

func TestWritesAreRemembered(t *testing.T) {
	s := declared(t)
	before := s.inc.Version
	s.apply(writing("a", "b"))
	s.apply(writing("a", "b")) // GitHub did not answer
	if n := len(s.inc.Checklist.Writes); n != 1 || s.inc.Version != before {
		t.Errorf("%d writes at version %d, want one at %d: nothing was heard", n, s.inc.Version, before)
	}
	for n := range 40 {
		s.apply(writing(fmt.Sprint(n), fmt.Sprint(n+1)))
	}
	if n := len(s.inc.Checklist.Writes); n != 16 {
		t.Errorf("%d writes are remembered", n)
	}
	for from, want := range map[string]bool{"39": false, "39 and words": true} {
		if s.inc.Checklist.Overwrote(from, "40") != want {
			t.Errorf("from %q: want %t", from, want)
		}
	}
	if s.inc.Checklist.Overwrote("words", "3") {
		t.Error("a forgotten write overwrote something")
	}
}

func TestOverwritten(t *testing.T) {
	over := workflow.Overwritten{Wrote: workflow.TextHash("b"), Words: "w", Text: "a and words"}
	tooLong := over
	tooLong.Text = ""
	mends := writing("a", "b")
	mends.Mends = true
	for name, tc := range map[string]struct {
		write        workflow.ChecklistWriting
		over         workflow.Overwritten
		mends, tells int
	}{
		"by a refresh":         {writing("a", "b"), over, 1, 0},
		"by a forgotten write": {writing("a", "c"), over, 0, 0},
		"too long":             {writing("a", "b"), tooLong, 0, 1},
		"by words put back":    {mends, over, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := declared(t)
			s.apply(tc.write)
			entries, asked := len(s.entries), 0
			at := s.now
			for range 2 { // another delivery of the same
				s.at(at, tc.over)
				for _, e := range s.asks(workflow.EffectMend) {
					asked++
					if e.Text != tc.over.Text || e.Wrote != tc.over.Wrote || !e.Happened.Equal(at) {
						t.Errorf("asked for %+v", e)
					}
				}
			}
			s.apply(writing("b", "d"))
			if told := len(s.entries) - entries; asked != tc.mends || told != tc.tells {
				t.Errorf("%d mends, told %d times", asked, told)
			}
			if tc.mends == 0 {
				return
			}
			for range 2 {
				s.apply(workflow.WordsLost{Wrote: tc.over.Wrote, At: at})
			}
			if len(s.entries)-entries != 1 || !s.entries[entries].At.Equal(at) || s.entries[entries].Kind != workflow.EntryProblem {
				t.Errorf("told %+v, want one problem at %s", s.entries[entries:], at)
			}
		})
	}
}

// What Firebreak shows in a checklist are no words of people, whatever it is.
func TestWords(t *testing.T) {
	s := declared(t)
	page := func() string {
		return checklist.New(s.rules.Definition, s.rules.View(s.inc, s.entries, s.now, "help"))
	}
	first := page()
	s.tick("triage.data", "mitigate.verify", "classify.P1")
	s.apply(workflow.EffectRefused{Effect: workflow.EffectReply, Kind: workflow.RefusedLocked})
	second := page()
	words := s.rules.Words(first)
	for name, same := range map[string]string{
		"as it is shown later": second, "with a browser's line ends": strings.ReplaceAll(second, "\n", "\r\n"),
		"merged": checklist.Merge(s.rules.Definition, first, s.rules.View(s.inc, s.entries, s.now, "help")),
	} {
		if s.rules.Words(same) != words {
			t.Errorf("%s: other words", name)
		}
	}
	for _, other := range []string{first + "\nmore", first + "\n- [ ] mine", strings.Replace(first, "Acted", "Done", 1)} {
		if s.rules.Words(other) == words {
			t.Errorf("the same words: %q", other)
		}
	}
}
