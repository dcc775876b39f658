package postmortem

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const changesBefore = `| | |
|---|---|
| Follow-ups | 0 of 2 closed |

## Timeline
` + "```mermaid\ntimeline\n    12.01 : declared\n```" + `

| UTC | what |
|---|---|
| 12:01 | declared |

## Root cause
1. The pool was too small.

## Impact
None yet.

## Action items
| kind | what | issue | state |
|---|---|---|---|
| permanent | Fix the pool | [#43](https://x/43) | open |
| process | Tell ops | [#44](https://x/44) | closed 2026-11-30 |
| process | Alert | | **not opened yet** |

## Lessons learned
- Watch it.
`

func changed(before, after string) []string {
	var out []string
	for _, c := range Changes(before, after) {
		out = append(out, c.String())
	}
	return out
}

func TestChanges(t *testing.T) {
	with := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(changesBefore) }
	cases := map[string]struct {
		after string
		want  []string
		news  []string
		only  bool
	}{
		"nothing":            {after: with("None yet.", "None yet.  ", "\n\n## Impact", "\n\n\n## Impact")},
		"rows added":         {after: with("| 12:01 | declared |", "| 12:01 | declared |\n| 12:02 | a |\n| 12:03 | b |\n| 12:04 | c |"), want: []string{"Timeline: 3 rows added"}},
		"a row changed":      {after: with("| declared |", "| declared by maya |"), want: []string{"Timeline: 1 row changed"}},
		"the drawing alone":  {after: with("12.01 :", "12.02 :"), want: []string{"Timeline: changed"}},
		"an item added":      {after: with("small.\n", "small.\n2. The year was a constant.\n"), want: []string{"Root cause: 1 item added"}},
		"an item and a row":  {after: with("- Watch it.", "- Watch them.\n\n| a |\n|---|\n| b |\n"), want: []string{"Lessons learned: 1 row added, 1 item changed"}},
		"text":               {after: with("None yet.", "One in three."), want: []string{"Impact: changed"}},
		"sections":           {after: with("## Impact\nNone yet.\n", "## Weather\nRain.\n"), want: []string{"Weather: added", "Impact: removed"}},
		"a follow-up closed": {after: with("| open |", "| closed 2026-12-01 |", "0 of", "1 of"), want: []string{"Facts: 1 row changed", "Action items: 1 row changed"}, news: []string{"#43 closed"}, only: true},
		"all kinds of them": {after: with("| open |", "| deleted |", "closed 2026-11-30", "open: nobody", "| | **not opened yet** |", "| [acme/shop#45](https://x/45) | open |"),
			want: []string{"Action items: 3 rows changed"}, news: []string{"#43 deleted", "#44 reopened", "#45 opened"}, only: true},
		"all of it": {after: "", want: []string{"Facts: 1 row removed", "Timeline: removed", "Root cause: removed", "Impact: removed", "Action items: removed", "Lessons learned: removed"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, changed(changesBefore, c.after)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.news, FollowUpNews(changesBefore, c.after)); diff != "" {
				t.Error(diff)
			}
			if got := OnlyFollowUps(Changes(changesBefore, c.after)); got != c.only {
				t.Errorf("only follow-ups: %t", got)
			}
		})
	}
	if got := changed("", changesBefore); fmt.Sprint(got[:2]) != "[Facts: 1 row added Timeline: added]" || len(got) != 6 {
		t.Errorf("a new page: %q", got)
	}
}

// Headings are people's words: none notifies anybody, hides or looks like a line
// of its own.
func TestChanges_HostileHeadings(t *testing.T) {
	for _, title := range []string{
		"Co-authored-by: @maya <m@x.example>", "fixes #1 and @acme/everyone", "a\u202eb\u200b\x1b[31m", "\xff\xfe", strings.Repeat("x", 999), "@#", "&#64;maya",
	} {
		for _, c := range Changes("", "## "+title+"\nx\n") {
			line := c.String()
			bad := strings.ContainsFunc(line, func(r rune) bool {
				return r == '@' || r == '#' && !strings.Contains(title, "&#") || !unicode.IsPrint(r)
			})
			if bad || !utf8.ValidString(line) || utf8.RuneCountInString(line) > 80 {
				t.Errorf("%q became %q", title, line)
			}
		}
	}
}

func FuzzChanges(f *testing.F) {
	f.Add(changesBefore, strings.ReplaceAll(changesBefore, "open", "closed"))
	f.Add("", "## @a\n| x |\n")
	f.Fuzz(func(t *testing.T, before, after string) {
		if len(before)+len(after) > 1<<14 {
			return
		}
		for _, c := range Changes(before, after) {
			if line := c.String(); strings.ContainsAny(line, "@\n\r\x00\x1b") || len(line) > 400 {
				t.Errorf("a change is %q", line)
			}
		}
		FollowUpNews(before, after)
		if again := Changes(after, after); len(again) > 0 {
			t.Errorf("the same page differs: %v", again)
		}
	})
}
