package postmortem

import (
	"slices"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// definitions says how the durations come about, once for all of them.
const definitions = "*Durations count from detection. Acknowledged: the first tick, severity, role or command of somebody other than who declared it. " +
	"Mitigated: as stated, else when 3.2 Verified was first ticked. Resolved: as stated, else when the issue was first closed, since it was last reopened.*"

// moment is one of the incident's times.
type moment struct {
	name string
	at   time.Time
	// from says how a time is known, ask what makes an unknown one known. Both are
	// Markdown of this project's own.
	from, ask string
}

// inferred sets off that nobody said so.
const inferred = "*inferred:* "

func (r renderer) momentList() []moment {
	d := r.d
	list := []moment{
		{"Started", d.Started, "stated", "`/incident started 11:40`"},
		{"Detected", d.detected(), known(d.DetectedStated, inferred+"the declaration; if it was earlier, `/incident detected 11:52`"), ""},
		{"Declared", d.Declared, r.by("", d.DeclaredBy), ""},
		{"Acknowledged", d.Acknowledged, r.by("first act ", d.AcknowledgedBy), "whoever else ticks, classifies or comments a command"},
		{"Mitigated", d.Mitigated, known(d.MitigatedStated, inferred+"3.2 Verified was first ticked"), "tick 3.2, or `/incident mitigated 12:47`"},
	}
	if d.Reopened > 0 {
		at := len(list)
		if d.ReopenedAt.Before(d.Mitigated) {
			at--
		}
		list = slices.Insert(list, at, moment{"Reopened", d.ReopenedAt, r.reopened(), ""})
	}
	return append(list, moment{"Resolved", d.Resolved, known(d.ResolvedStated, inferred+d.closed()), "close the issue, or `/incident resolved 13:30`"})
}

// moments renders the table of the incident's times.
func (r renderer) moments() string {
	head := []string{"", r.dates.heading()}
	if r.dates.zone != nil {
		head = append(head, fit(r.dates.zone.String(), 100, markdown.Cell))
	}
	head = append(head, "after detection", "known from")
	table := row(head...) + "|" + strings.Repeat("---|", len(head)) + "\n"
	for _, m := range r.momentList() {
		table += r.moment(m)
	}
	return table + "\n" + definitions + "\n"
}

// moment renders one row: when it was, and how long after the detection.
func (r renderer) moment(m moment) string {
	cells := []string{m.name, notYet}
	from := m.ask
	if m.name == "Started" {
		cells[1] = "not stated"
	}
	if !m.at.IsZero() {
		cells[1], from = r.dates.utc(m.at), m.from
	}
	if r.dates.zone != nil {
		cells = append(cells, "")
		if !m.at.IsZero() {
			cells[2] = r.dates.local(m.at)
		}
	}
	span := ""
	if detected := r.d.detected(); !m.at.IsZero() && !detected.IsZero() && !m.at.Equal(detected) {
		span = spanBetween(detected, m.at)
	}
	return row(append(cells, span, from)...)
}

// known says how a time is known that was stated, or else inferred.
func known(stated bool, otherwise string) string {
	if stated {
		return "stated"
	}
	return otherwise
}

// by says who did something, if that is known.
func (r renderer) by(what, who string) string {
	if who == "" {
		return ""
	}
	return what + "by " + r.who(who)
}

// closed says which close it is that a resolution is inferred from.
func (d Document) closed() string {
	if d.Reopened > 0 {
		return "the issue was first closed after that"
	}
	return "the issue was first closed"
}

func (r renderer) reopened() string {
	text := times(r.d.Reopened)
	if r.d.Reopened > 1 {
		text += ", this is the last"
	}
	if !r.d.ResolvedBefore.IsZero() {
		text += "; resolved before that at " + r.dates.utc(r.d.ResolvedBefore)
	}
	return text
}

// times renders the three durations that incidents are compared by.
func (r renderer) times() string {
	var spans []string
	for _, at := range []time.Time{r.d.Acknowledged, r.d.Mitigated, r.d.Resolved} {
		spans = append(spans, spanBetween(r.d.detected(), at))
	}
	return strings.Join(spans, " · ")
}
