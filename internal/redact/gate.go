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
	people  []rule
	blocks  []block
	marks   marks
}

// New makes a gate with all rules.
func New() (*Gate, error) {
	secrets, err := secretRules()
	if err != nil {
		return nil, err
	}
	g := &Gate{secrets: secrets, people: []rule{emailRule()}, blocks: []block{codeBlock, stackTrace}}
	g.marks = marksOf(g)
	return g, nil
}

// Clean is for everything that comes from people: it takes out secrets, e-mail
// addresses, fenced code and stack traces. Clean text comes back as it is. On an
// error there is no text, and nothing may be written.
func (g *Gate) Clean(text string) (string, Findings, error) {
	return g.settle(text, g.blocks, g.secrets, g.people)
}

// Scan is for rendered output, whose parts were cleaned: it takes out secrets
// alone. On an error there is no text, and nothing may be written.
func (g *Gate) Scan(text string) (string, Findings, error) {
	return g.settle(text, nil, g.secrets)
}

// settle repeats the pass until it finds nothing, since taking one thing out can
// bare another. So what it gives back is clean by its own measure, and a second
// call changes nothing.
func (g *Gate) settle(text string, blocks []block, groups ...[]rule) (clean string, found Findings, err error) {
	if len(text) > maxText {
		return "", nil, ErrTooLong
	}
	if !utf8.ValidString(text) {
		return "", nil, ErrEncoding
	}
	total := Findings{}
	for range maxPasses {
		next, found, err := g.pass(text, blocks, groups)
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
func (g *Gate) pass(text string, blocks []block, groups [][]rule) (_ string, _ Findings, err error) {
	at := "block"
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("redact text: the %s rule failed", at)
		}
	}()
	found := Findings{}
	for _, b := range blocks {
		var n int
		at = b.kind
		if text, n = b.replace(text); n > 0 {
			found[b.kind] += n
		}
	}
	for _, rules := range groups {
		plain := g.marks.plain(text)
		var spans []span
		for _, r := range rules {
			at = r.kind
			spans = append(spans, plain.locate(r)...)
		}
		text = replace(text, spans, found)
	}
	return text, found, nil
}
