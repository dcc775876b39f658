package postmortem_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// drawing returns the lines drawn, title aside.
func drawing(d postmortem.Document) []string {
	_, page, _ := strings.Cut(postmortem.Render(d), "```mermaid\ntimeline\n")
	page, _, _ = strings.Cut(page, "\n```")
	return strings.Split(page, "\n")[1:]
}

func TestDrawnTextHasNoSyntax(t *testing.T) {
	for name, c := range map[string]struct{ what, mark, want string }{
		"as it is":              {"rolled back to 4410", "", "rolled back to 4410"},
		"a time":                {"said at 12:04: go", "", "said at 12.04. go"},
		"semicolons":            {"a; b;c", "", "a b c"},
		"a number":              {"see #12", "", "see 12"},
		"quotes":                {`it's "down" ‘now’`, "", "its down now"},
		"line breaks":           {"a\r\nb\n: c", "", "a b c"},
		"a comment":             {"a %% b", "", "a % b"},
		"per cent":              {"3.1 %", "", "3.1 %"},
		"a directive":           {"%%{init: {}}%%", "", "% init. %"},
		"HTML":                  {"<b onclick=x>a</b>", "", "b onclick=x a /b"},
		"an entity":             {"a&lt;b #35;", "", "a lt b 35"},
		"a mention":             {"told @acme/ops", "", "told acme/ops"},
		"another script":        {"支付 超时", "", "支付 超时"},
		"nothing left":          {"::;#", "", "-"},
		"nothing":               {"", "", "-"},
		"a mark":                {"error rate up", postmortem.MarkDetected, "detected, error rate up"},
		"a mark alone":          {"", postmortem.MarkResolved, "resolved"},
		"a mark that is said":   {"Mitigated by rollback", postmortem.MarkMitigated, "Mitigated by rollback"},
		"a mark that is all":    {"resolved", postmortem.MarkResolved, "resolved"},
		"a mark within a word":  {"detectedness", postmortem.MarkDetected, "detected, detectedness"},
		"no mark that is known": {"a", "burning", "a"},
		"too long":              {strings.Repeat("word ", 40), "", strings.Repeat("word ", 11) + "word…"},
	} {
		t.Run(name, func(t *testing.T) {
			d := postmortem.Document{Timeline: []postmortem.Entry{{At: at("12:00"), What: c.what, Mark: c.mark}}}
			if got, want := drawing(d)[0], "    12.00 : "+c.want; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// entries makes n of them, of which every fifth is as said.
func entries(n int, special postmortem.Entry) []postmortem.Entry {
	var list []postmortem.Entry
	for i := range n {
		e := postmortem.Entry{}
		if i%5 == 0 {
			e = special
		}
		e.At, e.What = at("10:00").Add(time.Duration(n-i)*time.Minute), fmt.Sprintf("entry %d", i)
		list = append(list, e)
	}
	return list
}

func TestDrawingsAreOfWhatMatters(t *testing.T) {
	for name, c := range map[string]struct {
		timeline []postmortem.Entry
		drawn    int
		first    string
	}{
		"all, if they fit":              {entries(25, postmortem.Entry{}), 25, "    10.01 : entry 24"},
		"the major ones":                {entries(26, postmortem.Entry{Major: true}), 6, "    10.01 : entry 25"},
		"the marked ones":               {entries(30, postmortem.Entry{Mark: postmortem.MarkDetected}), 6, "    10.05 : detected, entry 25"},
		"no more than can be read":      {entries(200, postmortem.Entry{Major: true}), 25, "    10.05 : entry 195"},
		"something, if nothing matters": {entries(26, postmortem.Entry{}), 1, "    10.01 : entry 25"},
	} {
		t.Run(name, func(t *testing.T) {
			d := postmortem.Document{Timeline: c.timeline}
			got := drawing(d)
			if len(got) != c.drawn || got[0] != c.first {
				t.Errorf("%d drawn, from %q, want %d, from %q", len(got), got[0], c.drawn, c.first)
			}
			told := fmt.Sprintf("*%d of %d entries are drawn.*", c.drawn, len(c.timeline))
			if page := postmortem.Render(d); strings.Contains(page, told) != (c.drawn < len(c.timeline)) {
				t.Errorf("what is not drawn is told wrongly:\n%s", page)
			}
			if page := postmortem.Render(d); strings.Count(page, "entry ")-c.drawn != len(c.timeline) {
				t.Error("the table does not have all entries")
			}
		})
	}
}
