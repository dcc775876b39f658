package postmortem_test

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
	"github.com/google/go-cmp/cmp"
)

// filled lists the headings under which has says yes.
func filled(has func(heading string) bool) string {
	var list []string
	for _, heading := range append([]string{"Facts", "Cost"}, allHeadings...) {
		if has(heading) {
			list = append(list, heading)
		}
	}
	return strings.Join(list, ", ")
}

func TestFilled(t *testing.T) {
	all := strings.Join(allHeadings, ", ")
	lasted := sparseIncident()
	lasted.Mitigated = at("10:00")
	blank := postmortem.Document{Causes: []string{" \n"}, Impact: []string{""}}
	for name, c := range map[string]struct {
		d              postmortem.Document
		document, page string
	}{
		"everything is known": {fullIncident(), all, all},
		"hardly anything":     {sparseIncident(), "Summary, Timeline", "Summary, Timeline"},
		"how long it was":     {lasted, "Summary, Timeline, Impact", "Summary, Timeline, Impact"},
		"nothing but blanks":  {blank, "", "Summary"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.document, filled(c.d.Filled)); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
			page := postmortem.Render(c.d)
			got := filled(func(heading string) bool { return postmortem.Filled(page, heading) })
			if diff := cmp.Diff(c.page, got); diff != "" {
				t.Errorf("page (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAPageIsFilledByPeopleToo(t *testing.T) {
	page := postmortem.Render(sparseIncident())
	_, cause, _ := strings.Cut(page, "## Root cause\n")
	cause, _, _ = strings.Cut(cause, "\n\n## ")
	for name, c := range map[string]struct {
		page string
		want bool
	}{
		"what is missing is told":         {page, false},
		"what is missing is still told":   {crlf(page), false},
		"what is missing was taken out":   {edit(page, cause, " "), false},
		"what is missing was replaced":    {edit(page, cause, "The year was a constant."), true},
		"something was written before it": {edit(page, cause, "The year.\n"+cause), true},
		"the section was taken out":       {edit(page, "## Root cause\n"+cause, ""), false},
		"the section was renamed":         {edit(page, "## Root cause\n"+cause, "## Why\nThe year."), false},
		"it stands in code alone":         {edit(page, cause, "") + "\n```\n## Root cause\nx\n```\n", false},
		"there is no page":                {"", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := postmortem.Filled(c.page, postmortem.HeadingRootCause); got != c.want {
				t.Errorf("got %v, want %v, in:\n%s", got, c.want, c.page)
			}
		})
	}
}
