package effects

import (
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// followUpBody returns the text of a new follow-up: why it is there, who has it
// until when, and where it belongs.
func (t *task) followUpBody(a workflow.Action, assignable bool) string {
	lines := []string{
		workflow.MarkFollowUp(t.inc.Key, a.ID),
		markdown.Inline(a.Text),
		"",
		fmt.Sprintf("Follow-up (%s) of incident #%d, %s.", orDash(a.Kind), t.inc.Place.Number, markdown.Inline(t.inc.Title)),
		"",
		"- Owner: " + owner(a, assignable),
	}
	if !a.Due.IsZero() {
		lines = append(lines, "- Due: "+a.Due.Format("2006-01-02"))
	}
	if p := t.priority(a); p != "" {
		lines = append(lines, "- Priority: "+p)
	}
	return strings.Join(lines, "\n") + "\n\n" + t.links(a) + "\n"
}

func owner(a workflow.Action, assignable bool) string {
	switch {
	case a.Owner == "":
		return "*nobody yet*"
	case !assignable:
		return markdown.User(a.Owner) + " (GitHub does not let this issue be assigned to them)"
	}
	return markdown.User(a.Owner)
}

const (
	linksStart = "<!-- firebreak:links -->"
	linksEnd   = "<!-- /firebreak:links -->"
)

// links is the part of the text that Firebreak keeps up to date: incident,
// post-mortem and the other follow-ups.
func (t *task) links(a workflow.Action) string {
	lines := []string{linksStart, fmt.Sprintf("- Incident: #%d", t.inc.Place.Number)}
	if page := t.inc.Postmortem.Page; page != "" {
		lines = append(lines, "- "+markdown.Link("Post-mortem", t.inc.Place.PageURL(page)))
	}
	var others []string
	for _, o := range t.inc.Actions {
		if o.Opened() && !o.Issue.Deleted && o.ID != a.ID {
			others = append(others, fmt.Sprintf("#%d", o.Issue.Number))
		}
	}
	if len(others) > 0 {
		lines = append(lines, "- Other follow-ups: "+strings.Join(others, ", "))
	}
	return strings.Join(append(lines, linksEnd), "\n")
}

// replaceLinks puts the links in the place of the old ones. Where a person took
// them out, the text stays as it is.
func replaceLinks(body, links string) string {
	before, rest, found := strings.Cut(body, linksStart)
	_, after, closed := strings.Cut(rest, linksEnd)
	if !found || !closed {
		return body
	}
	return before + links + after
}

// title returns an issue's title of an action item, at most 200 characters.
func title(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	if r := []rune(line); len(r) > 200 {
		return string(r[:199]) + "…"
	}
	return line
}

func orDash(s string) string {
	if s == "" {
		return "permanent"
	}
	return s
}
