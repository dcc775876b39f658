package markup

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// reference is @login, #12 or owner/name#12.
var reference = regexp.MustCompile(`@([A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}(?:\[bot\])?)|([A-Za-z0-9-]+/[A-Za-z0-9._-]+)?#([0-9]{1,9})`)

// references turns those in a text into what they mean.
func (w *writer) references(n *html.Node) {
	if w.User == nil && w.Issue == nil || !strings.ContainsAny(n.Data, "@#") {
		return
	}
	text, from := n.Data, 0
	var parts []*html.Node
	for _, at := range reference.FindAllStringSubmatchIndex(text, -1) {
		part := w.refer(text, at)
		if part == nil {
			continue
		}
		parts = append(parts, textNode("%s", text[from:at[0]]), part)
		from = at[1]
	}
	if parts != nil {
		replace(n, append(parts, textNode("%s", text[from:]))...)
	}
}

// refer gives the element for one match; none where it is part of a word or of
// what does not exist.
func (w *writer) refer(text string, at []int) *html.Node {
	if at[0] > 0 && wordByte(text[at[0]-1]) || at[1] < len(text) && wordByte(text[at[1]]) {
		return nil
	}
	if at[2] >= 0 {
		return w.mention(text[at[2]:at[3]])
	}
	repo := w.Repo
	if at[4] >= 0 {
		repo = text[at[4]:at[5]]
	}
	number, err := strconv.Atoi(text[at[6]:at[7]])
	if err != nil || w.Issue == nil || !w.Issue(repo, number) {
		return nil
	}
	a := element("a", "href", fmt.Sprintf("/%s/issues/%d", repo, number))
	a.AppendChild(textNode("%s", text[at[0]:at[1]]))
	return a
}

func (w *writer) mention(login string) *html.Node {
	if w.User == nil || !w.User(login) {
		return nil
	}
	n := element("strong", "class", "mention")
	n.AppendChild(textNode("@%s", login))
	return n
}

func wordByte(b byte) bool {
	return b == '_' || b == '/' || b == '@' || b == '#' || b == '&' || b >= 0x80 ||
		'0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}
