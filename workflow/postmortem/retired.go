package postmortem

import (
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// retiredLimit is the most that GitHub takes in a comment, in bytes where it
// counts characters.
const retiredLimit = 65_536

const movedTo = "The post-mortem has moved to the wiki: "

// Retired returns what is left of the comment with that marker once the wiki page
// at url holds the document: a link, and below it in full what people wrote in the
// comment and the page does not say. False if that is too much for a comment.
func Retired(marker, url string, left []Edit) (body string, fits bool) {
	var b strings.Builder
	b.WriteString(marker + "\n" + movedTo + url)
	if len(left) > 0 {
		b.WriteString("\n\n" + leftBehind(left))
	}
	for _, e := range left {
		heading := strings.TrimSpace(e.Heading)
		if heading == "" {
			heading = "## " + e.Name
		}
		fmt.Fprintf(&b, "\n\n%s\n\n%s", heading, strings.Trim(e.Body, "\r\n"))
	}
	return b.String(), b.Len() <= retiredLimit
}

// maxNamed bounds how many sections are named.
const maxNamed = 20

func leftBehind(left []Edit) string {
	var names []string
	for _, e := range left[:min(len(left), maxNamed)] {
		names = append(names, markdown.Inline(markdown.Clip(e.Name, 100)))
	}
	if more := len(left) - maxNamed; more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return "People changed these sections both in the wiki and here: " + strings.Join(names, ", ") +
		". The wiki's text was left as it is; this comment's is kept below, to be brought over by hand."
}

// IsRetired says whether a comment is what is left of one in the page's place.
// Bare says that it has the link alone, and no word of people.
func IsRetired(body string) (retired, bare bool) {
	_, rest, found := strings.Cut(body, "-->")
	if _, live := Find(body); live || !found || !strings.Contains(rest, movedTo) {
		return false, false
	}
	url, alone := strings.CutPrefix(strings.TrimSpace(rest), movedTo)
	return true, alone && !strings.ContainsAny(url, " \t\r\n")
}
