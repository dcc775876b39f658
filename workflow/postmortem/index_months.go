package postmortem

import (
	"fmt"
	"slices"
	"strings"
)

// maxMonths bounds how many months are shown: the last that have incidents.
const maxMonths = 12

// month counts the incidents declared in one month, by severity.
type month struct {
	name string // "2026-11"; empty: not known
	by   map[string]int
	all  int
}

// indexMonths renders how many incidents were declared in which month, drawn too.
// Months come from the incidents alone: none is shown for having passed.
func indexMonths(rows []IndexRow) string {
	months := countMonths(rows)
	if len(months) == 0 {
		return ""
	}
	text := "\n## By month\n"
	if len(rows) >= fewestDrawn {
		text += monthBars(months) + "\n"
	}
	head := append([]string{"declared in"}, severityNames...)
	text += row(append(head, "**all**")...) + "|" + strings.Repeat("---|", len(head)+1) + "\n"
	for _, m := range slices.Backward(months) {
		text += m.row()
	}
	return text
}

// countMonths returns the last months that have incidents, the oldest first.
func countMonths(rows []IndexRow) []month {
	var months []month
	for _, r := range rows {
		if r.Declared.IsZero() {
			continue
		}
		name := r.Declared.UTC().Format("2006-01")
		at := slices.IndexFunc(months, func(m month) bool { return m.name == name })
		if at < 0 {
			at = len(months)
			months = append(months, month{name: name, by: map[string]int{}})
		}
		months[at].by[severityName(r.Severity)]++
		months[at].all++
	}
	slices.SortFunc(months, func(a, b month) int { return strings.Compare(a.name, b.name) })
	return months[max(0, len(months)-maxMonths):]
}

func (m month) row() string {
	cells := []string{m.name}
	for _, name := range severityNames {
		cells = append(cells, fmt.Sprint(m.by[name]))
	}
	return row(append(cells, fmt.Sprint(m.all))...)
}
