package command

import (
	"fmt"
	"strings"
	"time"
)

// Timeline adds entries to the timeline, one a line.
const Timeline Verb = "timeline"

var timeline = definition{
	verb: Timeline,
	form: "/incident timeline TEXT | WHEN",
	does: "adds an entry, back-dated if WHEN is given; each line below is an entry of its own. " +
		"TEXT may be the link to a comment of this issue; below a quoted comment, it may be left out",
	examples: []string{
		"/incident timeline rolled back to 4410 | 12:22", "/incident timeline error rate falling",
		"/incident timeline https://github.com/acme/shop/issues/42#issuecomment-4101",
	},
	who:    Triage,
	below:  true,
	quoted: true,
	parse:  parseTimeline,
}

// parseTimeline takes all entries or none, so that the corrected command can be given again whole.
func parseTimeline(in input, o Options) (Command, *Problem) {
	var c Command
	for _, l := range append([]line{in.first}, in.below...) {
		text := strings.TrimSpace(l.text)
		if l.n != in.first.n {
			text = trimBullet(text)
		}
		if text == "" {
			continue
		}
		entry, p := parseEntry(text, in.quote, o)
		if p != nil {
			return Command{}, p.inLine(l.n, in)
		}
		c.Entries = append(c.Entries, entry)
		in.quote = "" // is the first entry's, if any's
	}
	if len(c.Entries) == 0 && in.quote != "" {
		c.Entries = []Entry{{From: From{Quote: in.quote}}}
	}
	return c, countEntries(len(c.Entries))
}

func countEntries(n int) *Problem {
	switch {
	case n == 0:
		return problem("`/incident timeline` needs what happened, on the same line or directly below it: an empty line ends it. " +
			"Below a quoted comment with an empty line between, it takes what is quoted.")
	case n > MaxEntries:
		p := problem("One command takes %d timeline entries and this has %d.", MaxEntries, n)
		p.Next = "Split it in several commands; none of the entries was kept."
		return p
	}
	return nil
}

// inLine says which line is meant when there are several.
func (p *Problem) inLine(n int, in input) *Problem {
	if len(in.below) > 0 {
		p.Cause = fmt.Sprintf("In line %d: %s None of the entries was kept.", n, p.Cause)
	}
	return p
}

// trimBullet takes off the mark of a list item.
func trimBullet(s string) string {
	for _, mark := range []string{"-", "*", "+"} {
		if rest, ok := strings.CutPrefix(s, mark); ok && (rest == "" || strings.TrimSpace(rest) != rest) {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

// parseEntry reads TEXT | WHEN. The last bar counts, unless it is written \| as in a table. Without a text it is about
// what is quoted above, if anything is.
func parseEntry(s, quoted string, o Options) (Entry, *Problem) {
	text, after, found := cutLastBar(s)
	var when time.Time
	if found {
		var p *Problem
		if when, p = parseAfterBar(after, o); p != nil {
			p.Next = "Correct the time, or write a bar that belongs to the text as `\\|`."
			return Entry{}, p
		}
	}
	text = clean(strings.ReplaceAll(text, `\|`, "|"))
	if text == "" && quoted == "" {
		return Entry{}, problem("There is no text before the bar.")
	}
	if text == "" {
		return Entry{When: when, From: From{Quote: quoted}}, nil
	}
	from, text := cutLink(text)
	return Entry{When: when, Text: text, From: from}, tooLong("A timeline entry", text, MaxLine)
}

func parseAfterBar(s string, o Options) (time.Time, *Problem) {
	if s == "" {
		return time.Time{}, &Problem{Cause: "There is no time after the bar.", Accepted: whenForms}
	}
	return parseWhen(s, o)
}

func cutLastBar(s string) (before, after string, found bool) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '|' && (i == 0 || s[i-1] != '\\') {
			return s[:i], strings.TrimSpace(s[i+1:]), true
		}
	}
	return s, "", false
}
