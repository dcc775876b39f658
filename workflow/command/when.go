package command

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// whenHelp explains WHEN in the help.
const whenHelp = "**WHEN** is `11:58` (the latest past one, in UTC or this server's zone; `11:58 UTC` is always UTC), " +
	"`2026-11-23 11:58`, `2026-11-23T11:58:00Z`, `20 min ago` or `2 h ago`."

// whenForms are shown where a time could not be read.
var whenForms = []string{"11:58", "11:58 UTC", "2026-11-23 11:58", "2026-11-23T11:58:00Z", "20 min ago", "2 h ago"}

const (
	// clockSkew is how far ahead a stated time may be and still mean now: people's clocks and GitHub's differ.
	clockSkew = 2 * time.Minute
	// oldest is how far back a stated time may be; an older one is a slip of the pen.
	oldest = 10 * 365 * 24 * time.Hour
)

// ParseWhen reads a past time as WHEN in a command, and gives it in UTC.
func ParseWhen(s string, o Options) (time.Time, *Problem) { return parseWhen(s, o.withDefaults()) }

// parseWhen reads a past time and gives it in UTC.
func parseWhen(s string, o Options) (time.Time, *Problem) {
	when, ok := readWhen(s, o)
	switch {
	case !ok:
		return time.Time{}, &Problem{Cause: quote(s) + " is no time that can be read here.", Accepted: whenForms}
	case when.After(o.Now.Add(clockSkew)):
		return time.Time{}, &Problem{
			Cause:    quote(s) + " is in the future: it is " + o.Now.In(o.Zone).Format("2006-01-02 15:04 MST") + " now.",
			Accepted: whenForms,
		}
	case when.Before(o.Now.Add(-oldest)):
		return time.Time{}, &Problem{Cause: quote(s) + " is more than ten years ago.", Accepted: whenForms}
	case when.After(o.Now):
		when = o.Now
	}
	return when.UTC(), nil
}

func readWhen(s string, o Options) (time.Time, bool) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	s = strings.TrimPrefix(s, "at ")
	if s == "now" {
		return o.Now, true
	}
	if when, ok := readAgo(s, o.Now); ok {
		return when, true
	}
	s, zone := cutZone(s, o.Zone)
	if when, ok := readDateTime(s, zone); ok {
		return when, true
	}
	return readClock(s, zone, o.Now)
}

var ago = regexp.MustCompile(`^(\d{1,6}|an?) ?([a-z]+)(?: ?(?:and )?(\d{1,6}) ?([a-z]+))? ago$`)

// readAgo reads "20 min ago", "1 h 20 min ago", "an hour ago".
func readAgo(s string, now time.Time) (time.Time, bool) {
	m := ago.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, false
	}
	first, ok := span(m[1], m[2])
	second := time.Duration(0)
	if ok && m[3] != "" {
		second, ok = span(m[3], m[4])
	}
	return now.Add(-first - second), ok
}

// span multiplies a number and a unit. What would be older than any accepted time counts as just that, so that nothing
// overflows.
func span(number, name string) (time.Duration, bool) {
	unit := unitOf(name)
	if unit == 0 {
		return 0, false
	}
	n := 1
	if !strings.HasPrefix(number, "a") {
		n, _ = strconv.Atoi(number)
	}
	return unit * time.Duration(min(n, int(2*oldest/unit))), true
}

// unitOf gives the length of a unit of time, 0 for a word that is none.
func unitOf(name string) time.Duration {
	switch name {
	case "s", "sec", "secs", "second", "seconds":
		return time.Second
	case "m", "min", "mins", "minute", "minutes":
		return time.Minute
	case "h", "hr", "hrs", "hour", "hours":
		return time.Hour
	case "d", "day", "days":
		return 24 * time.Hour
	case "w", "week", "weeks":
		return 7 * 24 * time.Hour
	}
	return 0
}

// zoneSuffix is UTC or an offset after a time of day.
var zoneSuffix = regexp.MustCompile(`^(.*:\d\d(?:\.\d+)?) ?(z|utc|gmt|[+-]\d\d:?\d\d)$`)

// cutZone takes the zone off the end of a time, or gives the one to assume.
func cutZone(s string, assumed *time.Location) (string, *time.Location) {
	m := zoneSuffix.FindStringSubmatch(s)
	if m == nil {
		return s, assumed
	}
	if strings.ContainsAny(m[2][:1], "zug") {
		return m[1], time.UTC
	}
	offset, err := time.Parse("-0700", strings.ReplaceAll(m[2], ":", ""))
	if err != nil {
		return s, assumed
	}
	// Not offset.Location(): that is this machine's own zone, summer time and all, where the offset happens to be its.
	_, seconds := offset.Zone()
	return m[1], time.FixedZone(m[2], seconds)
}

func readDateTime(s string, zone *time.Location) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02t15:04", "2006-01-02t15:04:05"} {
		if when, err := time.ParseInLocation(layout, s, zone); err == nil {
			return when, true
		}
	}
	return time.Time{}, false
}

// readClock reads a time of day and gives the latest one that is past.
func readClock(s string, zone *time.Location, now time.Time) (time.Time, bool) {
	clock, err := time.Parse("15:04:05", s)
	if err != nil {
		clock, err = time.Parse("15:04", s)
	}
	if err != nil {
		return time.Time{}, false
	}
	y, m, d := now.In(zone).Date()
	when := time.Date(y, m, d, clock.Hour(), clock.Minute(), clock.Second(), 0, zone)
	if when.After(now.Add(clockSkew)) {
		when = time.Date(y, m, d-1, clock.Hour(), clock.Minute(), clock.Second(), 0, zone)
	}
	return when, true
}
