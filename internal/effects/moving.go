package effects

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// move makes what people wrote in the comment fit for the wiki.
func (p *page) move() (err error) {
	if p.comment, err = p.moving(p.stood.Body, p.ours); err != nil {
		return err
	}
	p.edits = postmortem.Edits(p.stood.Body, p.ours)
	p.moved = slices.Clone(p.edits)
	for n := range p.moved {
		for _, text := range []*string{&p.moved[n].Heading, &p.moved[n].Body} {
			if *text, err = p.moving(*text, p.ours); err != nil {
				return err
			}
		}
	}
	return nil
}

// bringOver brings what people changed in the comment into the page, and keeps
// what the page does not take.
func (p *page) bringOver(theirs string) string {
	if len(p.moved) == 0 {
		return theirs
	}
	text, left := postmortem.BringOver(p.base, theirs, p.ours, p.moved)
	for _, n := range left {
		p.left = append(p.left, p.edits[n])
	}
	return text
}

// moving passes what people wrote in the comment through the gate before it
// moves to the wiki: there it would be Firebreak that writes it, for ever.
// Firebreak's own lines passed it before; its drawings are code to the gate.
func (t *task) moving(comment, ours string) (string, error) {
	known := map[string]bool{}
	for _, line := range strings.Split(ours, "\n") {
		known[line] = true
	}
	var out, theirs []string
	flush := func() error {
		clean, err := t.pass(strings.Join(theirs, "\n"))
		if err == nil && len(theirs) > 0 {
			out = append(out, clean)
		}
		theirs = nil
		return err
	}
	for _, line := range strings.Split(strings.ReplaceAll(comment, "\r\n", "\n"), "\n") {
		if !known[line] {
			theirs = append(theirs, line)
			continue
		}
		if err := flush(); err != nil {
			return "", err
		}
		out = append(out, line)
	}
	if err := flush(); err != nil {
		return "", err
	}
	return t.clean(strings.Join(out, "\n"))
}

func (t *task) pass(text string) (string, error) {
	clean, _, err := t.Gate.Clean(text)
	if err != nil {
		return "", fmt.Errorf("check what people wrote: %w", err)
	}
	return clean, nil
}
