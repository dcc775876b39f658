package redact

import (
	"slices"
	"strings"
)

// token is the form in which an issuer publishes its tokens. Lengths are kept
// loose where an issuer calls them variable, as GitHub does.
type token struct {
	kind string
	// expr matches the token. Begun with \b, neither a letter nor a digit stands
	// before it.
	expr   string
	accept func(string) bool
	hints  []string
}

// tokenRules know the tokens and webhook addresses that tell what they are.
func tokenRules() ([]rule, error) {
	var rules []rule
	for _, t := range slices.Concat(codeTokens, packageTokens, cloudTokens, platformTokens, watchTokens, chatTokens, mailTokens,
		payTokens, modelTokens, officeTokens, keyTokens) {
		expr, alone := strings.CutPrefix(t.expr, `\b`)
		r, err := pattern(t.kind, expr, nil, t.hints...)
		if err != nil {
			return nil, err
		}
		r.find, r.run = tokenFinder(r.find, t.accept, alone), shortestToken
		r.token = true
		rules = append(rules, r)
	}
	return rules, nil
}

// shortestToken is the least length of the tokens in these lists.
const shortestToken = 14

// tokenFinder judges what an expression finds. An underscore before a token is
// Markdown's emphasis as often as part of a name.
func tokenFinder(find func(string) []place, accept func(string) bool, alone bool) func(string) []place {
	return func(text string) []place {
		return slices.DeleteFunc(find(text), func(p place) bool {
			found := text[p.start:p.end]
			return alone && p.start > 0 && isWord(text[p.start-1]) && text[p.start-1] != '_' || isDummy(found) || accept != nil && !accept(found)
		})
	}
}

// isDummy tells the example of a token: it repeats one sign in place of the drawn
// part.
func isDummy(s string) bool {
	const longest = 8
	run := 1
	for i := 1; i < len(s); i++ {
		if run++; s[i] != s[i-1] {
			run = 1
		}
		if run == longest && strings.IndexByte("xX*.0_-", s[i]) >= 0 {
			return true
		}
	}
	return false
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

func hasUpper(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 'A' && r <= 'Z' })
}

func hasLower(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' })
}

// oddly tells what was drawn at random, digits or not, from what was named by hand.
func oddly(s string) bool {
	rest := s[min(len(s), 6):]
	return hasDigit(rest) || hasUpper(rest) && hasLower(rest)
}

// drawn tells what was drawn at random from letters and digits.
func drawn(s string) bool { return hasDigit(s) && hasUpper(s) && hasLower(s) }

// mixed tells what was drawn at random behind a prefix from what was named by hand.
func mixed(s string) bool {
	_, rest, _ := strings.Cut(s, "-")
	return drawn(rest)
}
