package postmortem_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
	"github.com/google/go-cmp/cmp"
)

var marker = regexp.MustCompile(`<!-- firebreak:(?:post-mortem|parts) [^\n]*-->`)

// FuzzMerge holds whatever the three pages are: every line that a person wrote
// is in the result, and merging again changes nothing.
func FuzzMerge(f *testing.F) {
	for _, s := range situations(f) {
		f.Add(s.base, s.theirs, s.ours)
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
		if again := postmortem.Merge(ours, got, ours).Text; again != got {
			t.Errorf("merged again (-first +again):\n%s", cmp.Diff(got, again))
		}
		if marker.MatchString(theirs) {
			return
		}
		checkLinesSurvive(t, base, theirs, got)
		if strings.TrimSpace(base) == "" || marker.MatchString(base+ours) {
			return
		}
		published := base
		marked, ours := markedAs(base, theirs), mark+ours
		for _, base := range []string{"", base} {
			got := postmortem.Merge(base, marked, ours).Text
			checkLinesSurvive(t, published, theirs, got)
			for _, base := range []string{base, ours} {
				if again := postmortem.Merge(base, got, ours).Text; bare(again) != bare(got) {
					t.Errorf("with markers, merged again (-first +again):\n%s", cmp.Diff(got, again))
				}
			}
		}
	})
}

// checkLinesSurvive holds that whatever a person wrote is there: every line, and
// of a line of a table every cell, as its other cells may be Firebreak's.
func checkLinesSurvive(t *testing.T, base, theirs, got string) {
	t.Helper()
	published, merged := texts(base), texts(got)
	for text := range texts(theirs) {
		if !published[text] && !merged[text] {
			t.Errorf("the text %q is gone", text)
		}
	}
}

var (
	number = regexp.MustCompile(`^[0-9]{1,9}[.)] `)
	dashes = regexp.MustCompile(`^:?-+:?$`)
)

// texts is the set of a page's lines and of their cells, without what is no
// change: white space, the number of an item, the line below a table's head.
func texts(page string) map[string]bool {
	set := map[string]bool{"": true}
	for _, line := range strings.Split(page, "\n") {
		for _, cell := range strings.Split(line, "|") {
			cell = number.ReplaceAllString(strings.Join(strings.Fields(cell), " "), "")
			if !dashes.MatchString(cell) {
				set[cell] = true
			}
		}
	}
	return set
}
