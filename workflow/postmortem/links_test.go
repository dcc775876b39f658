package postmortem_test

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

func TestLinksLeadToTheWebAlone(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		links string // how the page has it, after "href" or "src"; empty: no link
	}{
		"https":                       {"[a](https://x.example/y)", "https://x.example/y"},
		"http":                        {"[a](http://x.example)", "http://x.example"},
		"a path":                      {"[a](Incident-1)", "Incident-1"},
		"a path with a colon":         {"[a](./a:b)", "./a:b"},
		"a bare URL":                  {"see https://x.example/z", "https://x.example/z"},
		"a script":                    {"[a](javascript:alert)", ""},
		"a script in capitals":        {"[a](JavaScript:alert)", ""},
		"a script by entity":          {"[a](javascript&colon;alert)", ""},
		"a script by number":          {"[a](javascript&#x3a;alert)", ""},
		"a script by escape":          {"[a](javascript\\:alert)", ""},
		"a script in angle brackets":  {"<javascript:alert>", ""},
		"a script in an image":        {"![a](data:text/html,x)", ""},
		"a script in a linked image":  {"[![a](https://x.example/i.png)](vbscript:x)", "https://x.example/i.png"},
		"a file":                      {"[a](<file:///etc/passwd>)", ""},
		"a script by reference":       {"[a]\n\n[a]: javascript:alert", ""},
		"a script in a table":         {"|a|\n|-|\n|[a](javascript:alert)|", ""},
		"a script within bad bracket": {"[b [a](javascript:alert) c](javascript:alert)", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := fullIncident()
			d.Summary = c.text
			_, page, _ := strings.Cut(shown(t, postmortem.Render(d)), "<h2>Summary</h2>")
			section, _, _ := strings.Cut(page, "<h2>")
			got := ""
			for _, m := range target.FindAllStringSubmatch(section, -1) {
				got += m[1]
			}
			if got != c.links {
				t.Errorf("links to %q, want %q, in %s", got, c.links, section)
			}
		})
	}
}
