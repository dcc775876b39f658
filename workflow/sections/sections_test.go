package sections

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// form is an issue form's output, as GitHub writes it.
const form = "### What happened?\n\nCheckout times out.\n\n### Affected systems\n\ncheckout, orders\n\n" +
	"### Impact\n\n_No response_\n\n### Action items\n\n- [ ] Fix the pool @jon due friday\n- [x] Alert on waits\n\n### Checks\n\n- [X] I looked"

func TestParseReadsAnIssueForm(t *testing.T) {
	want := Sections{
		{Heading: "What happened?", Level: 3, Text: "Checkout times out."},
		{Heading: "Affected systems", Level: 3, Text: "checkout, orders"},
		{Heading: "Impact", Level: 3},
		{Heading: "Action items", Level: 3, Text: "- [ ] Fix the pool @jon due friday\n- [x] Alert on waits",
			Items: []string{"Fix the pool @jon due friday", "Alert on waits"}},
		{Heading: "Checks", Level: 3, Text: "- [X] I looked", Items: []string{"I looked"}},
	}
	for name, body := range map[string]string{"LF": form, "CRLF": strings.ReplaceAll(form, "\n", "\r\n")} {
		if diff := cmp.Diff(want, Parse(body)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestParseFindsHeadings(t *testing.T) {
	tests := map[string]struct {
		body string
		want Sections
	}{
		"none":                      {"just text", nil},
		"text before":               {"a\n# b\nc", Sections{{Heading: "b", Level: 1, Text: "c"}}},
		"closed by hashes":          {"## b ##\nc", Sections{{Heading: "b", Level: 2, Text: "c"}}},
		"no text":                   {"# a\n# b", Sections{{Heading: "a", Level: 1}, {Heading: "b", Level: 1}}},
		"no name":                   {"#\na", Sections{{Level: 1, Text: "a"}}},
		"underlined":                {"a\n===\nb\n\nc\n---\nd", Sections{{Heading: "a", Level: 1, Text: "b\n\nc\n---\nd"}, {Heading: "c", Level: 2, Text: "d"}}},
		"underlined, two lines":     {"a\nb\n---\nc", Sections{{Heading: "a b", Level: 2, Text: "c"}}},
		"underlined with a hash":    {"#a\n---\nc", Sections{{Heading: "#a", Level: 2, Text: "c"}}},
		"deeper ones are contained": {"# a\nb\n## c\nd\n# e", Sections{{Heading: "a", Level: 1, Text: "b\n## c\nd"}, {Heading: "c", Level: 2, Text: "d"}, {Heading: "e", Level: 1}}},
		"in a fence":                {"# a\n```\n# b\n```", Sections{{Heading: "a", Level: 1, Text: "```\n# b\n```"}}},
		"in an indented block":      {"# a\n\n    # b", Sections{{Heading: "a", Level: 1, Text: "    # b"}}},
		"in a comment":              {"# a\n<!--\n# b\n-->\nc", Sections{{Heading: "a", Level: 1, Text: "c"}}},
		"in a quote":                {"# a\n> # b", Sections{{Heading: "a", Level: 1, Text: "> # b"}}},
		"in a list":                 {"# a\n- # b", Sections{{Heading: "a", Level: 1, Text: "- # b"}}},
		"with a remark":             {"# a <!-- b -->\n\n<!-- write here -->\n", Sections{{Heading: "a", Level: 1}}},
		"seven hashes":              {"####### a\nb", nil},
		"no space":                  {"#a\nb", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Parse(tt.body)); diff != "" {
				t.Errorf("Parse(%q) (-want +got):\n%s", tt.body, diff)
			}
		})
	}
}

func TestParseReadsItems(t *testing.T) {
	tests := map[string]struct {
		list string
		want []string
	}{
		"dashes":             {"- a\n- b", []string{"a", "b"}},
		"numbers":            {"1. a\n2) b", []string{"a", "b"}},
		"loose":              {"* a\n\n* b", []string{"a", "b"}},
		"several lists":      {"- a\n\ntext\n\n- b", []string{"a", "b"}},
		"below a subheading": {"### Permanent\n- a\n### Process\n- b", []string{"a", "b"}},
		"over lines":         {"- a\n  b\nc", []string{"a b c"}},
		"with more inside":   {"- a\n\n  why\n  - how\n- b", []string{"a", "b"}},
		"boxes":              {"- [ ] a\n- [x] b\n- [X] c\n- [] d", []string{"a", "b", "c", "[] d"}},
		"hidden remarks":     {"- a <!-- step:x -->\n- <!-- b -->", []string{"a"}},
		"empty ones":         {"-\n- [ ]\n- a", []string{"[ ]", "a"}},
		"code first":         {"- ```\n  a\n  ```\n- b", []string{"b"}},
		"in a quote":         {"> - a", nil},
		"in a fence":         {"```\n- a\n```", nil},
		"no list":            {"a\nb", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, _ := Parse("## Action items\n\n" + tt.list).Find("action items")
			if diff := cmp.Diff(tt.want, s.Items); diff != "" {
				t.Errorf("items of %q (-want +got):\n%s", tt.list, diff)
			}
		})
	}
}

