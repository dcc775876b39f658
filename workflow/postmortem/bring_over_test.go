package postmortem_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// stored returns a document as a page and as a comment, both with fingerprints.
func stored() (page, comment string) {
	d := postmortem.Document{Key: "1/2", Causes: []string{"cause 1"}, Impact: []string{"impact 1"}, Lessons: []string{"lesson 1"}}
	lead := postmortem.Lead{Marker: "<!-- firebreak:post-mortem-comment v1 incident=1/2 -->", Reason: "No wiki.", Remedy: "Make one."}
	put := func(text string) string { return postmortem.Merge("", "", text).Text }
	return put(postmortem.Render(d)), put(postmortem.Comment(d, lead))
}

func TestBringOver(t *testing.T) {
	t.Parallel()
	page, comment := stored()
	for _, tc := range []struct {
		name          string
		page, comment string
		want          string
		left          []string
	}{
		{"nobody wrote anything", page, comment, page, nil},
		{"the page alone is changed", edit(page, "cause 1", "by hand"), comment, edit(page, "cause 1", "by hand"), nil},
		{"the comment alone is changed", page, edit(comment, "cause 1", "by hand"), edit(page, "cause 1", "by hand"), nil},
		{"with the line ends of a form", page, crlf(edit(comment, "cause 1", "by hand")), edit(page, "cause 1", "by hand"), nil},
		{"to a page with the line ends of a form", crlf(page), edit(comment, "cause 1", "by hand"), crlf(edit(page, "cause 1", "by hand")), nil},
		{"facts are changed", page, edit(comment, "## ", "Norway alone.\n\n## "), edit(page, "## ", "Norway alone.\n\n## "), nil},
		{"both are changed", edit(page, "cause 1", "here"), edit(comment, "cause 1", "there"), edit(page, "cause 1", "here"), []string{"Root cause"}},
		{"both say the same", edit(page, "cause 1", "by hand"), edit(comment, "cause 1", "by hand"), edit(page, "cause 1", "by hand"), nil},
		{"a heading is changed", page, edit(comment, "## Root cause", "## Why"), edit(page, "## Root cause", "## Why"), nil},
		{"a section is new", page, edit(comment, "## Impact", "## Cost\n\nMuch.\n\n## Impact"), edit(page, "## Impact", "## Cost\n\nMuch.\n\n## Impact"), nil},
		{"two sections are new", page, edit(comment, "## Impact", "## Cost\n\nMuch.\n\n## Press\n\nNone.\n\n## Impact"),
			edit(page, "## Impact", "## Cost\n\nMuch.\n\n## Press\n\nNone.\n\n## Impact"), nil},
		{"the page has a section of that name", edit(page, "## Impact", "## Cost\n\n42\n\n## Impact"), edit(comment, "## Impact", "## Cost\n\nMuch.\n\n## Impact"),
			edit(page, "## Impact", "## Cost\n\n42\n\n## Impact"), []string{"Cost"}},
		{"a section was taken out", page, without(comment, "## Impact"), without(page, "## Impact"), nil},
		{"a section was taken out and changed", edit(page, "impact 1", "by hand"), without(comment, "## Impact"), edit(page, "impact 1", "by hand"), nil},
		{"a section was changed and taken out", without(page, "## Impact"), edit(comment, "impact 1", "by hand"), without(page, "## Impact"), []string{"Impact"}},
		{"a fence is not closed", page, edit(comment, "- impact 1", "```\nby hand"), page, []string{"Impact"}},
		{"the fingerprints were taken out", page, unmarked(edit(comment, "impact 1", "by hand")), page, []string{"Impact"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			edits := postmortem.Edits(tc.comment, page)
			got, left := postmortem.BringOver("", tc.page, page, edits)
			if diff := cmp.Diff(blankless(tc.want), blankless(got)); diff != "" {
				t.Errorf("page (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.left, names(edits, left)); diff != "" {
				t.Errorf("left (-want +got):\n%s", diff)
			}
			again, _ := postmortem.BringOver("", got, page, edits)
			if again != got {
				t.Errorf("the page changes when it is brought over again:\n%s", cmp.Diff(got, again))
			}
			if merged := postmortem.Merge("", got, page); blankless(merged.Text) != blankless(got) {
				t.Errorf("the next merge takes out what was brought over:\n%s", cmp.Diff(got, merged.Text))
			}
		})
	}
}

func TestRetiredKeepsEveryWord(t *testing.T) {
	t.Parallel()
	page, comment := stored()
	mark := "<!-- firebreak:post-mortem-comment v1 incident=1/2 -->"
	edits := postmortem.Edits(edit(comment, "cause 1", "by hand", "## Impact", "Norway.\n\n## Impact"), page)
	body, fits := postmortem.Retired(mark, "https://github.example/wiki/page", edits)
	if !fits || !strings.HasPrefix(body, mark) || !strings.Contains(body, "here: Root cause.") || !strings.Contains(body, "by hand") || !strings.Contains(body, "Norway.") {
		t.Errorf("the comment is\n%s", body)
	}
	if retired, bare := postmortem.IsRetired(body); !retired || bare {
		t.Error("a comment with words passes for one without")
	}
	body, _ = postmortem.Retired(mark, "https://github.example/wiki/page", nil)
	if retired, bare := postmortem.IsRetired(body); !retired || !bare {
		t.Errorf("a comment without words passes for one with some:\n%s", body)
	}
	if retired, _ := postmortem.IsRetired(comment); retired {
		t.Error("a comment in the page's place passes for a link to it")
	}
	edits[0].Body = strings.Repeat("word ", 20_000)
	if _, fits := postmortem.Retired(mark, "https://github.example/wiki/page", edits); fits {
		t.Error("more than GitHub takes passes for a comment")
	}
}

func names(edits []postmortem.Edit, at []int) []string {
	var out []string
	for _, n := range at {
		out = append(out, edits[n].Name)
	}
	return out
}

// without takes the section out that starts with heading.
func without(page, heading string) string {
	from := strings.Index(page, heading)
	to := from + len(heading) + strings.Index(page[from+len(heading):], "\n## ") + 1
	return page[:from] + page[to:]
}

func unmarked(comment string) string {
	from := strings.Index(comment, "<!-- firebreak:post-mortem v1")
	to := from + strings.Index(comment[from:], "-->") + 3
	return comment[:from] + comment[to:]
}

// blankless takes out the blank lines, of which pieces that are set off have more.
func blankless(page string) string {
	var out []string
	for _, line := range strings.Split(page, "\n") {
		if strings.TrimSpace(line) != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
