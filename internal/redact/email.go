package redact

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// emailRule finds e-mail addresses. The addresses that GitHub gives people to
// hide theirs are none, nor are git@host of a clone URL and pkg@v1.2.3.
func emailRule() rule {
	return rule{kind: "e-mail", hints: []string{"@", "at"}, find: emails}
}

func emails(text string) []place {
	var places []place
	for _, m := range spelled.FindAllStringIndex(text, -1) {
		places = append(places, place{m[0], m[1]})
	}
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '@')
		if i < 0 {
			return places
		}
		sign := at + i
		at = sign + 1
		start := mailboxStart(text[:sign])
		host := mailHost.FindString(text[sign+1:])
		if start == sign || host == "" {
			continue
		}
		if found := (place{start, sign + 1 + len(host)}); isEmail(text, found, sign) {
			places = append(places, found)
			at = found.end
		}
	}
}

// spelled are addresses with their signs as words.
var spelled = regexp.MustCompile(`(?i)[\w.+-]+ ?(?:[\[({<] ?at ?[\])}>]| at ) ?[a-z0-9-]+(?: ?(?:[\[({<] ?(?:dot|punkt|point) ?[\])}>]| dot ) ?[a-z0-9-]+)*(?: ?(?:[\[({<] ?(?:dot|punkt|point) ?[\])}>]| dot ) ?)[a-z]{2,}\b|[\w.+-]+ ?[\[({] ?at ?[\])}] ?(?:[a-z0-9-]+\.)+[a-z]{2,}\b`)

var (
	mailHost = regexp.MustCompile(`^(?:[\p{L}\p{N}][\p{L}\p{N}-]*\.)+(?:\p{L}{2,}|xn--[A-Za-z0-9-]+)`)
	// notHost are versions and the sizes of pictures: pkg@1.2.3-rc.beta, logo@2x.png.
	notHost = regexp.MustCompile(`^(?:v?[0-9]+\.[0-9]+|[0-9]x\.[a-z]+$)`)
)

var (
	// inside are the names of hosts that no mail reaches from outside.
	inside     = regexp.MustCompile(`\.(?:internal|local|localdomain|lan|svc|iam\.gserviceaccount\.com)$`)
	remotePath = regexp.MustCompile(`^:(?:[/~]|[\w.-]+/)`)
)

func isEmail(text string, found place, sign int) bool {
	mailbox, host := text[found.start:sign], strings.ToLower(text[sign+1:found.end])
	switch {
	case mailbox == "git" || host == "users.noreply.github.com" || notHost.MatchString(host):
		return false
	case strings.HasSuffix(text[:found.start], "://"): // a URL's user
		return false
	case inside.MatchString(host) || remotePath.MatchString(text[found.end:]): // a machine's account
		return false
	}
	return true
}

// mailboxStart goes back from the @ to where the mailbox begins.
func mailboxStart(before string) int {
	start := len(before)
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(before[:start])
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune("._%+-'", r) {
			break
		}
		start -= n
	}
	return start + len(before[start:]) - len(strings.TrimLeft(before[start:], ".'"))
}
