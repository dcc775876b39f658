package postmortem_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
	"github.com/google/go-cmp/cmp"
)

var marker = regexp.MustCompile(`<!-- firebreak:post-mortem [^\n]*-->`)

// FuzzMerge holds whatever the three pages are: every line that a person wrote
// is in the result, and merging again changes nothing.
func FuzzMerge(f *testing.F) {
	for _, c := range mergeCases {
		f.Add(c.base, c.theirs, ours)
	}
	full, sparse := postmortem.Render(fullIncident()), postmortem.Render(sparseIncident())
	f.Add(sparse, edit(sparse, "## Impact", "## Cost\nmuch\n\n## Impact"), full)
	f.Add(sparse, full, postmortem.Render(hostileIncident()))
	f.Add("a\n===\nb", "[x]: /y\na\n===\r\nb\n#\n##\n## a ##", "# a\nc\n# a\nd")
	f.Add("## A\n<!--", "## B\n<!--\n## A\n-->", "## A\n\t- b\n## C")
	f.Fuzz(func(t *testing.T, base, theirs, ours string) {
		got := postmortem.Merge(base, theirs, ours).Text
		if strings.TrimSpace(theirs) == "" || strings.TrimSpace(got) == "" {
			return
		}
		if !marker.MatchString(theirs) {
			checkLinesSurvive(t, base, theirs, got)
		}
		for name, base := range map[string]string{"the same base": base, "the new base": ours} {
			if again := postmortem.Merge(base, got, ours).Text; again != got {
				t.Errorf("merged again with %s (-first +again):\n%s", name, cmp.Diff(got, again))
			}
		}
	})
}

func checkLinesSurvive(t *testing.T, base, theirs, got string) {
	t.Helper()
	published, merged := lines(base), lines(got)
	for line := range lines(theirs) {
		if !published[line] && !merged[line] {
			t.Errorf("the line %q is gone", line)
		}
	}
}

// lines is the set of a page's lines, trailing white space aside.
func lines(page string) map[string]bool {
	set := map[string]bool{"": true}
	for _, line := range strings.Split(page, "\n") {
		set[strings.TrimRight(line, " \t\r")] = true
	}
	return set
}
