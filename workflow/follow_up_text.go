package workflow

import (
	"regexp"
	"strings"
	"time"
)

// dueLine is the line of a follow-up's text that says when it is due.
var dueLine = regexp.MustCompile(`(?im)^[ ]{0,3}[-*+][ \t]+\**due:?\**:?\**[ \t]*([^\r\n]*)`)

var isoDate = regexp.MustCompile(`^\d{4}-\d\d-\d\d\b`)

// MarkDue returns the line of a follow-up's text that says when it is due.
func MarkDue(due time.Time) string { return "- Due: " + due.Format(time.DateOnly) }

// ReadDue returns the date in a follow-up's text, midnight UTC, zero if it has
// none; false if a person wrote something there that is none.
func ReadDue(body string) (due time.Time, ok bool) {
	m := dueLine.FindStringSubmatch(body)
	if m == nil || strings.TrimSpace(m[1]) == "" {
		return time.Time{}, true
	}
	due, err := time.Parse(time.DateOnly, isoDate.FindString(m[1]))
	return due, err == nil
}

// Redated says what an edit of a follow-up's text makes of its date; nil if it
// stays as it was: what is no date changes nothing.
func Redated(from, to string) *time.Time {
	due, ok := ReadDue(to)
	if was, read := ReadDue(from); !ok || read && was.Equal(due) {
		return nil
	}
	return &due
}
