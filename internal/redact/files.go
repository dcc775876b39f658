package redact

import (
	"regexp"
	"strings"
)

// quote stands where JSON, YAML and people set a value into quotes.
const quote = "[\"'`]?"

// fileRules know credentials by the file that they were copied from.
func fileRules() ([]rule, error) {
	rules := []rule{{kind: "kubernetes-secret", hints: []string{"secret"}, find: kubernetesSecrets}}
	more, err := patterns(nil, []token{
		{"password", `(?i)\b(?:machine[ \t]+\S{1,200}|default)\s+(?:login|user)\s+\S{1,200}\s+(?:account\s+\S{1,200}\s+)?passw(?:or)?d\s+([^\s\x00]+)`,
			nil, []string{"machine", "default"}},
		{"password", `(?m)^[ \t>]*[\w.*-]+:(?:[0-9]{2,5}|\*):[\w*-]+:[\w*.-]+:([^\s:\x00]{3,})[ \t]*$`, strongWord, []string{":"}}, // .pgpass
		{"registry-auth", `(?i)["']auth["'][ \t]*:[ \t]*["']([A-Za-z0-9+/=_-]{8,})["']`, isUserPass, []string{"auth"}},
		{"registry-auth", `(?i)["'](?:identity|registry)token["']\s*:\s*["']([^"'\s\x00]{8,})["']`, nil, []string{"identitytoken", "registrytoken"}},
		{"registry-auth", `(?i)\b_auth["']?[ \t]*=[ \t]*` + quote + `([A-Za-z0-9+/=_-]{8,})`, nil, []string{"_auth"}},
		{"private-key", `(?i)\bclient-key-data["']?[ \t]*:\s*["']?([A-Za-z0-9+/=]{16,})`, nil, []string{"client-key-data"}},
		{"private-key", `(?i)\bPrivate-Lines:[ \t]*[0-9]+\s+([A-Za-z0-9+/=]{16,}(?:\r?\n[ \t>]*[A-Za-z0-9+/=]{4,})*)`, nil, []string{"private-lines"}}, // PuTTY
		{"wireguard-key", `(?i)\b(?:private|pre-?shared|psk)[-_ ]?key["']?[ \t]*(?:[:=]|\bis\b)?[ \t]*["'` + "`" + `]?([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)`, nil, []string{"key"}},
		{"azure-key", `(?i)\bSharedAccess(?:Key|Signature)["']?[ \t]*[=:][ \t]*["']?([^;\s"'\x00]{16,})`, nil, []string{"sharedaccess"}},
		{"azure-key", `(?i)\bAccountKey["']?[ \t]*[=:][ \t]*["']?([A-Za-z0-9+/]{40,}={0,2})`, nil, []string{"accountkey"}},
		{"aws-secret", `(?:AKIA|ASIA)[A-Z0-9]{16}(?:[^A-Za-z0-9/+\x00]{1,12}|[^\x00]{1,60}?[^A-Za-z0-9/+\x00])([A-Za-z0-9/+]{40})(?:$|[^A-Za-z0-9/+=])`, drawn, []string{"akia", "asia"}},
		{"aws-secret", `(?i)(?:^|[^A-Za-z])(?:aws|secret)[^\x00]{0,100}?[^A-Za-z0-9/+\x00]([A-Za-z0-9/+]{40})(?:$|[^A-Za-z0-9/+=])`, drawn, []string{"aws", "secret"}},
		{"password-hash", `(?:^|[^\w*])(\*[A-F0-9]{40})\b`, hasDigit, []string{"*"}},                                   // MySQL
		{"password-hash", `(?i)\b[0-9]+:([a-f0-9]{32}:[a-f0-9]{32}):::`, nil, []string{":::"}},                         // Windows
		{"password-hash", `(?m)^[ \t>]*[\w.-]{1,32}:([./A-Za-z0-9]{13})(?::[^\s\x00]*)?[ \t]*$`, drawn, []string{":"}}, // crypt(3)
		{"cookie", `(?i)\b(?:jsessionid|phpsessid|asp\.net_sessionid|\.aspnetcore\.[a-z.]+|connect\.sid|laravel_session|_?gitlab_session|user_session|` +
			`__(?:host|secure)-[\w.-]+|[a-z0-9_-]*session(?:_?id)?|sid|csrf_?token|xsrf-token|remember_(?:user_)?token)["']?[ \t]*=[ \t]*["']?([^\s;,"'<>` + "`" + `\x00]{12,})`,
			isRandom, []string{"sess", "sid", "csrf", "xsrf", "__", "remember_", ".aspnetcore"}},
	})
	return append(rules, more...), err
}

// patterns makes the rules of a list. A cut says how much of a match is the find;
// nil is all.
func patterns(cut func(string) int, list []token) ([]rule, error) {
	var rules []rule
	for _, t := range list {
		r, err := cutPattern(t.kind, t.expr, t.accept, cut, t.hints...)
		if err != nil {
			return nil, err
		}
		rules = append(rules, r)
	}
	return rules, nil
}

var (
	// secretKind matches what says that a manifest is a Secret, in YAML and in JSON.
	secretKind = regexp.MustCompile(`(?im)^[ \t>-]*["']?kind["']?[ \t]*:[ \t]*["']?Secret["']?[ \t]*,?[ \t]*$|["']kind["'][ \t]*:[ \t]*["']Secret["']`)
	dataYAML   = regexp.MustCompile(`(?m)^([ \t>]*)(?:data|stringData):[ \t]*$`)
	dataJSON   = regexp.MustCompile(`["'](?:data|stringData)["'][ \t]*:[ \t\r\n]*\{([^{}]*)\}`)
	entryYAML  = regexp.MustCompile(`^([ \t>]*)["']?[\w.-]+["']?:[ \t]*["']?([^\s"'|>\x00][^\n"'\x00]*)?`)
	entryJSON  = regexp.MustCompile(`["'][\w.-]+["'][ \t]*:[ \t]*["']([^"'\x00]+)["']`)
)

// kubernetesSecrets finds every value in the data of a Secret's manifest, however
// ordinary it looks: what a Secret holds is secret.
func kubernetesSecrets(text string) []place {
	if !secretKind.MatchString(text) {
		return nil
	}
	var places []place
	for _, m := range dataJSON.FindAllStringSubmatchIndex(text, -1) {
		for _, e := range entryJSON.FindAllStringSubmatchIndex(text[m[2]:m[3]], -1) {
			places = append(places, place{m[2] + e[2], m[2] + e[3]})
		}
	}
	for _, m := range dataYAML.FindAllStringSubmatchIndex(text, -1) {
		places = append(places, yamlValues(text, m[1], m[3]-m[2])...)
	}
	return places
}

// yamlValues gives the values of the mapping that follows the line which ends at
// end: all lines that are indented more than the margin.
func yamlValues(text string, end, margin int) []place {
	var places []place
	for at := end + 1; at < len(text); {
		line, _, _ := strings.Cut(text[at:], "\n")
		indent := len(line) - len(strings.TrimLeft(line, " \t>"))
		if strings.TrimSpace(line) != "" && indent <= margin {
			break
		}
		if m := entryYAML.FindStringSubmatchIndex(line); m != nil && m[4] >= 0 {
			places = append(places, place{at + m[4], at + m[4] + len(strings.TrimRight(line[m[4]:m[5]], " \t\r"))})
		} else if rest := strings.TrimRight(line, " \t\r"); m == nil && len(rest) > indent && rest[indent] != taken {
			places = append(places, place{at + indent, at + len(rest)}) // a block's line
		}
		at += len(line) + 1
	}
	return places
}
