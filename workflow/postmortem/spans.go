package postmortem

import (
	"fmt"
	"time"
)

const (
	notYet      = "not yet"
	underMinute = "under a minute"
)

// Span says a duration as people do: "55 min", "1 h 38 min", "2 d 3 h". Seconds
// do not show. Zero and less is not known: "not yet".
func Span(d time.Duration) string {
	minutes := int(d / time.Minute)
	hours, days := minutes/60, minutes/(24*60)
	switch {
	case d <= 0:
		return notYet
	case minutes == 0:
		return underMinute
	case hours == 0:
		return fmt.Sprintf("%d min", minutes)
	case days == 0:
		return units(hours, "h", minutes%60, "min")
	}
	return units(days, "d", hours%24, "h")
}

func units(large int, largeUnit string, small int, smallUnit string) string {
	if small == 0 {
		return fmt.Sprintf("%d %s", large, largeUnit)
	}
	return fmt.Sprintf("%d %s %d %s", large, largeUnit, small, smallUnit)
}

// spanBetween says how long after from to was. It counts whole minutes of the
// clock, so that it fits the times shown beside it.
func spanBetween(from, to time.Time) string {
	if from.IsZero() || to.IsZero() {
		return notYet
	}
	d := to.Truncate(time.Minute).Sub(from.Truncate(time.Minute))
	switch {
	case d < 0:
		return Span(-d) + " before"
	case d == 0:
		return underMinute
	}
	return Span(d)
}

// detected returns the moment from which durations count; zero if not known.
func (d Document) detected() time.Time {
	if d.Detected.IsZero() {
		return d.Declared
	}
	return d.Detected
}

// dates says how times are shown in one document.
type dates struct {
	// day is the one that headings name, so that the clock is enough for its times;
	// those of other days are shown with their date.
	day  string
	zone *time.Location
}

const (
	onlyDate  = "2006-01-02"
	onlyClock = "15:04"
	dateClock = onlyDate + " " + onlyClock
)

// dates are those of the day of the declaration, which never changes: so that no
// row is shown differently once there are entries of other days.
func (d Document) dates() dates {
	shown := dates{}
	if day := d.firstDay(); !day.IsZero() {
		shown.day = day.UTC().Format(onlyDate)
	}
	if d.Zone != nil && d.Zone != time.UTC && d.Zone.String() != "UTC" {
		shown.zone = d.Zone
	}
	return shown
}

// firstDay is when it was declared, else the first time that is known.
func (d Document) firstDay() time.Time {
	day := d.Declared
	for _, t := range []time.Time{d.Detected, d.Started, d.Acknowledged, d.Mitigated, d.Resolved} {
		if day.IsZero() {
			day = t
		}
	}
	for _, e := range d.Timeline {
		if day.IsZero() {
			day = e.At
		}
	}
	return day
}

// utc shows a moment in UTC, with its date unless the heading has it.
func (s dates) utc(t time.Time) string { return s.format(t.UTC()) }

// local shows it in the configured zone.
func (s dates) local(t time.Time) string { return s.format(t.In(s.zone)) }

func (s dates) format(t time.Time) string {
	if t.IsZero() {
		return "not known"
	}
	if t.Format(onlyDate) == s.day {
		return t.Format(onlyClock)
	}
	return t.Format(dateClock)
}

// heading is the head of a column of times in UTC.
func (s dates) heading() string {
	if s.day == "" {
		return "UTC"
	}
	return "UTC, " + s.day
}
