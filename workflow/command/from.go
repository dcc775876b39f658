package command

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// From says which comment a timeline entry is taken from: one that is linked, or one that is quoted above the command.
// The zero value is none: the entry says it all. What the comment says, and whose it is, has to be asked for.
type From struct {
	Comment int64  // the id of the linked comment; 0: none is linked
	Issue   string // where the link has it, "acme/shop#42"; empty where the link is #issuecomment-… alone
	Quote   string // the quoted lines, without their marks
}

// linked is the address of a comment on an issue or a pull request, as GitHub's "Copy link" gives it.
var linked = regexp.MustCompile(`^<?(?:https?://[^\s/]{1,255}/([\w.-]{1,100}/[\w.-]{1,100})/(?:issues|pull)/(\d{1,12}))?#issuecomment-(\d{1,19})>?(?:\s|$)`)

// cutLink takes the link to a comment off the start of an entry's text.
func cutLink(text string) (From, string) {
	m := linked.FindStringSubmatch(text)
	if m == nil {
		return From{}, text
	}
	id, err := strconv.ParseInt(m[3], 10, 64)
	if err != nil || id == 0 {
		return From{}, text
	}
	from := From{Comment: id}
	if m[1] != "" {
		from.Issue = m[1] + "#" + m[2]
	}
	return from, strings.TrimSpace(text[len(m[0]):])
}

// quoteMark begins a quoted line.
var quoteMark = regexp.MustCompile(`^ {0,3}> ?`)

// quoteAbove gives the lines of the last quote above a line, without those that it quotes itself, and stops at the
// command before: that one's quote is not this one's.
func (p *page) quoteAbove(at int) string {
	last := at - 1
	for last >= 0 && !p.quotes(last) {
		if p.is[last] {
			return ""
		}
		last--
	}
	var lines []string
	size := 0
	for i := last; i >= 0 && p.quotes(i) && size <= maxQuote; i-- {
		text := quoteMark.ReplaceAllString(p.visible(i), "")
		if !quoteMark.MatchString(text) {
			lines = append(lines, text)
		}
		size += len(text) + 1
	}
	slices.Reverse(lines)
	text := strings.Join(lines, "\n")
	if len(text) > maxQuote {
		text = strings.ToValidUTF8(text[:maxQuote], "")
	}
	return clean(text)
}

// maxQuote bounds what is kept of a quote, in bytes: enough to find what was quoted.
const maxQuote = 4096

// quotes says whether a line shows as quoted: it has the mark, and is neither code nor hidden.
func (p *page) quotes(at int) bool {
	return quoteMark.MatchString(p.raw(at)) && !p.fenced[at] && !p.doc.Hidden(at)
}
