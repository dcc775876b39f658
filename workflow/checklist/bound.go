package checklist

import (
	"strings"
	"unicode/utf8"
)

// MaxLength is how many characters a checklist may have. GitHub documents 65,536
// for a comment; people need room to write.
const MaxLength = 60_000

func fits(body string) bool { return utf8.RuneCountInString(body) <= MaxLength }

// bounded renders a comment with as much of the timeline as there is room for,
// the newest rows first. If that is not enough, no fold has content. The result
// may still be too long if people wrote that much themselves.
func bounded(d Definition, v View, render func(content) string) string {
	c, rows := contentOf(d, v), timelineRows(v)
	whole := func(leftOut int) string {
		c[timelineRegion] = strings.TrimSpace(timeline(rows, leftOut) + "\n\n" + v.Ledger)
		return render(c)
	}
	body := whole(0)
	if fits(body) {
		return body
	}
	bare := whole(len(rows))
	if fits(bare) {
		return whole(leaveOut(rows, MaxLength-utf8.RuneCountInString(bare)-tableHead))
	}
	for _, name := range []string{followUpsRegion, timelineRegion, commandsRegion} {
		c[name] = ""
	}
	return render(c)
}

// tableHead is more than the head of the timeline's table takes.
const tableHead = 60

// leaveOut returns how many of the first rows to leave out so that the rest fits
// the room.
func leaveOut(rows []string, room int) int {
	for n := len(rows); n > 0; n-- {
		if room -= utf8.RuneCountInString(rows[n-1]); room < 0 {
			return n
		}
	}
	return 0
}
