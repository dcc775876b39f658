package redact

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// value is what stands behind a name and a sign of assignment.
type value struct {
	place
	text string
	// certain: what stands here is meant as a value. Otherwise it may be prose.
	certain bool
	// last: nothing follows on the line.
	last bool
	// said: "the password is …"
	said bool
}

// longestValue bounds what is read before a value is judged: a text can be one
// value to many names in it.
const longestValue = 1 << 10

// valueAt reads the value behind a sign.
func valueAt(text string, at int, sign string) value {
	start := at + blanks(text[at:])
	tight := start == at
	if v, ok := quotedAt(text, start); ok {
		return v
	}
	for start < len(text) && strings.IndexByte("\"'`", text[start]) >= 0 {
		start++
	}
	end := start + wordLen(text[start:min(len(text), start+longestValue)])
	end = start + len(trimValue(text[start:end]))
	v := value{place: place{start, end}, text: text[start:end]}
	v.said = sign != "" && (isLetter(sign[0]) || sign[0] == '|' || sign[0] == '<')
	v.certain = strings.Contains(sign, "=") || sign == ":" && tight
	v.last = endsLine(text[end:])
	return v
}

// wholeEnd is where a value ends that was longer than what was judged of it.
func (v value) wholeEnd(text string) int {
	if v.end-v.start < longestValue/2 {
		return v.end
	}
	return max(v.end, v.start+len(trimValue(text[v.start:v.start+wordLen(text[v.start:])])))
}

// blanks measures spaces, and the asterisks of a bold name.
func blanks(text string) int {
	return len(text) - len(strings.TrimLeft(text, " \t*"))
}

// quotedAt reads a value in quotes, which may hold blanks. The empty one is read
// too. Three quotes in a row, as some languages have, open like one.
func quotedAt(text string, start int) (value, bool) {
	if start >= len(text) || strings.IndexByte("\"'`", text[start]) < 0 {
		return value{}, false
	}
	quote := text[start]
	open := start
	for open < len(text) && text[open] == quote {
		open++
	}
	if open-start == 2 {
		return value{place: place{start, start}}, true
	}
	rest := text[open:min(len(text), open+longestValue)]
	end := strings.IndexAny(rest, string(quote)+"\n\x00")
	if end < 0 || rest[end] != quote {
		return value{}, false
	}
	return value{place: place{open, open + end}, text: rest[:end], certain: true}, true
}

// wordLen measures up to a blank, a quote or a marker, or to the next assignment
// of a list.
func wordLen(text string) int {
	for i, r := range text {
		switch {
		case unicode.IsSpace(r) || strings.ContainsRune("\"'`<>\x00", r):
			return i
		case (r == ';' || r == ',' || r == '&') && nextAssignment.MatchString(text[i:min(len(text), i+40)]):
			return i
		}
	}
	return len(text)
}

var nextAssignment = regexp.MustCompile(`^.[A-Za-z][A-Za-z0-9_.]{0,30}[=:]`)

// trimValue takes off what ends a sentence or closes what opened before.
func trimValue(s string) string {
	for s != "" {
		c := s[len(s)-1]
		closes := strings.IndexByte(")]}", c)
		switch {
		case strings.IndexByte(".,;:*", c) >= 0:
		case closes >= 0 && strings.Count(s, "([{"[closes:closes+1]) < strings.Count(s, string(c)):
		default:
			return s
		}
		s = s[:len(s)-1]
	}
	return s
}

func endsLine(text string) bool {
	text = strings.TrimLeft(text, " \t\r.,;:*_)]}\"'`")
	return text == "" || text[0] == '\n'
}

// isSecret judges a value. Where people write sentences, only what is no word
// counts, or a word that has the line's end for itself.
func (v value) isSecret() bool {
	const shortest, shortestSaid = 3, 6
	if len(v.text) < shortest || placeholder(v.text) || isState(v.text) {
		return false
	}
	switch {
	case v.certain:
		return true
	case v.said:
		return len(v.text) >= shortestSaid && (strongWord(v.text) || v.last && unlikely(v.text))
	case v.last:
		return !isPointer.MatchString(v.text) && !isMeasure.MatchString(v.text)
	}
	return strongWord(v.text)
}

// strongWord tells a secret from a word: digits among letters, signs, capitals
// inside. Dates, times, links, logins and the like are none.
func strongWord(s string) bool {
	const shortest = 5
	if len(s) < shortest || isPointer.MatchString(s) || isAmount.MatchString(s) {
		return false
	}
	letters := strings.IndexFunc(s, unicode.IsLetter) >= 0
	signs := strings.ContainsAny(s, "!$%^&*+=?@#~|\\")
	return hasDigit(s) && (letters || signs || len(s) >= 6) || signs || isBase64Like(s)
}

