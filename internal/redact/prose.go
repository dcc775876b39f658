package redact

import (
	"regexp"
	"strings"
)

// proseRules know secrets by the sentence that people put them into.
func proseRules() ([]rule, error) {
	const open = "[\"'`*“‘«(]{0,3}"
	const names = `(?:passwords?|passwd|passphrase|passcode|pass|pwd|pw|kennwort|passwort|mot de passe|contraseña|senha|wachtwoord|lösenord|hasło|parola)`
	rules, err := patterns(endOfWord, []token{
		{"password", `(?i)(?:^|[^A-Za-z_?&-])` + names + `[ \t]+` + open + `([^\s"'` + "`" + `<>\x00]{5,})`, saidPassword, []string{"pass", "pwd", "pw ", "kennwort", "contras", "senha", "wachtwoord", "senord", "has", "parola"}},
		{"password", `(?i)(?:^|[^A-Za-z_?&-])` + names + `(?:[ \t]*(?::[ \t]|->)|(?:[ \t]+[\pL-]+){0,5}?[ \t]+(?:is|was|to|be|as|ist|war|est|es|é|lautet|auf)(?:[ \t]+now)?[ \t:])[ \t]*` + open + `([^\s"'` + "`" + `<>\x00]{4,})`,
			saidStrongly, []string{"pass", "pwd", "pw", "kennwort", "contras", "senha", "wachtwoord", "senord", "has", "parola"}},
		{"password", `(?i)\b` + names + `[ \t]+(?:is|was|to|:)?[ \t]*["'“‘«` + "`" + `]([^"'“”‘’«»` + "`" + `\n\x00]{4,64})["'”’»` + "`" + `]`, quotedPassword, []string{"pass", "pwd", "pw"}},
		{"password", `(?i)["'` + "`" + `*]{0,2}([^\s"'` + "`" + `<>\x00]{5,})["'` + "`" + `*]{0,2}[ \t]+(?:is|was)[ \t]+(?:the|my|our|its)[ \t]+(?:\w+[ \t]+){0,3}(?:password|passphrase|passcode|pwd)\b`, saidStrongly, []string{"pass", "pwd"}},
		{"password", `(?i)\b(?:use|using|try|enter|type|with|set)[ \t]+` + open + `([^\s"'` + "`" + `<>\x00]{5,})["'` + "`" + `*]{0,2}[ \t]+(?:as|for)[ \t]+(?:the[ \t]+|a[ \t]+)?(?:\w+[ \t]+){0,3}(?:password|passphrase|passcode|pwd)\b`, saidStrongly, []string{"pass", "pwd"}},
		{"password", `(?i)\b(?:cred(?:ential)?s?|log-?in|account|user(?:name)?)\b[^\n\x00:=]{0,30}(?:[:=]|\b(?:is|are|with|as|using)\b)[ \t]*` + open + `[\w.@+-]{1,64}["'` + "`" + `*]{0,2}[ \t]*(?:/|:|\||,|[ \t]and[ \t]|[ \t]with[ \t])[ \t]*(?:` + names + `[ \t:=]*)?` + open + `([^\s"'` + "`" + `<>/\x00]{5,})`,
			saidStrongly, []string{"cred", "login", "log-in", "account", "user"}},
		{"password", `(?i)\b(?:log(?:ged|ging)?|sign(?:ed|ing)?|ssh|connect(?:ed)?)[ \t-]?(?:in)?\b[^\n\x00]{0,30}\b(?:as|with|using)[ \t]+` + open + `[\w.@+-]{1,64}[ \t]*[/:][ \t]*([^\s"'` + "`" + `<>/\x00]{5,})`,
			saidStrongly, []string{" as ", " with ", " using "}},
		{"secret", `(?i)\b(?:token|secret|(?:api|access|auth|secret|private|signing|encryption|master|admin|service|license|client|consumer|deploy|app|shared)[ _-]?key|webhook[ _-]?secret)(?:[ \t]+[a-z]+){0,6}(?:[ \t]*(?:[:=]|->)[ \t]*|[ \t]+(?:(?:is|was|to)[ \t:]+)?)` + open + `([A-Za-z0-9_+/.~-]{12,}={0,2})`,
			isRandom, []string{"token", "secret", "key"}},
		{"secret", `(?i)\b(?:(?:auth|access|api|bearer|refresh|session|bot|deploy|personal|service)?[ _-]?token|secret|(?:api|access|auth|secret|private|signing|encryption|admin|service|license)[ _-]?key)(?:[ \t]*(?:[:=]|->)[ \t]*|[ \t]+(?:(?:is|was|to)[ \t:]+)?)` + open + `([0-9a-f]{32,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b`,
			hasDigit, []string{"token", "secret", "key"}},
		{"secret", `(?i)\b(?:mnemonic|(?:seed|recovery|backup)[ \t]+(?:phrase|words))\b[^\n\x00:=]{0,30}[:=]?[ \t]*` + open + `((?:[a-z]{3,8}[ \t]+){11,23}[a-z]{3,8})`, nil, []string{"mnemonic", "phrase", "words"}},
	})
	for i := range rules {
		rules[i].find = byLine(rules[i].hints, rules[i].find)
	}
	return rules, err
}

