package redact

import (
	"encoding/base64"
	"strings"
)

// headerRules know credentials by the place they stand in: HTTP headers and the
// options of curl.
func headerRules() ([]rule, error) {
	var rules []rule
	for _, p := range []struct {
		kind, expr string
		accept     func(string) bool
		hints      []string
	}{
		{"authorization", `(?i)\bauthorization["'` + "`" + `*]*[ \t]*[:=][ \t]*["'` + "`" + `*]*` +
			`(?:(?:basic|bearer|token|digest|negotiate|apikey|aws4-hmac-sha256)[ \t]+)?([^\s"'` + "`" + `<>,;\x00]{4,})`,
			notWord, []string{"authorization"}},
		{"authorization", `(?i)\bbearer[ \t]+([A-Za-z0-9._~+/=-]{16,})`, hasDigit, []string{"bearer"}},
		{"authorization", `\b[Bb]asic[ \t]+([A-Za-z0-9+/_-]{6,}={0,2})`, isUserPass, []string{"basic"}},
		{"authorization", `(?i)\bcurl\b[^\n\x00]*?[ \t](?:-u|--user|--proxy-user)[ \t=]*["']?([^\s"':\x00]+:[^\s"'\x00]+)`,
			notExample, []string{"curl"}},
		{"cookie", `(?i)\b(?:set-)?cookie["']?[ \t]*:[ \t]*["']?([A-Za-z0-9_.-]+=[^\n"'\x00]+)`, notExample, []string{"cookie"}},
	} {
		r, err := pattern(p.kind, p.expr, p.accept, p.hints...)
		if err != nil {
			return nil, err
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// notWord tells a credential from the words people put after "Authorization:".
func notWord(s string) bool {
	rest := strings.TrimRight(s, ".:!?)")
	if placeholder(rest) {
		return false
	}
	return hasDigit(rest) || strings.ContainsAny(rest, "+/=_.~") || len(rest) > 1 && hasUpper(rest[1:])
}

// notExample looks at what stands behind the name of a login or of a cookie.
func notExample(s string) bool {
	i := strings.IndexAny(s, ":=")
	user, secret := s[:max(i, 0)], s[i+1:]
	secret, _, _ = strings.Cut(secret, ";")
	return !placeholder(secret) && !isExampleLogin(user, secret)
}

// isUserPass tells what Basic authentication sends: base64 of user:password.
func isUserPass(s string) bool {
	raw, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(s, "="))
	return err == nil && strings.IndexByte(string(raw), ':') > 0
}