// unlikely tells what no sentence about a password ends with, a bare word of small
// letters that is none of those that describe one.
func unlikely(s string) bool {
	const shortest = 8
	return len(s) >= shortest && smallWord.MatchString(s) && !describes.MatchString(s) && !isState(s)
}

var (
	smallWord = regexp.MustCompile(`^[a-z]+$`)
	describes = regexp.MustCompile(`(?:ed|ing|ly|able|ible|ful|less|ent|ant|ous|ary|ory|ive|al|ic|tion|sion|ment|ness|ity|ment|ers|word|words|where|thing|body|wn|en|ck|ase|ate|ase|age|er|ss|ic)$|^(?:some|every|any|no|under|over)`)
)

func isBase64Like(s string) bool {
	const long = 16
	return len(s) >= long && hasUpper(s[1:]) && hasLower(s)
}

var (
	// isPointer matches what people point at: links, logins, issues, dates, times,
	// versions.
	isPointer = regexp.MustCompile(`^(?:https?://|[@#][A-Za-z0-9-]+$|[0-9]{4}-[0-9]{2}|[0-9]{1,2}[:.][0-9]{2}|v?[0-9]+(?:\.[0-9]+)+$)`)
	isMeasure = regexp.MustCompile(`^[0-9.,]+(?:%|[a-z]{1,7})$`) // 30s
	isAmount  = regexp.MustCompile(`^[0-9.,]{1,5}(?:%|[a-z]{1,7})?$`)
)

// placeholder tells what stands for a value: a variable, a form's blank.
func placeholder(s string) bool {
	return isPlaceholder.MatchString(s) || isBlank.MatchString(s) || strings.Trim(s, "*xX.•-_…") == "" || isDummy(s)
}

// isBlank matches what examples have where a value belongs: words, not a value.
var isBlank = regexp.MustCompile(`(?i)^[<\[{(]*(?:(?:[a-z]+[_ -])*(?:your|insert|enter|replace|redacted|placeholder|example|dummy|sample|changeme|change[_-]?(?:me|it|this)|fill[_-]?(?:me|in))(?:[_ -]?[a-z]+)*|` +
	`(?:my|the|some|a)[_ -][a-z]+(?:[_ -][a-z]+)*|[a-z]+[_ -]here|x{3,}|todo|tbd|(?:api|access|secret|auth)?[_ -]?(?:token|key|secret|password|value)[_ -]?(?:here|goes[_ -]here)?)[>\]})]*$`)

var isPlaceholder = regexp.MustCompile(`^(?:\$(?:[A-Z_][A-Z0-9_]*|[a-z_]+)$|\$\{[^}]*\}?$|\$\(|\{\{|\{[A-Za-z_]+\}$|` +
	`%(?:[sdvq]|\([a-z_]+\)s|[A-Z_]+%)$|process\.env|os\.(?:environ|[Gg]etenv)|System\.getenv|ENV(?:\[|\.fetch)|getenv\(|env\(|(?:secrets?|env|var|vars|local|config|settings|params|props|self|this|data|module|input|inputs|values|\.Values)\.[A-Za-z_.]+$|` +
	`\$\{?env:|!(?:Ref|Sub|GetAtt|secret|vault)\b|arn:aws:(?:secretsmanager|ssm|iam)|op://|vault:|ref\+|sops:|secret://|secretref|awssm|gcp-?sm|keyvault|@Microsoft\.KeyVault|ENC\[|` +
	`file://|(?:/run|/var/run|/etc|/mnt|\./)[A-Za-z0-9_/.-]*$|\(?(?:hidden|not[ _-]set|none|masked|removed|sensitive(?: value)?|\*+)\)?$|\*{2,}[A-Za-z]*\*{2,}$|[A-Za-z.]+\(\)$|<[^>]*>?$|\[[A-Za-z -]*\]$|%[{(]|#\{)`)

func isState(s string) bool { return slices.Contains(states, strings.ToLower(s)) }

// states are what a field says about a secret without telling it.
var states = strings.Fields(`absent active added bad changed compromised correct created deleted disabled empty enabled exists expired
 expires exposed false found generated hidden incorrect inherit invalid invalidated leaked lost missing mandatory n/a new nil no none null
 ok old optional present redacted refreshed rejected removed required reset revoked rotated set stale string
 todo true unchanged undefined unknown unset updated used valid wrong yes`)
