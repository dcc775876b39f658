package postmortem

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// maxPageName bounds a page's name in bytes: it becomes a file name, a part of
// a URL and a heading.
const maxPageName = 80

// PageName returns the wiki page's name for an incident: "Incident-", the
// issue's number and the title in lower case.
//
// A wiki's pages share one flat namespace in which case does not count and
// hyphen and space are one character, and a name with a slash or a dot would be
// another file. So nothing but [A-Za-z0-9-] gets through, whatever the title
// holds, and the number keeps names apart. Accents are taken off letters that
// have them; a title of which nothing is left gives "Incident-42".
func PageName(number int, title string) string {
	stem := "Incident-" + strconv.Itoa(number)
	words := slug(title)
	if words == "" {
		return stem
	}
	return stem + "-" + shorten(words, maxPageName-len(stem)-1)
}

// spelled writes out the letters that are no accented form of an ASCII one.
var spelled = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// slug keeps the title's ASCII letters and digits, with one hyphen for whatever
// stands between them. Apostrophes and accents leave no gap: "can't" is "cant".
func slug(title string) string {
	var b strings.Builder
	gap := false
	title = strings.ToLower(markdown.Clip(title, 4*maxPageName))
	for _, r := range norm.NFKD.String(spelled.Replace(title)) {
		r = unicode.ToLower(r)
		switch {
		case r == '\'' || r == '’' || unicode.Is(unicode.Mn, r):
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}

// shorten cuts a slug to at most limit bytes, between two words if the last
// one does not fit whole.
func shorten(slug string, limit int) string {
	if len(slug) <= limit {
		return slug
	}
	cut := slug[:limit]
	if slug[limit] != '-' {
		if i := strings.LastIndexByte(cut, '-'); i > limit/2 {
			cut = cut[:i]
		}
	}
	return strings.TrimRight(cut, "-")
}
