// Package redact is the gate that text passes before Firebreak writes it
// anywhere. What it finds is replaced by "[redacted: kind]" and counted by kind;
// the found text itself is never given back, logged or put into an error.
//
// A false alarm costs a reader a word. A miss stays in a wiki's history for
// ever. Rules lean to the first.
package redact

import (
	"errors"
	"fmt"
	"regexp"
	"unicode/utf8"
)

// maxText bounds what is looked at, in bytes. GitHub takes some 260 kB in one
// body; a rendered page may join several.
const maxText = 2 << 20

// maxPasses bounds how often text is gone through until nothing is found.
const maxPasses = 16

var (
	// ErrTooLong means that the text is longer than 2 MiB.
	ErrTooLong = errors.New("text is too long to redact")
	// ErrEncoding means that the text is not UTF-8.
	ErrEncoding = errors.New("text to redact is not UTF-8")
)

// Gate finds and replaces what must not be written. It is safe for concurrent
// use. Make one with New; the zero value finds nothing.
type Gate struct {
	secrets []rule
	// own are what a repository added; see Options.
	own    []rule
	people []rule
	blocks []block
	allow  []*regexp.Regexp
	// inline is how many characters of inline code stay.
	inline int
}

// New makes a gate with all rules. They are compiled once for the process.
func New() (*Gate, error) {
	secrets, err := ownSecretRules()
	if err != nil {
		return nil, err
	}
	return &Gate{secrets: secrets, people: peopleRules(), blocks: []block{codeBlock, stackTrace, indentedCode(), sqlCode()}, inline: DefaultInlineCode}, nil
}

// Clean is for everything that comes from people: it takes out secrets, e-mail
// addresses, fenced code, long inline code, stack traces and what a repository's
// own patterns match. Clean text comes back as it is. On an
// error there is no text, and nothing may be written.
func (g *Gate) Clean(text string) (string, Findings, error) {
	return g.settle(text, steps{before: g.blocks, rules: [][]rule{g.secrets, g.own, g.people}, after: []block{inlineCode(g.inline)}})
}

// Scan is for rendered output, whose parts were cleaned: it takes out secrets
// alone. On an error there is no text, and nothing may be written.
func (g *Gate) Scan(text string) (string, Findings, error) {
	return g.settle(text, steps{rules: [][]rule{g.secrets}, rendered: true})
}

// steps are what one pass does, in order. A token in a line of code is told as a
// token, hence the code after the rules; a whole block of it is just code.
type steps struct {
	before []block
	rules  [][]rule
	after  []block
	// rendered: Firebreak's own hidden marks are in the text, and nobody else's.
	rendered bool
}

// settle repeats the pass until it finds nothing, since taking one thing out can
// bare another. So what it gives back is clean by its own measure, and a second
// call changes nothing.
func (g *Gate) settle(text string, s steps) (clean string, found Findings, err error) {
	if len(text) > maxText {
		return "", nil, ErrTooLong
	}
	if !utf8.ValidString(text) {
		return "", nil, ErrEncoding
	}
	total := Findings{}
	for range maxPasses {
		next, found, err := g.pass(text, s)
		if err != nil {
			return "", nil, err
		}
		if found.Total() == 0 {
			return text, total, nil
		}
		total.Add(found)
		text = next
	}
	return "", nil, fmt.Errorf("redact text: still finding after %d passes", maxPasses)
}

// pass goes through the text once, a group of rules after the other: maya:pw@host
// must not be taken for an address before it is known as part of a URL. A rule
// that panics fails the pass; the panic's value may quote the text and is dropped.
func (g *Gate) pass(text string, s steps) (_ string, _ Findings, err error) {
	at := "block"
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("redact text: the %s rule failed", at)
		}
	}()
	found := Findings{}
	take := func(blocks []block) {
		for _, b := range blocks {
			var n int
			at = b.kind
			if text, n = b.replace(text); n > 0 {
				found[b.kind] += n
			}
		}
	}
	take(s.before)
	for _, rules := range s.rules {
		if len(rules) > 0 {
			spans := g.search(text, rules, &at)
			if s.rendered {
				spans = outsideMarks(text, spans)
			}
			text = replace(text, spans, found)
		}
	}
	take(s.after)
	return text, found, nil
}

// search gives what rules find in a text, in the order of the rules. It says in at
// which one is at work.
func (g *Gate) search(text string, rules []rule, at *string) []span {
	read := plainOf(text)
	bare, isDressed := read.bare()
	decoded, isEscaped := read.decoded()
	var spans []span
	for _, r := range rules {
		*at = r.kind
		if r.last && len(spans) > 0 {
			continue // the next pass comes to it
		}
		spans = append(spans, read.locate(r, g.allow)...)
		if isDressed && !r.last {
			spans = append(spans, bare.locate(r, g.allow)...)
		}
		if isEscaped && !r.last {
			spans = append(spans, decoded.locate(r, g.allow)...)
		}
	}
	return spans
}
