package handlers

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/firebreak-app/firebreak/workflow/command/source"
)

var (
	quotedLine = regexp.MustCompile(`(?m)^ {0,3}>.*$`)
	// Of Markdown that shows as something else, what shows.
	webLink  = regexp.MustCompile(`!?\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)`)
	lineMark = regexp.MustCompile(`(?m)^[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)`)
	emphasis = strings.NewReplacer("**", "", "__", "", "`", "")
)

// plain takes out of a comment's Markdown what it quotes, what nobody sees, its
// commands, and the marks around its words.
func plain(text string) string {
	doc := source.Read(text)
	text = doc.Visible(source.Span{Stop: len(doc.Source)})
	text = mayCommandLine.ReplaceAllString(text, "")
	if own := quotedLine.ReplaceAllString(text, ""); strings.TrimSpace(own) != "" {
		text = own
	}
	return emphasis.Replace(lineMark.ReplaceAllString(webLink.ReplaceAllString(text, "$1"), ""))
}

// mayCommandLine is mayCommand with the rest of its line.
var mayCommandLine = regexp.MustCompile(mayCommand.String() + `.*$`)

// shortQuote is how many letters of a quote are so few that they could be of any
// comment: one that says them and no more is meant.
const shortQuote = 8

// quoting returns what tells a comment that says the quoted words. Letters and
// digits alone count, so that neither Markdown nor white space matters, nor where
// links lead; what the gate took out of the quote may be anything.
func quoting(words string) func(body string) bool {
	var parts []string
	size := 0
	for _, part := range gap.Split(webLink.ReplaceAllString(words, "$1"), -1) {
		if part = letters(part); part != "" {
			parts = append(parts, part)
			size += len(part)
		}
	}
	return func(body string) bool {
		own := letters(webLink.ReplaceAllString(quotedLine.ReplaceAllString(body, ""), "$1"))
		if size == 0 || size < shortQuote && own != strings.Join(parts, "") {
			return false
		}
		for _, part := range parts {
			_, after, said := strings.Cut(own, part)
			if !said {
				return false
			}
			own = after
		}
		return true
	}
}

// gap is what the gate puts in the place of what it takes out.
var gap = regexp.MustCompile(`\[redacted: [^\[\]]*\]`)

func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}
