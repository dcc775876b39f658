package checklist_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// somebody edits a comment at random, as people do: lines of their own anywhere
// outside the regions, lines of Firebreak's deleted, copied, moved, reworded.
type somebody struct {
	*rand.Rand
	lines []string
	mine  []string // lines that have to survive, in no order
}

// theirs are lines that people write; %d makes each unlike any other.
var theirs = []string{
	"note %d", "- [ ] own item %d", "  - [x] nested item %d", "* [X] another %d", "1. [ ] numbered %d", "> quoted %d", "> - [ ] quoted item %d",
	"    indented %d", "## title %d", "| a | %d |", "**bold %d", "text %d  ", "\ttab %d", "<b>html %d</b>", "line <!-- hidden %d --> line", "*", "- ", "%d",
}

// inside reports whether a line lies in a region, or would if one were put there.
func inside(lines []string, n int) bool {
	for at := n - 1; at >= 0; at-- {
		switch {
		case strings.HasPrefix(lines[at], "<!-- /firebreak:"):
			return false
		case strings.HasPrefix(lines[at], "<!-- firebreak:") && !strings.Contains(lines[at], ":checklist"):
			return true
		}
	}
	return false
}

func (s *somebody) edit(n int) {
	at := s.IntN(len(s.lines) + 1)
	for inside(s.lines, at) {
		at = s.IntN(len(s.lines) + 1)
	}
	if s.IntN(2) == 0 || at == len(s.lines) {
		own := fmt.Sprintf(strings.ReplaceAll(theirs[s.IntN(len(theirs))], "%d", "%[1]d")+"%[2]s", 1000+n, "")
		s.lines = slices.Insert(s.lines, at, own)
		s.mine = append(s.mine, own)
		return
	}
	line := s.lines[at]
	if !strings.Contains(line, "<!-- step:") {
		return
	}
	switch s.IntN(4) {
	case 0:
		s.lines = slices.Delete(s.lines, at, at+1)
	case 1:
		s.lines = slices.Insert(s.lines, at, line)
	case 2:
		s.lines[at] = strings.Replace(line, " <!--", fmt.Sprintf(" reworded %d <!--", n), 1)
	case 3:
		s.lines[at] = flip(line)
	}
}

func TestWhateverPeopleEditSurvives(t *testing.T) {
	t.Parallel()
	d := checklist.Default()
	views := []checklist.View{declared(), midIncident(), finished(), stopped()}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 7))
		s := &somebody{Rand: r, lines: strings.Split(checklist.New(d, views[r.IntN(len(views))]), "\n")}
		for n := range 1 + r.IntN(12) {
			s.edit(n)
		}
		eol := []string{"\n", "\r\n"}[r.IntN(2)]
		v := views[r.IntN(len(views))]
		merged := checklist.Merge(d, strings.Join(s.lines, eol), v)
		lines := strings.Split(merged, eol)
		for _, own := range s.mine {
			if !slices.Contains(lines, own) {
				t.Errorf("seed %d: %q is gone:\n%s", seed, own, merged)
			}
		}
		shows(t, merged, v)
		if t.Failed() {
			t.Fatalf("seed %d, from:\n%s", seed, strings.Join(s.lines, "\n"))
		}
	}
}

var lineEnds = regexp.MustCompile(`\r\n|\r|\n`)

// The lines that people wrote keep their order as well.
func FuzzWhatPeopleInsertSurvives(f *testing.F) {
	for n, seed := range theirs {
		f.Add(seed+"\n"+theirs[(n+7)%len(theirs)], uint8(n*9), uint8(n))
	}
	for n, seed := range []string{"```", "~~~~\n- [ ] x", "<!--", "<details>\n\n- [x] y", "<pre>", "---", "===", "[x]: y", "`", "\\", "<!-- firebreak:head -->", "\r", "> ```\n> - [ ] z", "-\n  - [ ] a", "\x00\xff"} {
		f.Add(seed, uint8(n*13), uint8(n*5))
	}
	f.Fuzz(func(t *testing.T, text string, place, gone uint8) {
		d, v := checklist.Default(), midIncident()
		lines := strings.Split(checklist.New(d, declared()), "\n")
		at := int(place) % len(lines)
		if inside(lines, at) || strings.Contains(text, "<!-- ") {
			return
		}
		own := strings.Split(text, "\n")
		lines = slices.Insert(lines, at, own...)
		if cut := int(gone) % len(lines); strings.Contains(lines[cut], "<!-- step:") {
			lines = slices.Delete(lines, cut, cut+1)
		}
		merged := checklist.Merge(d, strings.Join(lines, "\n"), v)
		rest := lineEnds.Split(merged, -1)
		for _, line := range lineEnds.Split(text, -1) {
			found := slices.Index(rest, line)
			if found < 0 {
				t.Fatalf("%q is gone or out of order:\n%s", line, merged)
			}
			rest = rest[found+1:]
		}
		shows(t, merged, v)
	})
}

func FuzzAnyBodyMerges(f *testing.F) {
	d := checklist.Default()
	posted := checklist.New(d, midIncident())
	for _, seed := range []string{"", "x", posted, posted[:len(posted)/2], posted[len(posted)/2:], strings.ToUpper(posted), "> " + strings.ReplaceAll(posted, "\n", "\n> ")} {
		f.Add(seed)
	}
	for n, line := range strings.Split(posted, "\n") {
		if n%6 == 0 {
			f.Add(line)
		}
	}
	f.Fuzz(func(t *testing.T, body string) {
		v := finished()
		merged := checklist.Merge(d, body, v)
		shows(t, merged, v)
		if diff := cmp.Diff(own(d, body), own(d, merged)); diff != "" && strings.TrimSpace(body) != "" && !strings.Contains(body, "firebreak:") {
			t.Errorf("people's items (-before +after):\n%s", diff)
		}
		checklist.Diff(body, merged)
	})
}

func own(d checklist.Definition, body string) []checklist.OwnItem {
	return checklist.Read(d, body).Own
}
