package postmortem

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// leastTable is what the table needs to say anything, in bytes. Where the drawing
// leaves less, it goes: the table has the evidence.
const leastTable = 1000

// timeline renders the drawing and the table within limit bytes.
func (r renderer) timeline(limit int) string {
	entries := r.sorted()
	if len(entries) == 0 {
		return noTimeline + "\n"
	}
	drawing := r.drawing(entries)
	if len(drawing) > limit-leastTable {
		return r.table(entries, limit)
	}
	return drawing + "\n" + r.table(entries, limit-len(drawing)-1)
}

// sorted returns the entries by time, with the noise folded. Those of the same
// moment stay in order.
func (r renderer) sorted() []Entry {
	entries := slices.Clone(r.d.Timeline)
	slices.SortStableFunc(entries, func(a, b Entry) int { return a.At.Compare(b.At) })
	return fold(entries)
}

// table renders as many entries as fit, those that matter most first, and says
// how many are left out.
func (r renderer) table(entries []Entry, limit int) string {
	head := r.tableHead()
	leftOut := r.leftOut(len(entries), fmt.Sprintf("%d entries are", len(entries)))
	rows := make([]string, len(entries))
	for i, e := range entries {
		rows[i] = r.entry(e)
	}
	chosen := choose(entries, rows, limit-len(head)-len(leftOut))
	var b strings.Builder
	b.WriteString(head)
	n := 0
	for i, row := range rows {
		if chosen[i] {
			b.WriteString(row)
			n++
		}
	}
	b.WriteString(r.leftOut(len(entries)-n, fmt.Sprintf("%d entries are", len(entries))))
	return b.String()
}

// choose picks the rows to show within limit bytes: by rank, then by time.
func choose(entries []Entry, rows []string, limit int) []bool {
	chosen := make([]bool, len(rows))
	for _, i := range byRank(entries) {
		if limit -= len(rows[i]); limit < 0 {
			break
		}
		chosen[i] = true
	}
	return chosen
}

// byRank orders entries by how much they matter: the marked ones, the major
// ones, the rest; each as they came.
func byRank(entries []Entry) []int {
	order := make([]int, len(entries))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return entries[a].rank() - entries[b].rank() })
	return order
}

func (e Entry) rank() int {
	switch {
	case e.mark() != "":
		return 0
	case e.Major:
		return 1
	}
	return 2
}

// mark returns the entry's mark if it is one that is known.
func (e Entry) mark() string {
	switch e.Mark {
	case MarkDetected, MarkMitigated, MarkResolved:
		return e.Mark
	}
	return ""
}

func (r renderer) tableHead() string {
	head := []string{r.dates.heading()}
	if r.dates.zone != nil {
		head = append(head, fit(r.dates.zone.String(), 100, markdown.Cell))
	}
	head = append(head, "what", "who", "evidence")
	return row(head...) + "|" + strings.Repeat("---|", len(head)) + "\n"
}

// entry renders one row, with its moment in bold if it is marked.
func (r renderer) entry(e Entry) string {
	when, what := r.dates.utc(e.At), fit(e.What, r.share(1), markdown.Cell)
	if mark := e.mark(); mark != "" {
		when, what = "**"+when+"**", markedText(mark, what)
	}
	cells := []string{when}
	if r.dates.zone != nil {
		cells = append(cells, r.dates.local(e.At))
	}
	return row(append(cells, what, r.people(e), evidence(e))...)
}

// people shows who an entry is by.
func (r renderer) people(e Entry) string {
	shown := []string{r.who(e.Who)}
	for _, other := range e.With[:min(len(e.With), maxRoles)] {
		shown = append(shown, r.who(other))
	}
	return strings.Join(shown, ", ")
}

// markedText sets the mark in bold before the text, or in it if it begins so.
func markedText(mark, what string) string {
	rest, found := cutFold(what, mark)
	switch {
	case found:
		return "**" + mark + "**" + rest
	case what == "":
		return "**" + mark + "**"
	}
	return "**" + mark + "**: " + what
}

// cutFold is strings.CutPrefix for a whole word whose case does not count.
func cutFold(text, word string) (string, bool) {
	if len(text) < len(word) || !strings.EqualFold(text[:len(word)], word) {
		return text, false
	}
	rest := text[len(word):]
	return rest, rest == "" || strings.ContainsAny(rest[:1], " ,:;.")
}

func evidence(e Entry) string {
	if link, ok := linked(markdown.Clip(orText(e.Evidence, "link"), 60), e.URL); ok {
		return link
	}
	return ""
}
