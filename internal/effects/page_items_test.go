package effects

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/workflow"
)

// wordGate takes out one word.
type wordGate struct{}

func (wordGate) Scan(text string) (string, redact.Findings, error) { return wordGate{}.Clean(text) }

func (wordGate) Clean(text string) (string, redact.Findings, error) {
	return strings.ReplaceAll(text, "hunter2", "[redacted: password]"), redact.Findings{}, nil
}

const pageTable = "| kind | what | owner | priority | due | issue | state |\n|---|---|---|---|---|---|---|\n" +
	"| permanent | Fix the pool | @jon | P1 | 2026-12-07 | [#43](https://github.com/acme/shop/issues/43) | open |\n"

// comparing looks at one edit of a page's action items, which is as it left them.
func comparing(t *testing.T, tell, may bool, was, is string, now ...string) workflow.ActionsRead {
	t.Helper()
	inc := workflow.Incident{Actions: []workflow.Action{{ID: "c8-1", Text: "Fix the pool", Issue: workflow.FollowUp{ID: 71, Number: 43}}}}
	r := &editReader{task: &task{Effects: &Effects{Gate: wordGate{}, Rules: workflow.DefaultRules()}, inc: inc}}
	page := func(items string) string { return "Facts\n\n## Action items\n\n" + items + "\n## Lessons learned\n" }
	r.now = page(append(now, is)[0])
	r.past = func(read func(string) (bool, error)) error { _, err := read(page("- Once there\n")); return err }
	e := workflow.PageEdit{By: workflow.Person{ID: 2, Login: "jon"}, May: may, Tell: tell, At: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	if err := r.compare(e, page(was), page(is)); err != nil {
		t.Fatal(err)
	}
	return r.found
}

func TestWhatAnEditAddsToTheActionItems(t *testing.T) {
	t.Parallel()
	const stranger = pageTable + "| | Pay eve ten thousand euro | | | | | |\n"
	for name, tc := range map[string]struct{ was, is, now, want, problem string }{
		"a row":                         {was: pageTable, is: pageTable + "| process | Drill it | @maya | P3 | 2026-12-24 | | |\n", want: "process Drill it @maya P3 2026-12-24"},
		"an item of a list":             {was: pageTable, is: pageTable + "\n- preventive Alert on waiting @sam due friday\n", want: "preventive Alert on waiting @sam  2026-11-27"},
		"with words that are taken out": {was: pageTable, is: pageTable + "| | Change hunter2 | | | | | |\n", want: "permanent Change [redacted: password] @  0001-01-01"},
		"one that others wrote before":  {was: stranger, is: strings.Replace(stranger, "open", "open!", 1)},
		"one of theirs reworded":        {was: stranger, is: strings.Replace(stranger, "euro", "dollars", 1)},
		"one of ours reworded":          {was: pageTable, is: strings.Replace(pageTable, "Fix the pool", "Make it larger", 1)},
		"ours again, as a list":         {was: pageTable, is: "- [Larger pools](https://github.com/acme/shop/issues/43)\n"},
		"ours again, in other markup":   {was: "", is: "- **fix** the  `POOL`\n", want: "permanent fix the POOL @  0001-01-01"},
		"with an issue of its own":      {was: pageTable, is: pageTable + "| | Drill it | | | | #99 | |\n"},
		"done already":                  {was: pageTable, is: pageTable + "\n- [x] Drill it\n"},
		"taken back since":              {was: pageTable, is: pageTable + "\n- Drill it\n", now: pageTable},
		"one that was there once":       {was: pageTable, is: pageTable + "\n- once THERE\n", problem: "had been taken out"},
		"nothing":                       {was: pageTable, is: pageTable},
		"in a past that is over":        {was: pageTable, is: pageTable + "\n- Drill it due 2020-01-01\n", problem: "is past"},
		"longer than a command takes":   {was: pageTable, is: pageTable + "| | " + strings.Repeat("x", 501) + " | | | | | |\n", problem: "500 characters"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := tc.now
			if now == "" {
				now = tc.is
			}
			found := comparing(t, false, true, tc.was, tc.is, now)
			var have []string
			for _, a := range found.Items {
				have = append(have, fmt.Sprintf("%s %s @%s %s %s", a.Kind, a.Text, a.Owner, a.Priority, a.Due.Format(time.DateOnly)))
				if a.By.Login != "jon" || a.At.IsZero() {
					t.Errorf("added by %v at %v", a.By, a.At)
				}
			}
			if got := strings.Join(have, "; "); got != tc.want {
				t.Errorf("took %q, want %q", got, tc.want)
			}
			if got := strings.Join(found.Problems, "\n"); (got != "") != (tc.problem != "") || !strings.Contains(got, tc.problem) {
				t.Errorf("says %q, want %q", got, tc.problem)
			}
		})
	}
}

func TestWhatOthersAddIsRemembered(t *testing.T) {
	t.Parallel()
	is := pageTable + "| | Pay eve | | | | | |\n\n- Fix the pool at once\n"
	for known, told := range map[bool]int{true: 1, false: 0} {
		found := comparing(t, known, false, pageTable, is)
		if len(found.Items) != 0 || len(found.Problems) != told {
			t.Errorf("known %t: took %+v, said %q", known, found.Items, found.Problems)
		}
		if want := []string{workflow.TextPrint("pay EVE"), workflow.TextPrint("Fix the pool at once")}; !slices.Equal(found.Foreign, want) {
			t.Errorf("known %t: remembers %q, want %q", known, found.Foreign, want)
		}
	}
}

func TestAnEditAddsAtMostThirtyItems(t *testing.T) {
	t.Parallel()
	var list strings.Builder
	for i := range 40 {
		fmt.Fprintf(&list, "- %s\n", strings.Repeat(string(rune('a'+i%26)), i+1))
	}
	found := comparing(t, false, true, pageTable, list.String())
	if len(found.Items) != 30 || !strings.Contains(strings.Join(found.Problems, ""), "10 action items by @jon") {
		t.Errorf("took %d, said %q", len(found.Items), found.Problems)
	}
}

func TestNothingIsTakenWhenTheGateFails(t *testing.T) {
	t.Parallel()
	r := &editReader{task: &task{Effects: &Effects{Gate: brokenGate{}, Rules: workflow.DefaultRules()}}}
	if err := r.compare(workflow.PageEdit{May: true}, "", "## Action items\n- Drill it\n"); err == nil || len(r.found.Items) > 0 {
		t.Errorf("error %v, took %+v", err, r.found.Items)
	}
}