// byLine runs a rule that reaches over no line's end on those lines alone that
// could have a find: a hint, and something that is no word.
func byLine(hints []string, find func(string) []place) func(string) []place {
	return func(text string) []place {
		var places []place
		for at := 0; at < len(text); {
			line := text[at:]
			if n := strings.IndexByte(line, '\n'); n >= 0 {
				line = line[:n]
			}
			if (rule{hints: hints}).hinted(strings.ToLower(line)) && oddWord.MatchString(line) {
				for _, p := range find(line) {
					places = append(places, place{at + p.start, at + p.end})
				}
			}
			at += len(line) + 1
		}
		return places
	}
}

// oddWord matches what a secret has and most words do not: digits and letters in
// one, signs, hyphens, quotes around it.
var oddWord = regexp.MustCompile("[A-Za-z][0-9]|[0-9][A-Za-z]|[A-Za-z0-9][!$%^&*+=?@#~|\\\\]|[!$%^&*+=?@#~|\\\\][A-Za-z0-9]|[0-9]{6}|[a-z][-_.][a-z]+[-_.][a-z]|[\"'`“‘«]|(?:[a-z]{3,8} ){8}")

// endOfWord leaves what ends a sentence or begins the next assignment.
func endOfWord(found string) int {
	if strings.ContainsAny(found, " \t") {
		return len(found)
	}
	return max(len(trimValue(found[:wordLen(found)])), 1)
}

// saidPassword judges what follows the word without a sign between.
func saidPassword(s string) bool {
	s = trimValue(s)
	return len(s) >= 6 && hasDigit(s) && letters.MatchString(s) && strongWord(s) && !named.MatchString(s)
}

func saidStrongly(s string) bool {
	s = trimValue(s)
	return !placeholder(s) && (strongWord(s) && !named.MatchString(s) || words.MatchString(s))
}

// words are a passphrase of several, joined.
var words = regexp.MustCompile(`^[a-z]{3,}(?:[-_.][a-z]{3,}){3,}$`)

// quotedPassword judges what stands in quotes: there people put a value, or the
// words of a message.
func quotedPassword(s string) bool {
	return !placeholder(s) && !strings.ContainsAny(s, " \t") && !isState(s) && !isPointer.MatchString(s)
}

var (
	letters = regexp.MustCompile(`[A-Za-z]`)
	// named are words parted by signs, a link, a number with its unit.
	named = regexp.MustCompile(`^(?:[A-Za-z]+(?:[-_/.:'’][A-Za-z]+)*[?!]*|https?:.*|[a-z]+(?:[-_/.][a-z0-9]+)*\.[a-z]{2,4}|[A-Za-z]+-?[0-9]{1,2}|[A-Z]+-[0-9]+|[#@].*|[0-9][0-9.,:%-]*[a-z]{0,7})$`)
)

// isRandom tells what was drawn at random from names, paths, versions and from
// the hashes and ids that an incident is full of.
func isRandom(s string) bool {
	s = strings.Trim(s, ".-_=")
	if isHash.MatchString(s) || isUUID.MatchString(s) || placeholder(s) || isPointer.MatchString(s) {
		return false
	}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-_./:=+~", r) }) {
		if len(part) >= 10 && changes(part) >= 4 || len(part) >= 10 && drawn(part) && changes(part) >= 3 {
			return true
		}
	}
	return drawn(s) && (changes(s) >= 8 && len(s) < 24 || len(s) >= 24 && digitRuns(s) >= 3 && changes(s) >= 10)
}

// digitRuns counts the numbers in a string.
func digitRuns(s string) int { return len(numbers.FindAllString(s, -1)) }

var numbers = regexp.MustCompile(`[0-9]+`)

var (
	isHash = regexp.MustCompile(`^(?:[0-9a-f]{7,64}|[0-9a-f]{96}|[0-9a-f]{128}|[0-9A-F]{40}|[0-9A-F]{64})$`)
	isUUID = regexp.MustCompile(`(?i)^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
)

// changes counts how often letters, capitals and digits take turns.
func changes(s string) int {
	n, last := 0, class(s[0])
	for i := 1; i < len(s); i++ {
		if c := class(s[i]); c != last {
			n, last = n+1, c
		}
	}
	return n
}

func class(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return 1
	case c >= 'A' && c <= 'Z':
		return 2
	case c >= 'a' && c <= 'z':
		return 3
	}
	return 0
}
