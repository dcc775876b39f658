package postmortem

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// The drawing's bounds: more entries, and longer labels, cannot be read.
const (
	maxDrawn  = 25
	maxLabel  = 60
	labelSize = 150 // bytes
)

// drawing renders the timeline as a Mermaid diagram. Where there are too many
// entries, it shows the marked and the major ones, and says so.
func (r renderer) drawing(entries []Entry) string {
	entries = drawable(entries)
	drawn := pick(entries)
	if len(drawn) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("```mermaid\ntimeline\n")
	fmt.Fprintf(&b, "    title Incident %d\n", r.d.Number)
	draw(&b, drawn)
	b.WriteString("```\n")
	if len(drawn) < len(entries) {
		fmt.Fprintf(&b, "\n*%d of %d entries are drawn.*\n", len(drawn), len(entries))
	}
	return b.String()
}

// drawable leaves out what is of no use in a drawing, unless it is marked.
func drawable(entries []Entry) []Entry {
	var out []Entry
	for _, e := range entries {
		if !e.Minor || e.mark() != "" {
			out = append(out, e)
		}
	}
	return out
}

// pick returns the entries to draw, in their order.
func pick(entries []Entry) []Entry {
	if len(entries) <= maxDrawn {
		return entries
	}
	chosen := make([]bool, len(entries))
	for n, i := range byRank(entries) {
		if n == maxDrawn || n > 0 && entries[i].rank() > 1 {
			break
		}
		chosen[i] = true
	}
	var drawn []Entry
	for i, e := range entries {
		if chosen[i] {
			drawn = append(drawn, e)
		}
	}
	return drawn
}

// draw writes a line for each entry, below its day where there are several days.
func draw(b *strings.Builder, drawn []Entry) {
	days := severalDays(drawn)
	lastDay, last := "", ""
	for _, e := range drawn {
		if day := dayOf(e); days && day != lastDay {
			fmt.Fprintf(b, "    section %s\n", day)
			lastDay, last = day, ""
		}
		period := period(e)
		if period == last {
			period = strings.Repeat(" ", len(period))
		} else {
			last = period
		}
		fmt.Fprintf(b, "    %s : %s\n", period, drawnText(e))
	}
}

// severalDays says whether the drawing has to tell days apart.
func severalDays(drawn []Entry) bool {
	for _, e := range drawn {
		if dayOf(e) != dayOf(drawn[0]) {
			return true
		}
	}
	return false
}

func dayOf(e Entry) string {
	if e.At.IsZero() {
		return "day unknown"
	}
	return e.At.UTC().Format(onlyDate)
}

// period labels a moment. A colon would end it, so 11:52 is 11.52.
func period(e Entry) string {
	if e.At.IsZero() {
		return "unknown"
	}
	return e.At.UTC().Format("15.04")
}

// drawnText labels an entry.
func drawnText(e Entry) string {
	text := diagramText(e.What)
	mark := e.mark()
	rest, repeated := cutFold(text, mark)
	switch {
	case mark == "" && text == "":
		return "-"
	case mark == "" || repeated && rest != "":
		return text
	case text == "" || repeated:
		return mark
	}
	return diagramText(mark + ", " + text)
}

// diagramText reduces text to what no version of Mermaid takes for syntax: in a
// diagram there is no way to escape colons, semicolons, number signs, braces,
// quotes, comments or HTML.
func diagramText(text string) string {
	var b strings.Builder
	space := false
	for _, c := range text {
		switch {
		case unicode.IsLetter(c), unicode.IsDigit(c), unicode.Is(unicode.Mn, c):
		case strings.ContainsRune(".,-_()/+=!?→°€£", c):
		case c == '%' && !strings.HasSuffix(b.String(), "%"):
		case c == ':' && !space && b.Len() > 0:
			c = '.'
		case c == '\'' || c == '’' || c == '@' || c == '`' || c == '*':
			continue
		default:
			space = true
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(c)
	}
	return shortLabel(b.String())
}

// shortLabel cuts a label to what can be read, and to a size in bytes.
func shortLabel(text string) string {
	text = markdown.Clip(text, maxLabel)
	for len(text) > labelSize {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return strings.TrimSpace(text)
}
