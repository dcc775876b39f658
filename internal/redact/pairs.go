package redact

// pairRules know secrets by a name that stands apart from the value: in the
// environment of a container, a table, an element of XML, a command that sets
// variables.
func pairRules() ([]rule, error) {
	const (
		what  = `(?:passw(?:or)?d|passphrase|pwd|secret|token|credential|(?:api|access|private|auth|signing|encryption|account|master|admin|app|license)[_.-]?key)`
		value = `([^\s"'` + "`" + `,;|(){}<>\x00]{6,})`
	)
	hints := []string{"passw", "passphrase", "pwd", "secret", "token", "credential", "key"}
	return patterns(nil, []token{
		{"secret", `(?i)\b(?:name|key)["']?[ \t]*[:=][ \t]*["']?[\w.-]{0,60}?` + what + `[\w.-]{0,20}["']?[ \t]*,?\s{0,40}["']?value["']?[ \t]*[:=][ \t]*["']?` + value, notVariable, hints},
		{"secret", `(?i)<[\w:.-]{0,40}` + what + `(?:[ \t][^<>\n\x00]{0,80})?>[ \t]*` + value + `[ \t]*</`, notVariable, hints},
		{"secret", `(?i)\b[a-z][\w.-]{0,60}?[_.-]?` + what + `["'` + "`" + `*]{0,3}(?:[ \t]*(?:\||->|=>|→|⇒|,)[ \t]*|[ \t]+(?:(?:is|was|to|as|with)(?:[ \t]+set)?[ \t:]+)?)["'` + "`" + `*|]{0,4}[ \t]*([A-Za-z0-9_+/=.~-]{16,})`, drawnOrHash, hints},
	})
}

// drawnOrHash tells what was drawn at random, also in hexadecimal or as a UUID:
// behind a name of a secret it is no commit.
func drawnOrHash(s string) bool {
	return isRandom(s) || len(s) >= 32 && hasDigit(s) && (isHash.MatchString(s) || isUUID.MatchString(s))
}
