package corpus

import (
	"encoding/base64"
	"strings"
)

// disguised is a kind of token, drawn as it looks after it was copied, pasted or
// formatted.
func (d draw) disguised(token kind) kind {
	disguise := pick(d, disguises)
	drawn := token.value
	token.sentences = spoken
	token.name = "dress-" + disguise.name
	token.value = func(d draw) value { return disguise.of(d, drawn(d).text) }
	return token
}

// disguises are ways in which a token is not written as it is.
var disguises = []struct {
	name string
	of   func(d draw, token string) value
}{
	{"zero-width", func(d draw, token string) value {
		return cut(token, pick(d, []string{"\u200b", "\u200c", "\u200d", "\ufeff", "\u2060", "\u00ad"}), d.place(token))
	}},
	{"html-tag", func(d draw, token string) value {
		return cut(token, pick(d, []string{"<wbr>", "<!-- -->", "<b></b>"}), d.place(token))
	}},
	{"line-break", func(d draw, token string) value { return cut(token, "\\\n", d.place(token)) }},
	{"bold", func(d draw, token string) value {
		at := d.place(token)
		return value{token[:at] + "**" + token[at:] + "**", []string{token[:at], token[at:]}}
	}},
	{"entity", func(_ draw, token string) value { return signs(token, "&#95;", "&#45;") }},
	{"escape", func(_ draw, token string) value { return signs(token, `\_`, `\-`) }},
	{"base64", func(_ draw, token string) value {
		return whole(base64.StdEncoding.EncodeToString([]byte("token=" + token)))
	}},
	{"link", func(_ draw, token string) value {
		return value{"[" + token + "](https://ci.acme.internal/settings)", []string{token}}
	}},
	{"gitleaks-allow", func(_ draw, token string) value {
		return value{token + " # gitleaks:allow", []string{token}}
	}},
}

// place is one to cut a token at, neither near its start nor near its end.
func (d draw) place(token string) int { return d.between(len(token)*2/5, len(token)*3/5) }

// cut puts something into a token, whose halves are looked for.
func cut(token, between string, at int) value {
	return value{token[:at] + between + token[at:], []string{token[:at], token[at:]}}
}

// signs writes the signs of a token in another way. What is looked for is the
// longest part that they leave.
func signs(token, underscore, hyphen string) value {
	longest := ""
	for _, part := range strings.FieldsFunc(token, func(c rune) bool { return c == '_' || c == '-' }) {
		if len(part) > len(longest) {
			longest = part
		}
	}
	return value{strings.NewReplacer("_", underscore, "-", hyphen).Replace(token), []string{longest}}
}
