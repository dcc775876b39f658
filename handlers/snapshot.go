package handlers

import (
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
	"github.com/firebreak-app/firebreak/workflow/sections"
)

// maxProblems bounds how many items that were not understood are named.
const maxProblems = 10

// maxTitle bounds a title in characters; GitHub's own bound is 256.
const maxTitle = 256

// snapshot reads the issue as the delivery shows it, its texts past the gate.
func (b *Base) snapshot(p payload) (*workflow.Snapshot, error) {
	found := redact.Findings{}
	title, err := b.clean(p.Issue.Title, found)
	if err != nil {
		return nil, err
	}
	body, err := b.clean(p.Issue.Body, found)
	if err != nil {
		return nil, err
	}
	s := &workflow.Snapshot{
		Place: p.place(), Title: oneLine(title), Author: p.Issue.User.person(), Created: p.Issue.CreatedAt,
		Closed: p.Issue.State == "closed", Redacted: found,
	}
	for _, l := range p.Issue.Labels {
		s.Labels = append(s.Labels, l.Name)
	}
	b.readBody(s, body, p)
	return s, b.cleanBody(s)
}

// cleanBody passes what was read of the body through the gate once more.
func (b *Base) cleanBody(s *workflow.Snapshot) error {
	texts := []*string{&s.Body.Summary, &s.Body.Systems}
	for _, list := range [][]string{s.Body.Impact, s.Body.Causes, s.Body.Lessons, s.Problems} {
		for n := range list {
			texts = append(texts, &list[n])
		}
	}
	for n := range s.Actions {
		texts = append(texts, &s.Actions[n].Text)
	}
	for n := range s.Body.Links {
		texts = append(texts, &s.Body.Links[n].Text, &s.Body.Links[n].URL)
	}
	return b.again(texts...)
}

// clean passes a text through the gate and adds what was found. A NUL, which
// nobody sees, goes: PostgreSQL keeps none in a job, and it would part a token.
func (b *Base) clean(text string, found redact.Findings) (string, error) {
	out, f, err := b.Gate.Clean(strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", ""))
	if err != nil {
		return "", err
	}
	found.Add(f)
	return out, nil
}

// readBody takes what the issue's headed sections say, an issue form's output.
func (b *Base) readBody(s *workflow.Snapshot, body string, p payload) {
	parts := sections.Parse(body)
	s.Body = workflow.Body{
		Summary: text(parts, "summary", "what happened", "description"),
		Systems: oneLine(text(parts, "affected systems", "systems", "components")),
		Impact: impact{
			whole:    named("impact"),
			users:    named("user impact", "customer impact", "users", "customers", "affected users", "users affected", "affected customers"),
			business: named("business impact", "business"),
			data:     named("data impact", "data", "data loss"),
		}.read(parts),
		Causes:  list(parts, "root cause", "cause"),
		Lessons: list(parts, "lessons learned", "lessons"),
	}
	opts := command.Options{Now: p.Issue.CreatedAt, Zone: b.Zone, Severities: b.severities()}
	actions, _ := parts.Find("action items", "follow-ups", "follow-up actions")
	for _, item := range actions.Items {
		a, problem := command.ParseAction(item, opts)
		if problem != nil {
			if len(s.Problems) == maxProblems {
				continue
			}
			s.Problems = append(s.Problems, fmt.Sprintf("In the issue's list of action items, `%s`: %s", quoted(item), problem))
			continue
		}
		s.Actions = append(s.Actions, workflow.NewAction(a))
	}
	b.readStated(s, parts, opts, stated{
		severity: named("severity"),
		started:  named("started", "start", "start time", "since when"),
		detected: named("detected", "detection", "noticed"),
		links:    named("links", "evidence", "dashboards"),
	})
}

// text returns what a section says, cut to what a command may say.
func text(parts sections.Sections, names ...string) string {
	s, _ := parts.Find(names...)
	return bounded(s.Text)
}

// list returns a section's items, or its whole text where it lists none.
func list(parts sections.Sections, names ...string) []string {
	s, _ := parts.Find(names...)
	if len(s.Items) == 0 && s.Text != "" {
		return []string{bounded(s.Text)}
	}
	var out []string
	for _, item := range s.Items {
		out = append(out, bounded(item))
	}
	return out
}

func (b *Base) severities() []string {
	var names []string
	for _, s := range b.Rules.Definition.Severities {
		names = append(names, s.Name)
	}
	return names
}

// quoted puts an item into a code span, the start of it.
func quoted(item string) string {
	line := strings.ReplaceAll(oneLine(item), "`", "'")
	if r := []rune(line); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return line
}

// oneLine puts a text past the gate on one line and cuts it. A text is cut after
// the gate, never before: half a token would slip through.
func oneLine(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	if r := []rune(line); len(r) > maxTitle {
		return string(r[:maxTitle-1]) + "…"
	}
	return line
}

// bounded cuts a section of the issue's text to what a command may say.
func bounded(text string) string {
	if r := []rune(text); len(r) > command.MaxText {
		return string(r[:command.MaxText-1]) + "…"
	}
	return text
}
