package postmortem

import (
	"slices"
	"strings"
	"time"
)

// foldWithin is how long after the first of them entries still go into one row.
// It counts from the first, so that a row is settled once that time is over:
// publishing again does not rewrite it, and what people changed in it stays theirs.
const foldWithin = 5 * time.Minute

// fold puts entries that say little by themselves into one row: what one person
// ticked in one go with the phases that follow from it, who was assigned, and a
// severity that comes back to what it was. Marked entries and all other kinds,
// notes above all, keep a row each. The row stands where its first entry stood,
// with that one's time and evidence; entries are by time already.
func fold(entries []Entry) []Entry {
	var rows []Entry
	for _, g := range groups(entries) {
		rows = append(rows, foldGroup(g)...)
	}
	// A group that is not folded after all may hold what comes after the next.
	slices.SortStableFunc(rows, func(a, b Entry) int { return a.At.Compare(b.At) })
	return rows
}

// groups puts together what may go into one row, by the first of each.
func groups(entries []Entry) [][]Entry {
	var groups [][]Entry
	open := map[string]int{}
	for _, e := range entries {
		key := e.foldKey()
		at, found := open[key]
		if key != "" && found && within(groups[at], e) {
			groups[at] = append(groups[at], e)
			continue
		}
		open[key] = len(groups)
		groups = append(groups, []Entry{e})
	}
	return groups
}

// foldKey is the same for entries that may go into one row; empty: into none.
func (e Entry) foldKey() string {
	switch {
	case e.mark() != "" || e.At.IsZero():
		return ""
	case e.Kind == KindTick || e.Kind == KindPhase:
		return "progress " + e.Who
	case e.Kind == KindAssigned:
		return "assigned " + e.Who
	case e.Kind == KindSeverity:
		return "severity"
	}
	return ""
}

func within(group []Entry, e Entry) bool { return e.At.Sub(group[0].At) <= foldWithin }

func foldGroup(group []Entry) []Entry {
	first := group[0]
	switch {
	case first.foldKey() == "" || first.Kind != KindTick && len(group) == 1:
		return group
	case first.Kind == KindSeverity:
		return foldSeverity(group)
	case first.Kind == KindAssigned:
		first.What = assignments(group)
	default:
		first.What = progress(group)
	}
	return []Entry{first}
}

// progress says what was ticked and unticked, and which phases followed:
// "ticked 2.1 affected systems, 2.2 user impact; phase triage → mitigate".
func progress(group []Entry) string {
	var ticks []Entry
	var phases []string
	for _, e := range group {
		if e.Kind == KindTick {
			ticks = append(ticks, e)
			continue
		}
		if len(phases) == 0 {
			phases = append(phases, e.From)
		}
		phases = append(phases, e.To)
	}
	words := [4]string{"ticked ", "unticked ", "ticked and unticked ", "unticked and ticked again "}
	if group[0].Who == "" {
		words[0] = "found ticked "
	}
	parts := outcomes(ticks, words)
	if len(phases) > 0 {
		parts = append(parts, "phase "+strings.Join(phases, " → "))
	}
	return strings.Join(parts, "; ")
}

func assignments(group []Entry) string {
	return strings.Join(outcomes(group, [4]string{
		"assigned to ", "no longer assigned to ", "assigned and unassigned ", "unassigned and assigned again ",
	}), "; ")
}

// outcomes names what entries are about by what became of it in the end: on, off,
// on and off again, off and on again.
func outcomes(entries []Entry, words [4]string) []string {
	var about [4][]string
	for n, e := range entries {
		same := func(o Entry) bool { return o.About == e.About }
		if slices.IndexFunc(entries, same) < n {
			continue
		}
		last := e
		for _, o := range entries[n:] {
			if same(o) {
				last = o
			}
		}
		at := map[[2]bool]int{{false, false}: 0, {true, true}: 1, {false, true}: 2, {true, false}: 3}[[2]bool{e.Off, last.Off}]
		about[at] = append(about[at], e.About)
	}
	var parts []string
	for at, names := range about {
		if len(names) > 0 {
			parts = append(parts, words[at]+strings.Join(names, ", "))
		}
	}
	return parts
}
