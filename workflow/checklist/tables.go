package checklist

import (
	"fmt"
	"sort"
	"strings"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

const (
	severitiesTop  = "| | means | for example |"
	doneTitle      = "**Definition of done**"
	followUpsTitle = "Follow-ups"
	timelineTitle  = "Timeline"
	commandsTitle  = "Commands"

	foldOpens  = "<details><summary>"
	foldCloses = "</details>"

	maxFollowUps = 100
	maxCell      = 500
)

func severityTable(d Definition) string {
	var b strings.Builder
	b.WriteString(severitiesTop + "\n|---|---|---|")
	for _, s := range d.Severities {
		fmt.Fprintf(&b, "\n| **%s** | %s | %s |", markdown.Cell(s.Name), markdown.Cell(s.Means), markdown.Cell(s.Examples))
	}
	return b.String()
}

// fold puts content away under a title. The blank lines let it be Markdown.
func fold(title, content string) string {
	return foldOpens + title + "</summary>\n\n" + content + "\n\n" + foldCloses
}

// followUps renders the action items and where they stand; nothing if there are
// none.
func followUps(v View) string {
	if len(v.FollowUps) == 0 {
		return ""
	}
	closed := 0
	var b strings.Builder
	b.WriteString("| issue | what | owner | due | state |\n|---|---|---|---|---|")
	for n, f := range v.FollowUps {
		if f.Closed {
			closed++
		}
		if n < maxFollowUps {
			b.WriteString("\n" + followUpRow(v, f))
		}
	}
	if more := len(v.FollowUps) - maxFollowUps; more > 0 {
		fmt.Fprintf(&b, "\n\n*%d more are not shown here.*", more)
	}
	return fold(fmt.Sprintf("%s (%d of %d closed)", followUpsTitle, closed, len(v.FollowUps)), b.String())
}

func followUpRow(v View, f FollowUp) string {
	issue, state, owner, due := "", "not opened yet", "*nobody yet*", ""
	if f.Number > 0 {
		issue, state = markdown.Link(fmt.Sprintf("#%d", f.Number), f.URL), "open"
	}
	if f.Closed {
		state = "closed"
	}
	if f.Owner != "" {
		owner = v.user(f.Owner)
	}
	if !f.Due.IsZero() {
		due = f.Due.UTC().Format("2006-01-02")
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s |", issue, markdown.Cell(markdown.Clip(f.Text, maxCell)), owner, due, state)
}

// timelineRows renders the rows of the timeline in order of time, one string
// each.
func timelineRows(v View) []string {
	sorted := append([]Row(nil), v.Timeline...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].At.Before(sorted[j].At) })
	rows := make([]string, len(sorted))
	for n, r := range sorted {
		what := markdown.Cell(markdown.Clip(r.What, maxCell))
		if link := markdown.Link("link", r.URL); strings.HasPrefix(link, "[") {
			what += " (" + link + ")"
		}
		rows[n] = fmt.Sprintf("\n| %s | %s | %s |", moment(r.At, v.DeclaredAt), what, v.user(r.Who))
	}
	return rows
}

// timeline renders the rows but for the first so many, and says so.
func timeline(rows []string, leftOut int) string {
	if len(rows) == 0 {
		return ""
	}
	table := "| UTC | what | who |\n|---|---|---|" + strings.Join(rows[leftOut:], "")
	if leftOut == len(rows) {
		table = ""
	}
	if leftOut > 0 {
		table = strings.TrimSpace(fmt.Sprintf("*%d earlier entries are left out here for want of room.*\n\n%s", leftOut, table))
	}
	return fold(fmt.Sprintf("%s (%d)", timelineTitle, len(rows)), table)
}

// commands folds the commands away. They are Firebreak's own words, set with
// the same care as anybody's.
func commands(v View) string {
	text := markdown.Block(v.Commands)
	if text == "" {
		return ""
	}
	return fold(commandsTitle, text)
}
