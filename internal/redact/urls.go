package redact

import (
	"regexp"
	"strings"
)

// urlRules find what a URL should not carry: credentials before the host, and
// secrets among its parameters.
func urlRules() ([]rule, error) {
	query, err := pattern("url-secret", `(?i)[?&#](?:[a-z0-9_.-]*(?:token|secret|passw(?:or)?d|pwd|api_?key|signature|credential)|`+
		`auth|sig|hmac|jwt|sid|session_?id|session)=([^\s&#"'`+"`"+`<>)\]\x00]+)`,
		func(s string) bool { return !placeholder(s) },
		"token=", "secret=", "password=", "passwd=", "pwd=", "key=", "signature=", "credential=", "auth=", "sig=", "hmac=", "jwt=",
		"sid=", "sessionid=", "session_id=", "session=")
	if err != nil {
		return nil, err
	}
	// names that ordinary parameters have too; the value must look random
	random, err := pattern("url-secret", `(?i)[?&#](?:key|code|ticket|access)=([^\s&#"'`+"`"+`<>)\]\x00]{16,})`, mixedOrLong,
		"key=", "code=", "ticket=", "access=")
	if err != nil {
		return nil, err
	}
	return []rule{{kind: "url-password", hints: []string{"://"}, find: urlCredentials}, query, random}, nil
}

func mixedOrLong(s string) bool { return hasDigit(s) && (hasUpper(s) || len(s) >= 32) }

// urlCredentials finds user:password before a URL's host, and a token that stands
// there alone. The user goes too: it is often a person's address.
func urlCredentials(text string) []place {
	var places []place
	for at := 0; ; {
		i := strings.Index(text[at:], "://")
		if i < 0 {
			return places
		}
		at += i + len("://")
		if n := userinfo(urlText(text[at:])); n > 0 {
			places = append(places, place{at, at + n})
			at += n
		}
	}
}

// urlText is the rest of a URL behind its scheme.
func urlText(text string) string {
	const longest = 2 << 10
	text = text[:min(len(text), longest)]
	if end := strings.IndexAny(text, " \t\r\n\"'`<>\x00"); end >= 0 {
		return text[:end]
	}
	return text
}

// userinfo measures the credentials that rest begins with, zero if there are none.
func userinfo(rest string) int {
	authority := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		authority = rest[:end]
	}
	at := strings.LastIndexByte(authority, '@')
	if at < 0 {
		return rawPassword(rest, authority)
	}
	user, password, ok := strings.Cut(authority[:at], ":")
	if ok && isExampleLogin(user, password) {
		return 0
	}
	if ok && password != "" || !ok && looksLikeToken(authority[:at]) {
		return at
	}
	return 0
}

// isExampleLogin tells the user and password of documentation.
func isExampleLogin(user, password string) bool {
	switch strings.ToLower(user + ":" + password) {
	case "user:password", "user:pass", "username:password", "user:passwd", "user:pwd", "login:password", "usr:pwd":
		return true
	}
	return password != "" && strings.ToLower(password) != "password" && strings.ToLower(password) != "secret" && placeholder(password)
}

// rawPassword measures credentials whose password holds a slash or the like,
// which ends the authority of a correct URL.
func rawPassword(rest, authority string) int {
	_, port, ok := strings.Cut(authority, ":")
	if !ok || isPort.MatchString(port) {
		return 0
	}
	at := strings.LastIndexByte(rest, '@')
	if at < 0 || !hostAhead.MatchString(rest[at+1:]) {
		return 0
	}
	return at
}

var (
	isPort    = regexp.MustCompile(`^[0-9]{0,5}$|\]`) // or an IPv6 address
	hostAhead = regexp.MustCompile(`^[A-Za-z0-9\[]`)
)

// looksLikeToken tells a token from a user's name.
func looksLikeToken(user string) bool {
	const shortest = 16
	return len(user) >= shortest && hasDigit(user)
}
