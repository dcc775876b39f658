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
		workflow.MarkFollowUp(t.inc.Marker(), a.ID),
		markdown.Inline(a.Text),
		"",
		fmt.Sprintf("Follow-up (%s) of incident #%d, %s.", orDash(a.Kind), t.inc.Place.Number, markdown.Inline(t.inc.Title)),
		"",
		"- Owner: " + owner(a, assignable),
	}
	if !a.Due.IsZero() {
		lines = append(lines, workflow.MarkDue(a.Due))
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
	home := a.Issue.Home
	incident := fmt.Sprintf("#%d", t.inc.Place.Number)
	if home != (workflow.Home{}) {
		incident = t.inc.Place.Ref()
	}
	lines := []string{linksStart, "- Incident: " + incident}
	if page := t.inc.Postmortem.Page; page != "" {
		lines = append(lines, "- "+markdown.Link("Post-mortem", t.inc.Place.PageURL(page)))
	} else if page := t.inc.Postmortem.URL; page != "" {
		lines = append(lines, "- "+markdown.Link("Post-mortem", page))
	}
	var others []string
	for _, o := range t.inc.Actions {
		if o.Opened() && !o.Issue.Deleted && o.ID != a.ID {
			others = append(others, t.refFrom(home, o.Issue))
		}
	}
	if len(others) > 0 {
		lines = append(lines, "- Other follow-ups: "+strings.Join(others, ", "))
	}
	return strings.Join(append(lines, linksEnd), "\n")
}

// refFrom is how a follow-up's text refers to another: by its number within a
// repository, with the repository's name across.
func (t *task) refFrom(home workflow.Home, other workflow.FollowUp) string {
	switch {
	case home.Repository == other.Home.Repository:
		return fmt.Sprintf("#%d", other.Number)
	case other.Home == workflow.Home{}:
		other.Home = workflow.Home{Owner: t.inc.Place.Owner, Repo: t.inc.Place.Repo}
	}
	return refTo(other)
}

func refTo(f workflow.FollowUp) string {
	if f.Home == (workflow.Home{}) {
		return fmt.Sprintf("#%d", f.Number)
	}
	return fmt.Sprintf("%s/%s#%d", f.Home.Owner, f.Home.Repo, f.Number)
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
