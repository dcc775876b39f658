package redact

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// keys are the names that announce a secret, by kind. What may stand before a
// name (DB_PASSWORD) is left open; what follows it (token_type) is not. Every name
// begins with one of the stems, which are what the text is searched for.
var keys = []struct{ kind, stems, names string }{
	{"aws-secret", "secret", `secret[ _-]?access[ _-]?key`},
	{"password", "passw passp passc _pass -pass .pass pwd kennw", `passwords?|passwd|passphrase|passcode|passwort|kennwort|[_.-]pass|pwd`},
	{"secret", "secret token api access auth private signing encryption master account shared credential preshared pre-shared pre_shared " +
		"license consumer app client deploy service admin subscription storage cookie session webhook jwt hmac ssh bot",
		`secret(?:[_-]?key(?:[_-]?base)?)?s?|token|` +
			`(?:api[ _-]?|(?:access|auth|private|signing|encryption|master|account|pre[_-]?shared|shared|license|consumer|app(?:lication)?|client|deploy|` +
			`service|admin|subscription|storage|cookie|session|webhook|jwt|hmac|ssh|bot)[_-]?)key|credentials?`},
}

// separators stand between a name and its value: what a person says it is for, then
// a sign of assignment, a word, or the blank behind a command line's option. The
// group is the sign.
const separators = "[0-9]?[\"'`*_\\])]{0,4}" + `(?:[ \t](?:for|of|on|in|at)[ \t][a-z0-9_.-]{1,30}|[ \t]\([^)\n]{1,30}\))?` +
	`[ \t]{0,20}(:=|=>|==?|:|->|[ \t](?:is|was|to):?[ \t]|\|[ \t]|(?:</[a-z]+>[: \t]*)+(?:<[a-z]+>[ \t]*)*|[ \t])`

// assignmentRules find "password=…", "secret: …", "--token …" and the like.
func assignmentRules() ([]rule, error) {
	var rules []rule
	for _, k := range keys {
		re, err := regexp.Compile(`^(?:` + k.names + `)` + separators)
		if err != nil {
			return nil, fmt.Errorf("compile %s rule: %w", k.kind, err)
		}
		stems := strings.Fields(k.stems)
		find := func(text string) []place { return assigned(text, stems, re) }
		rules = append(rules, rule{kind: k.kind, firm: k.kind == "aws-secret", hints: stems, find: find})
	}
	return rules, nil
}

// assigned judges what stands behind each name. It does not leave that to the
// expression, since a value that is none must not hide the next name.
func assigned(text string, stems []string, re *regexp.Regexp) []place {
	const longest = 128 // of a name with its separators
	lower := lowerASCII(text)
	var places []place
	end := 0
	for _, at := range occurrences(lower, stems) {
		m := re.FindStringSubmatchIndex(lower[at:min(len(lower), at+longest)])
		if at < end || m == nil {
			continue
		}
		sign := strings.TrimSpace(lower[at+m[2] : at+m[3]])
		if !isName(lower[:at], sign) {
			continue
		}
		v := valueAt(text, at+m[1], sign)
		if path := strings.HasPrefix(v.text, "/") && strings.HasPrefix(lower[at:], "pwd"); v.isSecret() && !path {
			end = v.wholeEnd(text)
			places = append(places, place{v.start, end})
		}
	}
	return places
}

// lowerASCII keeps the offsets, which strings.ToLower does not.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + ('a' - 'A')
		}
	}
	return string(b)
}

// occurrences gives the places of all stems in the text's order.
func occurrences(text string, stems []string) []int {
	var all []int
	for _, stem := range stems {
		for at := 0; ; at++ {
			i := strings.Index(text[at:], stem)
			if i < 0 {
				break
			}
			at += i
			all = append(all, at)
		}
	}
	slices.SortFunc(all, cmp.Compare[int])
	return all
}

// isName looks at what stands before a name. Without a sign of assignment it must
// be a command line's option. A URL's parameter has another rule, which knows
// where its value ends.
func isName(before, sign string) bool {
	word := wordBefore(before)
	if sign == "" && (!strings.HasPrefix(word, "-") || strings.HasPrefix(word, "---")) {
		return false
	}
	rest := before[:len(before)-len(word)]
	return rest == "" || strings.IndexByte("?&", rest[len(rest)-1]) < 0
}

// wordBefore is the part of a name that stands before the key word in it.
func wordBefore(before string) string {
	const longest = 64
	i := len(before)
	for i > 0 && len(before)-i < longest && (isWord(before[i-1]) || strings.IndexByte("-.", before[i-1]) >= 0) {
		i--
	}
	return before[i:]
}

func isLetter(c byte) bool { return isWord(c) && c != '_' && (c < '0' || c > '9') }
