package postmortem

import (
	"fmt"
	"slices"
	"time"
)

// indexDefinitions says what the totals count.
const indexDefinitions = "*Times count from detection: until the first tick, severity, role or command of somebody other than who declared the incident; " +
	"until it was mitigated, as stated, else when 3.2 Verified was first ticked; until it was resolved, as stated, else when its issue was first closed, " +
	"since it was last reopened. Each is the mean · the median of the incidents that got so far.*"

// severityNames are the rows of the totals and the columns of the months, in their
// order.
var severityNames = []string{"P0", "P1", "P2", "P3", unclassified}

const unclassified = "*not classified*"

func severityName(severity string) string {
	if severity != unclassified && slices.Contains(severityNames, severity) {
		return severity
	}
	return unclassified
}

// total adds up the incidents of one severity.
type total struct {
	severity                          string
	incidents                         int
	acknowledged, mitigated, resolved []time.Duration
	open, all                         int
}

func (t *total) add(r IndexRow) {
	t.incidents++
	t.open += r.OpenFollowUps
	t.all += r.FollowUps
	for _, d := range []struct {
		list *[]time.Duration
		span time.Duration
	}{{&t.acknowledged, r.Acknowledged}, {&t.mitigated, r.Mitigated}, {&t.resolved, r.Duration}} {
		if d.span > 0 {
			*d.list = append(*d.list, d.span)
		}
	}
}

// indexTotals renders the totals by severity, and over all, drawn too.
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
	text := "## By severity\n"
	if len(rows) >= fewestDrawn {
		text += severityPie(by) + "\n"
	}
	text += "| severity | incidents | to acknowledge | to mitigate | to resolve | follow-ups open | follow-ups closed |\n|---|---|---|---|---|---|---|\n"
	for _, name := range severityNames {
		if by[name] != nil {
			text += by[name].row()
		}
	}
	return text + sum.row() + "\n" + indexDefinitions + "\n"
}

func (t total) row() string {
	return row(t.severity, fmt.Sprint(t.incidents), meanMedian(t.acknowledged), meanMedian(t.mitigated), meanMedian(t.resolved),
		fmt.Sprint(t.open), fmt.Sprint(t.all-t.open))
}

// meanMedian shows both of the durations known.
func meanMedian(durations []time.Duration) string {
	if len(durations) == 0 {
		return "–"
	}
	return Span(mean(durations)) + " · " + Span(median(durations))
}

func mean(durations []time.Duration) time.Duration {
	sum := 0.0
	for _, d := range durations {
		sum += float64(d) / float64(len(durations))
	}
	return time.Duration(sum)
}

func median(durations []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(durations))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return sorted[middle-1] + (sorted[middle]-sorted[middle-1])/2
}
