package effects

import (
	"fmt"
	"strings"
)

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
