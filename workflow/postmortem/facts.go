package postmortem

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

const (
	// maxTitle is GitHub's own bound for titles, in characters.
	maxTitle = 256
	// maxChanges bounds how many changes of severity the facts name.
	maxChanges = 5
	maxRoles   = 10
)

// facts renders what stands before the first heading: what the incident is, and
// when what happened.
func (r renderer) facts() string {
	rows := []string{
		row("Incident", r.title()),
		row("Severity", r.severity()),
		row("Affected systems", r.systems()),
		row("Time to acknowledge · mitigate · resolve", r.times()),
	}
	for _, role := range r.d.Roles[:min(len(r.d.Roles), maxRoles)] {
		rows = append(rows, row(fit(capital(role.Name), 100, markdown.Cell), r.who("@"+strings.TrimPrefix(role.Login, "@"))))
	}
	rows = append(rows, r.evidenceRows()...)
	if len(r.d.Actions) > 0 {
		rows = append(rows, row("Follow-ups", r.followUps()))
	}
	if redacted := r.redacted(); redacted != "" {
		rows = append(rows, row("Redacted", redacted))
	}
	return "| | |\n|---|---|\n" + strings.Join(rows, "") + "\n" + r.moments()
}

func row(cells ...string) string { return "| " + strings.Join(cells, " | ") + " |\n" }

func (r renderer) title() string {
	return numbered(r.d.Number, markdown.Clip(r.d.Title, maxTitle), r.d.IssueURL)
}

// severity shows the severity, and what it was before.
func (r renderer) severity() string {
	now := "*not classified yet: `/incident severity P1`*"
	if r.d.Severity != "" {
		now = "**" + fit(r.d.Severity, 100, markdown.Cell) + "**"
	}
	var before []string
	changes := r.d.settledChanges()
	for _, c := range changes[max(0, len(changes)-maxChanges):] {
		if c.From != "" {
			before = append(before, r.severityChange(c))
		}
	}
	if len(before) == 0 {
		return now
	}
	return now + " (" + strings.Join(before, "; ") + ")"
}

// settledChanges are the changes of severity without those that came back to what
// it was at once.
func (d Document) settledChanges() []SeverityChange {
	var entries []Entry
	for _, c := range d.SeverityChanges {
		entries = append(entries, Entry{At: c.At, Kind: KindSeverity, From: c.From, To: c.To, Who: c.By, About: c.Reason})
	}
	var settled []SeverityChange
	for _, e := range fold(entries) {
		if e.From != e.To {
			settled = append(settled, SeverityChange{At: e.At, From: e.From, To: e.To, By: e.Who, Reason: e.About})
		}
	}
	return settled
}

func (r renderer) severityChange(c SeverityChange) string {
	text := fit(c.From, 100, markdown.Cell) + " until " + r.dates.utc(c.At)
	if c.By != "" {
		text += ", " + r.who(c.By)
	}
	if c.Reason != "" {
		text += ": " + fit(c.Reason, 300, markdown.Cell)
	}
	return text
}

func (r renderer) systems() string {
	if systems := fit(r.d.Systems, r.share(2), markdown.Cell); systems != "" {
		return systems
	}
	return "*not stated yet: `/incident systems …`*"
}

// followUps counts the follow-up issues by what became of them.
func (r renderer) followUps() string {
	opened, closed := 0, 0
	for _, a := range r.d.Actions {
		if a.State != "" {
			opened++
		}
		if a.State == Closed {
			closed++
		}
	}
	unopened := len(r.d.Actions) - opened
	switch {
	case opened == 0:
		return fmt.Sprintf("%d not opened yet", unopened)
	case unopened == 0:
		return fmt.Sprintf("%d of %d closed", closed, opened) + r.followUpLinks()
	}
	return fmt.Sprintf("%d of %d closed%s; %d not opened yet", closed, opened, r.followUpLinks(), unopened)
}

// followUpLinks lists the issues that were opened, the first of them.
func (r renderer) followUpLinks() string {
	links, shown := "", 0
	for _, a := range r.d.Actions {
		link := issueLink(a)
		switch {
		case link == "":
		case shown == maxEvidence || len(links)+len(link) > r.share(2):
			return links + ", …"
		case shown == 0:
			links, shown = ": "+link, 1
		default:
			links, shown = links+", "+link, shown+1
		}
	}
	return links
}

// redacted says how much of which kind was taken out of the texts.
func (r renderer) redacted() string {
	var kinds []string
	for _, kind := range slices.Sorted(maps.Keys(r.d.Redacted)) {
		if n := r.d.Redacted[kind]; n > 0 && len(kinds) < 20 {
			kinds = append(kinds, fmt.Sprintf("%d × %s", n, fit(kind, 100, markdown.Cell)))
		}
	}
	return strings.Join(kinds, ", ")
}

// capital begins a name with a capital letter.
func capital(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + name[size:]
}
