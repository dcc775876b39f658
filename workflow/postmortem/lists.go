package postmortem

import (
	"fmt"
	"regexp"
	"strings"
)

// causes renders the failure chain, numbered as it was told.
func (r renderer) causes() string {
	return r.list(r.d.Causes, r.share(16), noCause, func(n int) string { return fmt.Sprintf("%d. ", n) })
}

func (r renderer) lessons() string { return r.list(r.d.Lessons, r.share(10), noLessons, bullet) }

func bullet(int) string { return "- " }

// list renders texts as items within limit bytes, or says that there is none.
func (r renderer) list(texts []string, limit int, none string, marker func(n int) string) string {
	if !anyText(texts) {
		return none + "\n"
	}
	n := 0
	text, left := fitAll(len(texts), limit, func(i int) string {
		safe := fit(indentable(texts[i]), limit/4, block)
		switch {
		case safe == "":
			return ""
		case isList(safe):
			return "\n" + safe + "\n\n"
		}
		n++
		return item(marker(n), safe)
	})
	return text + r.leftOut(left, fmt.Sprintf("%d are", len(texts)))
}

var listItem = regexp.MustCompile(`^(?:[-+*]|[0-9]{1,9}[.)])[ \t]`)

// isList says whether a text is a list already, as the section of an issue's
// body often is: then it stays one.
func isList(text string) bool {
	return strings.Contains(text, "\n") && listItem.MatchString(text)
}

// indentable makes a text mean the same wherever its lines begin: a tab would
// reach less far behind an item's marker than at the start of a line.
func indentable(text string) string {
	var b strings.Builder
	column := 0
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r == '\t':
			b.WriteString("    "[column%4:])
			column += 4 - column%4
			continue
		case r == '\n' || r == '\r':
			column = -1
		}
		b.WriteRune(r)
		column++
	}
	return b.String()
}

// item renders one text as a list item, its further lines indented.
func item(marker, text string) string {
	indent := strings.Repeat(" ", len(marker))
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if i > 0 && line != "" {
			lines[i] = indent + line
		}
	}
	return marker + strings.Join(lines, "\n") + "\n"
}
