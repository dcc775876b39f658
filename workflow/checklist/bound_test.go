package checklist_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// busy is an incident with so many entries on its timeline.
func busy(entries int) checklist.View {
	v := midIncident()
	v.Timeline = nil
	for n := range entries {
		v.Timeline = append(v.Timeline, checklist.Row{At: start.Add(time.Duration(n) * time.Second), What: fmt.Sprintf("entry-%d ", n) + strings.Repeat("ü|", 50), Who: "maya"})
	}
	return v
}

func TestTimelineIsCutToFit(t *testing.T) {
	d, v := checklist.Default(), busy(1000)
	people := strings.Repeat("people's words\n", 1000)
	for name, body := range map[string]string{
		"posted":               checklist.New(d, v),
		"merged":               checklist.Merge(d, checklist.New(d, declared()), v),
		"with words of people": checklist.Merge(d, checklist.New(d, declared())+people, v),
	} {
		t.Run(name, func(t *testing.T) {
			n := utf8.RuneCountInString(body)
			if n > checklist.MaxLength || n < checklist.MaxLength-500 {
				t.Errorf("%d characters", n)
			}
			if !strings.Contains(body, "entry-999 ") || strings.Contains(body, "entry-0 ") {
				t.Error("the newest entries have to stay, the oldest to go")
			}
			shown := strings.Count(body, "| entry-")
			if want := fmt.Sprintf("Timeline (1000)</summary>\n\n*%d earlier entries", 1000-shown); !strings.Contains(body, want) {
				t.Errorf("lacks %q", want)
			}
			shows(t, body, v)
		})
	}
}

// However much room is left, it is used and kept.
func TestEveryRoomIsKept(t *testing.T) {
	t.Parallel()
	d, v := checklist.Default(), busy(700)
	for n := range 12 {
		body := checklist.New(d, declared()) + strings.Repeat("x", 13*n)
		if n := utf8.RuneCountInString(checklist.Merge(d, body, v)); n > checklist.MaxLength || n < checklist.MaxLength-500 {
			t.Errorf("%d characters", n)
		}
	}
}

// Whatever Firebreak is given to write, it keeps within bounds by itself.
func TestHostileTextIsBounded(t *testing.T) {
	t.Parallel()
	d := checklist.Default()
	for _, piece := range []string{"@", "<", "x", "(", "ü "} {
		text := strings.Repeat(piece, 3_000)
		v := forged(text)
		for _, id := range allIDs(d) {
			v.Marks[id] = checklist.Mark{Evidence: text}
		}
		for range 50 {
			v.Notes = append(v.Notes, text)
			v.Links = append(v.Links, checklist.Link{Text: text, URL: "https://x.io/" + strings.Repeat("(", 670)})
			v.FollowUps = append(v.FollowUps, v.FollowUps[0])
			v.Timeline = append(v.Timeline, v.Timeline[0])
		}
		if n := utf8.RuneCountInString(checklist.New(d, v)); n > checklist.MaxLength {
			t.Errorf("many %q: %d characters", piece, n)
		}
	}
}

func TestWordsOfPeopleAreNeverCut(t *testing.T) {
	t.Parallel()
	d, v := checklist.Default(), busy(100)
	v.FollowUps = finished().FollowUps
	bare := v
	bare.Timeline = nil
	room := checklist.MaxLength - utf8.RuneCountInString(checklist.New(d, bare))
	tests := map[string]struct {
		people  int // characters
		lacks   string
		changed bool // more than boxes
	}{
		"room for no entry":         {room - 250, "| entry-", true},
		"room for no fold":          {room + 50, "<details>", true},
		"no room at all":            {60_000, "told 12:09", false},
		"more than GitHub would do": {300_000, "told 12:09", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			people := strings.Repeat("people say\n", tt.people/11)
			body := checklist.New(d, declared()) + people
			merged := checklist.Merge(d, body, v)
			if !strings.HasSuffix(merged, people) {
				t.Error("words of people are cut")
			}
			if strings.Contains(merged, tt.lacks) {
				t.Errorf("%q is still there", tt.lacks)
			}
			if n := utf8.RuneCountInString(merged); tt.changed == (n > checklist.MaxLength) || !tt.changed && len(merged) != len(body) {
				t.Errorf("%d characters of %d", n, len(body))
			}
			shows(t, merged, v)
		})
	}
}

// Bodies made to take long, of the length that is merged as a whole and of the
// one that is given up: that the merge comes back with the right boxes is the
// test.
func TestLongBodies(t *testing.T) {
	t.Parallel()
	d, v := checklist.Default(), midIncident()
	for _, piece := range []string{
		"- [x] own\n", "- [ ] a <!-- step:triage.data -->\n", "> ", "- ", "+ ", "1. > ", "`", "- [ ] ` `` <!--", "<!-- firebreak:head -->\n", "<!-- /firebreak:head -->\n",
		"<!-- ", "<!-- firebreak:head -->\n### 🔥 x\n", "<details><summary>Timeline\n<!-- /firebreak:timeline -->\n", "```\n", "| a ", "[", "*a_", "  ", "\n", "\r", "<a ", "- [ ] `" + strings.Repeat("``", 40),
	} {
		for _, size := range []int{12_000, 62_000} {
			body := checklist.New(d, declared()) + strings.Repeat(piece, size/len(piece))
			merged := checklist.Merge(d, body, v)
			for id, ticked := range checklist.Read(d, merged).Ticked {
				if ticked != v.Ticked(id) {
					t.Errorf("after many %q: %s is %t", piece, id, ticked)
				}
			}
			checklist.Diff(body, merged)
		}
	}
}
