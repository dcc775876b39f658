package postmortem

import (
	"slices"
	"strings"
)

// foldSeverity folds the changes of a severity that came back to what it was, such
// as P1 → P2 → P1. Those before and after keep their rows, and so do all of them
// where it never came back or where one does not follow from the other.
func foldSeverity(group []Entry) []Entry {
	values := []string{group[0].From}
	for n, e := range group {
		if e.From == e.To || n > 0 && e.From != group[n-1].To {
			return group
		}
		values = append(values, e.To)
	}
	from, to := cameBack(values)
	if from == to {
		return group
	}
	churn := group[from:to]
	row := churn[0]
	row.To = values[to]
	row.What = "severity " + chain(values[from:to+1]) + settled(churn) + reasons(churn)
	for _, e := range churn[1:] {
		if e.Who != "" && e.Who != row.Who && !slices.Contains(row.With, e.Who) {
			row.With = append(row.With, e.Who)
		}
	}
	return append(append(slices.Clone(group[:from]), row), group[to:]...)
}

// cameBack returns the places of the first value that comes again, and of the last
// that was there before; the same place twice if none comes again.
func cameBack(values []string) (from, to int) {
	from = slices.IndexFunc(values, func(v string) bool {
		n := slices.Index(values, v)
		return slices.Contains(values[n+1:], v)
	})
	if from < 0 {
		return 0, 0
	}
	for n := range values {
		if slices.Contains(values[:n], values[n]) {
			to = n
		}
	}
	return from, to
}

func chain(values []string) string {
	var names []string
	for _, v := range values {
		names = append(names, orText(v, "not classified"))
	}
	return strings.Join(names, " → ")
}

func settled(churn []Entry) string {
	if span := spanBetween(churn[0].At, churn[len(churn)-1].At); span != underMinute {
		return ", settled after " + span
	}
	return ", settled within a minute"
}

// reasons are what people said of the changes, none of which is lost.
func reasons(churn []Entry) string {
	var all []string
	for _, e := range churn {
		if e.About != "" && !slices.Contains(all, e.About) {
			all = append(all, e.About)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return ": " + strings.Join(all, "; ")
}
