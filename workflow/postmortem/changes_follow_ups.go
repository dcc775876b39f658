package postmortem

import (
	"regexp"
	"strings"
)

// FollowUpNews returns what became of follow-ups between two versions of a page,
// by their rows in the action items, in the page's order: "#43 closed", "#44
// opened", "#45 reopened", "#46 deleted".
func FollowUpNews(before, after string) []string {
	was := map[string]string{}
	for _, f := range followUpRows(before) {
		was[f.number] = f.state
	}
	var news []string
	for _, f := range followUpRows(after) {
		old, known := was[f.number]
		switch {
		case old == f.state:
		case f.state != Open:
			news = append(news, f.number+" "+f.state)
		case known:
			news = append(news, f.number+" reopened")
		default:
			news = append(news, f.number+" opened")
		}
	}
	return news
}

// followUpRow is an action item with its issue, "#43", and how far that is.
type followUpRow struct{ number, state string }

var (
	issueCell = regexp.MustCompile(`^\[?(?:[\w.-]+/[\w.-]+)?(#[0-9]{1,10})\b`)
	stateCell = regexp.MustCompile(`^(open|closed|deleted)\b`)
)

// followUpRows reads the action items' table: of each row the last cell that
// names an issue, and the last that says a state.
func followUpRows(page string) []followUpRow {
	actions, _ := find(distinct(split(page)), headingKey(HeadingActionItems))
	var out []followUpRow
	for _, row := range tableRows(actions.body) {
		var f followUpRow
		for _, cell := range strings.Split(row, "|") {
			cell = strings.TrimSpace(cell)
			if m := issueCell.FindStringSubmatch(cell); m != nil {
				f.number = m[1]
			}
			if m := stateCell.FindStringSubmatch(cell); m != nil {
				f.state = m[1]
			}
		}
		if f.number != "" && f.state != "" {
			out = append(out, f)
		}
	}
	return out
}
