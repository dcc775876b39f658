package markdown

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// GitHub's logins: letters, digits and single hyphens; an underscore before the
// short code of a managed user; "[bot]" after an App's.
var login = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9])?$`)

// Link returns text linked to target, or the text alone if target is no absolute
// http or https URL of at most 2,048 bytes, or carries a user or password. An empty text shows the URL.
func Link(text, target string) string {
	href, ok := linkable(target)
	if !ok {
		return Inline(text)
	}
	label := Cell(text)
	if label == "" {
		label = Cell(target)
	}
	return "[" + label + "](" + href + ")"
}

// maxURL is the length that browsers and servers agree to take.
const maxURL = 2048

// linkable returns target so that it can stand in a link's parentheses and in a
// table cell.
func linkable(target string) (string, bool) {
	parsed, err := url.Parse(strings.TrimSpace(target))
	if err != nil || parsed.Host == "" || parsed.User != nil {
		return "", false
	}
	if parsed.Scheme != "http" && parsed.Scheme != "https" {
		return "", false
	}
	var b strings.Builder
	href := parsed.String()
	for at := 0; at < len(href); at++ {
		c := href[at]
		switch {
		case c <= ' ', c >= 0x7F, strings.IndexByte("()<>[]{}|\\^\"'`", c) >= 0:
			fmt.Fprintf(&b, "%%%02X", c)
		case c == '&':
			b.WriteString(ampersand(href[at:]))
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), b.Len() <= maxURL
}

// User returns a login as people know it: @maya, which notifies her where GitHub
// notifies of mentions. Apps are named without the @. What is no login is shown
// as plain text, safe in a table cell too.
func User(name string) string {
	if login.MatchString(name) {
		return "@" + name
	}
	return Cell(name)
}

// Quiet is User without notifying anybody.
func Quiet(name string) string {
	if login.MatchString(name) {
		return "@" + NoMention + name
	}
	return Cell(name)
}
