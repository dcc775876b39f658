package command

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dueHelp explains a due date in the help.
const dueHelp = "**due** is followed by a date (`2026-12-01`), `in 2 weeks`, `in 3 days`, `friday` (the next one) or `tomorrow`."

var dueForms = []string{"due 2026-12-01", "due in 2 weeks", "due in 3 days", "due friday", "due tomorrow"}

// furthest is how many years ahead something may be due; what is further is a slip of the pen.
const furthest = 5

// parseDue reads a day, today or later, and gives midnight UTC of that calendar day.
func parseDue(s string, o Options) (time.Time, *Problem) {
	y, m, d := o.Now.In(o.Zone).Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	day, ok := readDay(s, today)
	switch {
	case !ok:
		return time.Time{}, &Problem{Cause: quote("due "+s) + " is no date that can be read here.", Accepted: dueForms}
	case day.Before(today):
		return time.Time{}, &Problem{Cause: quote("due "+s) + " is past: today is " + today.Format(time.DateOnly) + ".", Accepted: dueForms}
	case day.After(today.AddDate(furthest, 0, 0)):
		return time.Time{}, &Problem{Cause: quote("due "+s) + " is more than five years from now.", Accepted: dueForms}
	}
	return day, nil
}

func readDay(s string, today time.Time) (time.Time, bool) {
	s = strings.ToLower(s)
	for _, word := range []string{"on ", "by "} {
		s = strings.TrimPrefix(s, word)
	}
	switch s {
	case "today":
		return today, true
	case "tomorrow":
		return today.AddDate(0, 0, 1), true
	}
	if weekday, ok := readWeekday(s); ok {
		// The next one after today: a week from now if today is that day.
		return today.AddDate(0, 0, (int(weekday-today.Weekday())+6)%7+1), true
	}
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		return day, true
	}
	return readAhead(s, today)
}

func readWeekday(s string) (time.Weekday, bool) {
	for day := time.Sunday; day <= time.Saturday; day++ {
		name := strings.ToLower(day.String())
		if s == name || s == name[:3] {
			return day, true
		}
	}
	return 0, false
}

var ahead = regexp.MustCompile(`^in (\d{1,4}|an?) ?(days?|d|weeks?|w|months?)$`)

func readAhead(s string, today time.Time) (time.Time, bool) {
	m := ahead.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, false
	}
	n := 1
	if !strings.HasPrefix(m[1], "a") {
		n, _ = strconv.Atoi(m[1])
	}
	switch m[2][0] {
	case 'd':
		return today.AddDate(0, 0, n), true
	case 'w':
		return today.AddDate(0, 0, 7*n), true
	default:
		return addMonths(today, n), true
	}
}

// addMonths keeps to the month meant: a month from 31 January is the end of February, not the third of March.
func addMonths(day time.Time, n int) time.Time {
	end := time.Date(day.Year(), day.Month()+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC)
	return end.AddDate(0, 0, min(day.Day(), end.Day())-end.Day())
}
