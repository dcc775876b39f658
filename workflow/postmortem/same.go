package postmortem

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

var (
	linkSource  = regexp.MustCompile(`\[([^\]]*)\]\([^)\s]*\)`)
	backslashed = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")
	emphasis    = strings.NewReplacer("**", "", "`", "")
)

// words reduces text to its letters and digits, so that case, markup, links and
// white space make no difference.
func words(source string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(visible(source)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// visible is what is read of a text, links by their words alone.
func visible(source string) string {
	text := linkSource.ReplaceAllString(source, "$1")
	return strings.ReplaceAll(html.UnescapeString(backslashed.ReplaceAllString(text, "$1")), "\u200b", "")
}

// quoted is a text of Firebreak's own as a sentence can quote it: plain, on one
// line, cut.
func quoted(source string) string {
	text := strings.Join(strings.Fields(emphasis.Replace(visible(source))), " ")
	return markdown.Clip(strings.TrimSuffix(strings.TrimPrefix(text, "*"), "*"), maxQuoted)
}

// maxQuoted is how much is quoted of a text, in characters.
const maxQuoted = 120

// vacant says whether a cell is there to be filled in: it is empty, or says so in
// Firebreak's words.
func vacant(cell string) bool {
	return cell == "" || cell == "-" || cell == nobody || cell == noDate
}

var clock = regexp.MustCompile(`^(?:([0-9]{4}-[0-9]{2}-[0-9]{2})[ T])?([0-9]{1,2}:[0-9]{2})\b`)

// momentOf reads the time that a cell begins with, as text that sorts as times do;
// day says whether it has its date.
func momentOf(cell string) (at string, day, ok bool) {
	m := clock.FindStringSubmatch(strings.Trim(cell, "*_~` "))
	if m == nil {
		return "", false, false
	}
	if len(m[2]) == 4 {
		m[2] = "0" + m[2]
	}
	return m[1] + " " + m[2], m[1] != "", true
}
