package postmortem

import (
	"fmt"
	"slices"
	"time"
)

// total adds up the incidents of one severity.
type total struct {
	severity  string
	incidents int
	durations []time.Duration
	open, all int
}

func (t *total) add(r IndexRow) {
	t.incidents++
	t.open += r.OpenFollowUps
	t.all += r.FollowUps
	if r.Duration > 0 {
		t.durations = append(t.durations, r.Duration)
	}
}

// indexTotals renders the totals by severity, and over all.
func indexTotals(rows []IndexRow) string {
	by := map[string]*total{}
	sum := total{severity: "**all**"}
	for _, r := range rows {
		name := severityName(r.Severity)
		if by[name] == nil {
			by[name] = &total{severity: name}
		}
		by[name].add(r)
		sum.add(r)
	}
	text := "| severity | incidents | median duration | follow-ups open | follow-ups closed |\n|---|---|---|---|---|\n"
	for _, name := range []string{"P0", "P1", "P2", "P3", unclassified} {
		if by[name] != nil {
			text += by[name].row()
		}
	}
	return text + sum.row()
}

const unclassified = "*not classified*"

func severityName(severity string) string {
	switch severity {
	case "P0", "P1", "P2", "P3":
		return severity
	}
	return unclassified
}

func (t total) row() string {
	return row(t.severity, fmt.Sprint(t.incidents), t.median(), fmt.Sprint(t.open), fmt.Sprint(t.all-t.open))
}

// median is that of the durations known.
func (t total) median() string {
	if len(t.durations) == 0 {
		return "–"
	}
	slices.Sort(t.durations)
	middle := len(t.durations) / 2
	if len(t.durations)%2 == 1 {
		return Span(t.durations[middle])
	}
	return Span((t.durations[middle-1] + t.durations[middle]) / 2)
}
