package postmortem_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow/command"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// readOptions are those of somebody who edits a page on 23 November 2026, a Monday.
var readOptions = command.Options{
	Now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), Severities: []string{"P0", "P1", "P2", "P3"},
}

// readBack is an item as short as tells one from another.
func readBack(items []postmortem.Listed) string {
	var out []string
	for _, i := range items {
		text := i.Kind + ": " + i.Text
		if i.Owner != "" {
			text += " @" + i.Owner
		}
		if !i.Due.IsZero() {
			text += " due " + i.Due.Format(time.DateOnly)
		}
		if i.Priority != "" {
			text += " " + i.Priority
		}
		if len(i.Issues) > 0 {
			text += fmt.Sprint(" issues ", i.Issues)
		}
		for word, is := range map[string]bool{" opened": i.Opened, " done": i.Done} {
			if is {
				text += word
			}
		}
		if i.Problem != "" {
			text = "problem: " + i.Text
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n")
}

func TestReadActions(t *testing.T) {
	t.Parallel()
	const table = "| kind | what | owner | priority | due | issue | state |\n|---|---|---|---|---|---|---|\n"
	for name, tc := range map[string]struct{ section, want string }{
		"a row of Firebreak's own": {
			table + "| permanent | Fix the pool | @&#8203;maya | P1 | 2026-12-07 | [#43](https://github.com/acme/shop/issues/43) | open |\n",
			"permanent: Fix the pool @maya due 2026-12-07 P1 issues [43] opened",
		},
		"a row below it": {
			table + "| process | Drill it | @jon | P2 | 2026-12-01 | | |\n",
			"process: Drill it @jon due 2026-12-01 P2",
		},
		"cells left out":           {table + "| | Drill it |\n| preventive | Alert on waiting | *nobody yet* |", "permanent: Drill it\npreventive: Alert on waiting"},
		"without outer pipes":      {"what | owner\n--- | ---\nDrill it | @jon\n", "permanent: Drill it @jon"},
		"columns in another order": {"| Due date | Owner | **Action item** |\n|:-:|---|--:|\n| friday | @jon | Drill it |\n", "permanent: Drill it @jon due 2026-11-27"},
		"a column more":            {"| # | what | notes | owner |\n|---|---|---|---|\n| 1 | Drill it | ask @maya | @jon |\n", "permanent: Drill it @jon"},
		"only what": {
			"| what |\n|---|\n| Drill it @jon due in 2 weeks P0 |\n",
			"permanent: Drill it @jon due 2026-12-07 P0",
		},
		"below a sentence":          {"What we do:\n| what | owner |\n|---|---|\n| Drill it | |\n", "permanent: Drill it"},
		"two tables":                {"| what | who |\n|---|---|\n| A thing | |\n\n| todo | who |\n|---|---|\n| Another | |\n", "permanent: A thing\npermanent: Another"},
		"a table of something else": {"| month | cost |\n|---|---|\n| May | 4 |\n", ""},
		"values that are none":      {table + "| urgent | Drill it | Jon | high | soonish | | |\n", "permanent: Drill it"},
		"markup and escapes": {
			table + "| **process** | `pool` must *not* be \\| [ten](https://example.com) &amp; \\*small\\* <!-- x --> | @jon, @maya | p1 | by 2026-12-01 | | |\n",
			"process: pool must not be | ten & *small* @jon due 2026-12-01 P1",
		},
		"done and struck through": {
			table + "| | Drill it | | | | | done |\n| | ~~Alert on waiting~~ | | | | | |\n",
			"permanent: Drill it done",
		},
		"empty rows":         {table + "| | | | | | | |\n|\n||||\n| | Drill it |\n", "permanent: Drill it"},
		"its own issue":      {table + "| | Drill it | | | | see #99 | |\n", "permanent: Drill it issues [99] opened"},
		"a list":             {"- Drill it @jon due friday P1\n- [ ] process Write a runbook\n* [x] Alert on waiting\n", "permanent: Drill it @jon due 2026-11-27 P1\nprocess: Write a runbook\npermanent: Alert on waiting done"},
		"numbered":           {"1. Drill it\n2) preventive: Alert on waiting\n", "permanent: Drill it\npreventive: Alert on waiting"},
		"on several lines":   {"- Drill it\n  twice @jon\n\n  Why: nobody did.\n  - a detail\n", "permanent: Drill it twice @jon"},
		"a list with links":  {"- [Fix the pool](https://github.com/acme/shop/issues/43)\n- Drill it, see #44\n", "permanent: Fix the pool issues [43]\npermanent: Drill it, see #44 issues [44]"},
		"what is refused":    {"- Drill it due yesterday\n- Drill it due 2026-01-01\n", "permanent: Drill it due yesterday\nproblem: Drill it due 2026-01-01"},
		"windows line ends":  {"| what | owner |\r\n|---|---|\r\n| Drill it | @jon |\r\n\r\n- Alert on waiting\r\n", "permanent: Drill it @jon\npermanent: Alert on waiting"},
		"code":               {"```\n- not this\n| what | owner |\n|---|---|\n| nor this | |\n```\n\n    - nor that\n", ""},
		"a quote":            {"> - not this\n", ""},
		"html":               {"<!--\n- not this\n-->\n<details>\n- nor this\n</details>\n", ""},
		"deeper heading":     {"### This week\n- Drill it\n", "permanent: Drill it"},
		"another section":    {"\n## Lessons learned\n- not this\n", ""},
		"the section's text": {"*No action items yet.*\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := "Facts.\n\n- not this\n\n## Action items\n" + tc.section
			if diff := cmp.Diff(tc.want, readBack(postmortem.ReadActions(page, readOptions))); diff != "" {
				t.Errorf("read (-want +have):\n%s", diff)
			}
		})
	}
}

func TestReadActionsUnderOtherHeadings(t *testing.T) {
	t.Parallel()
	for heading, want := range map[string]string{
		"## 🔧 Action Items:": "permanent: Drill it", "Follow-ups\n===": "permanent: Drill it", "# Follow-up actions": "permanent: Drill it",
		"## Plans": "", "### Action items": "",
	} {
		if have := readBack(postmortem.ReadActions(heading+"\n\n- Drill it\n", readOptions)); have != want {
			t.Errorf("below %q read %q, want %q", heading, have, want)
		}
	}
}

// What Firebreak writes is read back as it was.
func TestReadActionsOfARenderedPage(t *testing.T) {
	t.Parallel()
	for _, doc := range []postmortem.Document{fullIncident(), hostileIncident(), sparseIncident()} {
		items := postmortem.ReadActions(postmortem.Render(doc), readOptions)
		for n, a := range doc.Actions {
			if n >= len(items) {
				t.Fatalf("read %d of %d items", n, len(doc.Actions))
			}
			if have := items[n]; a.Number != 0 && (!have.Opened || !slices.Contains(have.Issues, a.Number)) {
				t.Errorf("item %d is %+v, want the issue %d", n, have, a.Number)
			}
		}
	}
}

// FuzzReadActions holds whatever the page is: texts are on one line and bounded, and
// a page of nothing but one item has that item.
func FuzzReadActions(f *testing.F) {
	for _, doc := range []postmortem.Document{fullIncident(), hostileIncident()} {
		f.Add(postmortem.Render(doc))
	}
	f.Add("## Action items\n| what | owner |\n|---|---|\n| a \\| b | @x |\n- [ ] c due friday\n")
	f.Add("## Actions\n" + strings.Repeat("|", 300) + "\n" + strings.Repeat("-|", 300))
	f.Add("## Action items\n- " + strings.Repeat("[", 500) + strings.Repeat("*a_", 300))
	f.Fuzz(func(t *testing.T, page string) {
		for _, i := range postmortem.ReadActions(page, readOptions) {
			switch {
			case i.Text == "" || strings.ContainsAny(i.Text, "\n\r\x00"):
				t.Errorf("text %q", i.Text)
			case i.Problem == "" && len([]rune(i.Text)) > command.MaxLine:
				t.Errorf("text of %d characters", len([]rune(i.Text)))
			case strings.ContainsAny(i.Owner, " @/\n") || len(i.Owner) > 50:
				t.Errorf("owner %q", i.Owner)
			}
		}
	})
}
