package postmortem

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// Change is how one section of a page differs from what it was.
type Change struct {
	// Section is the section's title without what could notify anybody, be taken
	// for another line, or hide. It may be a person's words.
	Section string
	// What says how, such as "3 rows added, 1 changed", "added" or "changed".
	What string
	key  string
}

// String says it in a line: "Timeline: 3 rows added".
func (c Change) String() string { return c.Section + ": " + c.What }

// Changes returns how a page's sections differ from those before, in the page's
// order, and then those that are gone. White space alone is no difference.
func Changes(before, after string) []Change {
	was, is := distinct(split(before)), distinct(split(after))
	var out []Change
	note := func(s section, what string) {
		out = append(out, Change{Section: plainTitle(s.name()), What: what, key: s.key})
	}
	for _, s := range is {
		old, known := find(was, s.key)
		switch {
		case normalise(old.body) == normalise(s.body) && (known || s.key == frontKey):
		case !known:
			note(s, "added")
		default:
			note(s, difference(old.body, s.body))
		}
	}
	for _, s := range was {
		if !has(is, s.key) && normalise(s.heading+s.body) != "" {
			note(s, "removed")
		}
	}
	return out
}

// OnlyFollowUps says whether nothing but the action items and the facts, which
// count them, differs.
func OnlyFollowUps(changes []Change) bool {
	actions := false
	for _, c := range changes {
		switch c.key {
		case headingKey(HeadingActionItems):
			actions = true
		case frontKey:
		default:
			return false
		}
	}
	return actions
}

const maxTitleShown = 60

// plainTitle is a heading as one plain line that mentions nobody and nothing.
func plainTitle(title string) string {
	title = strings.Map(func(r rune) rune {
		switch {
		case r == '@' || r == '#':
			return -1
		case unicode.IsSpace(r) || unicode.IsPrint(r):
			return r
		}
		return -1
	}, strings.ToValidUTF8(title, ""))
	title = markdown.Clip(strings.Join(strings.Fields(title), " "), maxTitleShown)
	if title == "" {
		return "A section"
	}
	return title
}

// difference counts the rows of tables and the items of lists that came and went.
// As many as did both are taken for changed. Where neither differs, it is text.
func difference(before, after string) string {
	var parts []string
	for _, unit := range []struct {
		name string
		of   func(string) []string
	}{{"row", tableRows}, {"item", listItems}} {
		gone, came := apart(unit.of(before), unit.of(after))
		changed := min(gone, came)
		parts = append(parts, counts(unit.name, came-changed, changed, gone-changed)...)
	}
	if len(parts) == 0 {
		return "changed"
	}
	return strings.Join(parts, ", ")
}

func counts(unit string, added, changed, removed int) []string {
	var parts []string
	for _, c := range []struct {
		n    int
		what string
	}{{added, "added"}, {changed, "changed"}, {removed, "removed"}} {
		switch {
		case c.n == 0:
		case len(parts) > 0:
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		case c.n == 1:
			parts = append(parts, fmt.Sprintf("1 %s %s", unit, c.what))
		default:
			parts = append(parts, fmt.Sprintf("%d %ss %s", c.n, unit, c.what))
		}
	}
	return parts
}

// apart counts the lines that only the one and only the other list has.
func apart(before, after []string) (gone, came int) {
	times := map[string]int{}
	for _, line := range before {
		times[line]++
	}
	for _, line := range after {
		if times[line] > 0 {
			times[line]--
		} else {
			came++
		}
	}
	for _, n := range times {
		gone += n
	}
	return gone, came
}

// tableRows are the rows of a section's tables, without their heads.
func tableRows(body string) []string {
	var rows []string
	for _, line := range strings.Split(body, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case !strings.HasPrefix(line, "|"):
		case strings.Trim(line, "|-: ") == "" && strings.Contains(line, "-"):
			rows = rows[:max(len(rows)-1, 0)]
		default:
			rows = append(rows, line)
		}
	}
	return rows
}

// listItems are the lines of a section that begin an item of a list.
func listItems(body string) []string {
	var items []string
	for _, line := range strings.Split(body, "\n") {
		if line = strings.TrimSpace(line); isItem(line) {
			items = append(items, line)
		}
	}
	return items
}

func isItem(line string) bool {
	if strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ") {
		return true
	}
	number, _, found := strings.Cut(line, ". ")
	return found && number != "" && strings.Trim(number, "0123456789") == ""
}
