package postmortem

import (
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// What stands for an owner and a date that nobody gave.
const (
	nobody = "*nobody yet*"
	noDate = "*no date*"
)

// actions renders the action items with what became of them.
func (r renderer) actions() string {
	if len(r.d.Actions) == 0 {
		return noActions + "\n"
	}
	limit := r.share(22)
	table, left := fitAll(len(r.d.Actions), limit, func(i int) string { return r.action(r.d.Actions[i], limit/4) })
	return "| kind | what | owner | priority | due | issue | state |\n|---|---|---|---|---|---|---|\n" +
		table + r.leftOut(left, fmt.Sprintf("%d action items are", len(r.d.Actions)))
}

func (r renderer) action(a Action, limit int) string {
	return row(
		fit(a.Kind, 100, markdown.Cell),
		fit(a.Text, limit/2, markdown.Cell),
		r.owner(a),
		fit(a.Priority, 100, markdown.Cell),
		due(a),
		issueLink(a),
		r.state(a, limit/4),
	)
}

func (r renderer) owner(a Action) string {
	login := strings.TrimPrefix(a.Owner, "@")
	if login == "" {
		return nobody
	}
	return r.who("@" + login)
}

func due(a Action) string {
	if a.Due.IsZero() {
		return noDate
	}
	return a.Due.Format(onlyDate)
}

func issueLink(a Action) string {
	if a.Number == 0 {
		return ""
	}
	return numbered(a.Number, "", a.URL)
}

// state says how far the follow-up is, and what is wrong with it.
func (r renderer) state(a Action, limit int) string {
	problem := fit(a.Problem, limit, markdown.Cell)
	state := "**not opened yet**"
	switch {
	case a.State == Closed && !a.ClosedAt.IsZero():
		state = "closed " + a.ClosedAt.UTC().Format(onlyDate)
	case a.State != "":
		state = fit(a.State, 100, markdown.Cell)
	}
	if problem == "" {
		return state
	}
	return state + ": " + problem
}