func TestFindComparesWords(t *testing.T) {
	tests := map[string]struct {
		heading string
		names   []string
		want    bool
	}{
		"the same":       {"Root cause", []string{"Root cause"}, true},
		"case":           {"ROOT CAUSE", []string{"root cause"}, true},
		"punctuation":    {"Root-cause:", []string{"root cause"}, true},
		"emphasis":       {"**Root cause**", []string{"root cause"}, true},
		"a number":       {"4. Root cause", []string{"root cause"}, true},
		"a picture":      {"🔥 Root cause", []string{"root cause"}, true},
		"another name":   {"Cause", []string{"root cause", "cause"}, true},
		"more words":     {"Root cause analysis", []string{"root cause"}, false},
		"part of a word": {"Causes", []string{"cause"}, false},
		"no names":       {"Cause", nil, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, ok := Parse("# " + tt.heading + "\na").Find(tt.names...)
			if ok != tt.want || ok && s.Text != "a" {
				t.Errorf("Find(%q) in %q = %+v, %v", tt.names, tt.heading, s, ok)
			}
		})
	}
}

func TestFindPrefersAnAnswer(t *testing.T) {
	parts := Parse("# Impact\n_No response_\n# Impact\nall\n# Impact\nsome\n# Cause\n")
	if s, ok := parts.Find("impact"); !ok || s.Text != "all" {
		t.Errorf("Find(impact) = %+v, %v; want the first that is answered", s, ok)
	}
	if s, ok := parts.Find("cause"); !ok || s.Heading != "Cause" || s.Text != "" {
		t.Errorf("Find(cause) = %+v, %v; want the empty section", s, ok)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", form, "a\n===\nb", "#\n##\n# #\n", "# a\n<!--\n# b", "- a\n\n# b\n- [ ] c", "#a\n#b\n---\n", "> a\n---\n# b\r\n\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, s := range Parse(body) {
			if s.Level < 1 || s.Level > 6 || strings.Contains(s.Heading, "\n") || s.Text != strings.TrimRight(s.Text, " \t\n") {
				t.Errorf("Parse(%q) gives %+v", body, s)
			}
			if s.Text == "" && s.Items != nil {
				t.Errorf("Parse(%q): items without a text: %+v", body, s)
			}
		}
	})
}

// TestParseReadsHostileBodies does not end where nesting or repeated work is not bounded.
func TestParseReadsHostileBodies(t *testing.T) {
	const size = 200_000
	for name, s := range map[string]string{
		"quotes in quotes": ">", "lists in lists": "- ", "headings": "# a\n", "deep headings": "# a\n###### b\n", "rising headings": "###### a\n## b\n",
		"items": "- a\n", "boxes": "- [ ] ", "brackets": "[a](", "comments": "<!-- -->\n", "underlines": "a\n---\n", "blank lines": "\n",
	} {
		t.Run(name, func(t *testing.T) {
			body := strings.Repeat(s, size/len(s))
			if s, ok := Parse("# First\n\nyes\n\n# Last\n\n" + body).Find("first"); !ok || s.Text != "yes" {
				t.Errorf("the first section is %+v, %v", s, ok)
			}
		})
	}
}
