package postmortem_test

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
	"github.com/google/go-cmp/cmp"
)

// The page as published last, and as rendered now: everything but the impact is
// told anew.
const (
	base = "facts 1\n\n## Summary\nsummary 1\n\n## Timeline\n```mermaid\n## no heading\n```\ntimeline 1\n\n## Impact\nimpact 1\n\n## Lessons learned\nlessons 1\n"
	ours = "facts 2\n\n## Summary\nsummary 2\n\n## Timeline\n```mermaid\n## no heading\n```\ntimeline 2\n\n## Impact\nimpact 1\n\n## Lessons learned\nlessons 2\n"
)

// edit returns a page with each first text replaced by the next.
func edit(page string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(page, pairs[i]) {
			panic("no " + pairs[i] + " in " + page)
		}
		page = strings.Replace(page, pairs[i], pairs[i+1], 1)
	}
	return page
}

func crlf(page string) string { return strings.ReplaceAll(page, "\n", "\r\n") }

type mergeCase struct {
	name         string
	base, theirs string
	want         postmortem.Merged
}

var mergeCases = []mergeCase{
	{"no page yet", base, " \r\n", postmortem.Merged{Text: ours}},
	{"nobody wrote anything", base, base, postmortem.Merged{Text: ours}},
	{"only white space differs", base, edit(base, "summary 1\n", "summary 1  \n\n\n", "facts 1", "\nfacts 1"), postmortem.Merged{Text: ours}},
	{"a changed section stays", base, edit(base, "timeline 1", "timeline by hand"), postmortem.Merged{
		Text: edit(ours, "timeline 2", "timeline by hand"),
		Kept: []string{"Timeline"}, Behind: []string{"Timeline"},
	}},
	{"a changed section with no news is not behind", base, edit(base, "impact 1", "impact by hand"), postmortem.Merged{
		Text: edit(ours, "impact 1", "impact by hand"),
		Kept: []string{"Impact"},
	}},
	{"changed facts stay", base, edit(base, "facts 1", "facts by hand"), postmortem.Merged{
		Text: edit(ours, "facts 2", "facts by hand"),
		Kept: []string{"Facts"}, Behind: []string{"Facts"},
	}},
	{"a section written as Firebreak writes it now is Firebreak's", base, edit(base, "timeline 1", "timeline 2"), postmortem.Merged{Text: ours}},
	{"an added section stays where it is", base, edit(base, "## Impact", "## Cost\n42\n\n## Impact"), postmortem.Merged{
		Text: edit(ours, "## Impact", "## Cost\n42\n\n## Impact"),
	}},
	{"added sections stay at both ends", base, edit(base, "facts 1", "# Ours\nhello\n\n# Facts\nfacts 1", "lessons 1\n", "lessons 1\n\n# Annex\nend\n"), postmortem.Merged{
		Text: edit(ours, "facts 2\n\n", "# Ours\nhello\n\n# Facts\nfacts 2\n\n", "lessons 2\n", "lessons 2\n\n# Annex\nend\n"),
	}},
	{"a moved section stays where it was put", base, "facts 1\n\n## Lessons learned\nlessons 1\n\n## Summary\nsummary 1\n\n## Impact\nimpact 1\n\n## Timeline\n```mermaid\n## no heading\n```\ntimeline 1\n", postmortem.Merged{
		Text: "facts 2\n\n## Lessons learned\nlessons 2\n\n## Summary\nsummary 2\n\n## Impact\nimpact 1\n\n## Timeline\n```mermaid\n## no heading\n```\ntimeline 2\n\n",
	}},
	{"a renamed section keeps its name and is brought up to date", base, edit(base, "## Lessons learned", "## What we take with us"), postmortem.Merged{
		Text: edit(ours, "## Lessons learned", "## What we take with us"),
	}},
	{"a heading set in other words' clothes is the same", base, edit(base, "## Lessons learned", "## 🎓 **Lessons** learned:"), postmortem.Merged{
		Text: edit(ours, "## Lessons learned", "## 🎓 **Lessons** learned:"),
	}},
	{"an underlined heading is a heading", base, edit(base, "## Lessons learned\n", "Lessons\nlearned\n---\n"), postmortem.Merged{
		Text: edit(ours, "## Lessons learned\n", "Lessons\nlearned\n---\n"),
	}},
	{"a section renamed and changed stays, and the old one deleted", base, edit(base, "## Impact\nimpact 1", "## Damage\nmuch"), postmortem.Merged{
		Text:    edit(ours, "## Impact\nimpact 1", "## Damage\nmuch"),
		Deleted: []string{"Impact"},
	}},
	{"a deleted section stays deleted", base, edit(base, "## Lessons learned\nlessons 1\n", ""), postmortem.Merged{
		Text:    edit(ours, "## Lessons learned\nlessons 2\n", ""),
		Deleted: []string{"Lessons learned"}, Behind: []string{"Lessons learned"},
	}},
	{"a person's namesake before a section is not taken for it", base, edit(base, "## Timeline", "## Timeline\nas we lived it\n\n## Timeline"), postmortem.Merged{
		Text: edit(ours, "## Timeline", "## Timeline\nas we lived it\n\n## Timeline"),
	}},
	{"deeper headings belong to their section", base, edit(base, "summary 1", "summary 1\n\n### Timeline\nmore"), postmortem.Merged{
		Text: edit(ours, "summary 2", "summary 1\n\n### Timeline\nmore"),
		Kept: []string{"Summary"}, Behind: []string{"Summary"},
	}},
	{"headings in code, quotes, lists and HTML are none", base, edit(base, "summary 1", "~~~\n## Impact\n~~~\n> ## Impact\n\n- ## Impact\n\n<!--\n## Impact\n-->\n\n    ## Impact"), postmortem.Merged{
		Text: edit(ours, "summary 2", "~~~\n## Impact\n~~~\n> ## Impact\n\n- ## Impact\n\n<!--\n## Impact\n-->\n\n    ## Impact"),
		Kept: []string{"Summary"}, Behind: []string{"Summary"},
	}},
	{"CRLF is no change, and stays", base, crlf(base), postmortem.Merged{Text: crlf(ours)}},
	{"CRLF stays in what a person wrote", base, crlf(edit(base, "timeline 1", "timeline by hand")), postmortem.Merged{
		Text: crlf(edit(ours, "timeline 2", "timeline by hand")),
		Kept: []string{"Timeline"}, Behind: []string{"Timeline"},
	}},
	{"without base everything stays, and what is missing comes", "", "hello\n## Timeline\nby hand", postmortem.Merged{
		Text: "hello\n\n## Summary\nsummary 2\n\n## Timeline\nby hand\n\n## Impact\nimpact 1\n\n## Lessons learned\nlessons 2\n",
		Kept: []string{"Facts", "Timeline"}, Behind: []string{"Facts", "Timeline"},
	}},
	{"a section new to Firebreak comes to its place", edit(base, "## Impact\nimpact 1\n\n", ""), edit(base, "## Impact\nimpact 1\n\n", "", "lessons 1", "by hand"), postmortem.Merged{
		Text: edit(ours, "lessons 2", "by hand"),
		Kept: []string{"Lessons learned"}, Behind: []string{"Lessons learned"},
	}},
	{"a section that Firebreak gave up goes", edit(base, "## Impact", "## Cost\nnone\n\n## Impact"), edit(base, "## Impact", "## Cost\nnone\n\n## Impact"), postmortem.Merged{Text: ours}},
	{"a section that Firebreak gave up stays once a person wrote in it", edit(base, "## Impact", "## Cost\nnone\n\n## Impact"), edit(base, "## Impact", "## Cost\n42\n\n## Impact"), postmortem.Merged{
		Text: edit(ours, "## Impact", "## Cost\n42\n\n## Impact"),
	}},
	{"what closes up behind a section that goes stays apart", edit(base, "## Impact", "## Cost\nnone\n\n## Impact"), edit(base, "timeline 1\n\n## Impact\n", "timeline by hand\n## Cost\nnone\n\nImpact\n---\n"), postmortem.Merged{
		Text: edit(ours, "timeline 2\n\n## Impact\n", "timeline by hand\n\nImpact\n---\n"),
		Kept: []string{"Timeline"}, Behind: []string{"Timeline"},
	}},
	{"facts come to a page that never had any", "", "## Timeline\nby hand", postmortem.Merged{
		Text: edit(ours, "```mermaid\n## no heading\n```\ntimeline 2", "by hand"),
		Kept: []string{"Timeline"}, Behind: []string{"Timeline"},
	}},
	{"deleted facts stay deleted", base, edit(base, "facts 1\n\n", ""), postmortem.Merged{
		Text:    edit(ours, "facts 2\n\n", ""),
		Deleted: []string{"Facts"}, Behind: []string{"Facts"},
	}},
	{"an open fence hides what follows, and nothing is touched", "", "```\n## Summary\n", postmortem.Merged{
		Text: "```\n## Summary\n",
		Kept: []string{"Facts", "Summary", "Timeline", "Impact", "Lessons learned"}, Behind: []string{"Facts", "Summary", "Timeline", "Impact", "Lessons learned"},
	}},
}

func TestMerge(t *testing.T) {
	for _, c := range mergeCases {
		t.Run(c.name, func(t *testing.T) {
			got := postmortem.Merge(c.base, c.theirs, ours)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("merged (-want +got):\n%s", diff)
			}
			for name, base := range map[string]string{"the same base": c.base, "the new base": ours} {
				if again := postmortem.Merge(base, got.Text, ours); again.Text != got.Text {
					t.Errorf("merged again with %s:\n%s", name, cmp.Diff(got.Text, again.Text))
				}
			}
		})
	}
}
