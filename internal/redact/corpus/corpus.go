// Package corpus holds texts to measure a redaction by: those with a secret or
// personal data in them, and those that only look like it. Read gives those that
// were written by hand, Generate others with values of their own. Neither knows
// anything of the rules that are measured.
package corpus

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"gopkg.in/yaml.v3"
)

// The classes of cases. A look-alike is to be kept, the others are to be found.
const (
	Secret    = "secret"
	Personal  = "personal"
	LookAlike = "look-alike"
)

// Case is a text and what has to become of its parts.
type Case struct {
	ID    string `yaml:"id"`
	Kind  string `yaml:"kind"`  // as github-installation-token
	Class string `yaml:"class"` // Secret, Personal or LookAlike
	// Text is Markdown as somebody writes it during an incident.
	Text string `yaml:"text"`
	// Find are the parts that must not be left; none for a look-alike.
	Find []string `yaml:"find"`
	// Keep are the parts that must still be there; only for a look-alike.
	Keep []string `yaml:"keep"`
	// Hard marks a case that a reader who knows could be in doubt about.
	Hard bool `yaml:"hard"`
}

// Left are the parts to find that a redacted text still has.
func (c Case) Left(redacted string) (left []string) {
	for _, part := range c.Find {
		if strings.Contains(redacted, part) {
			left = append(left, part)
		}
	}
	return left
}

// Lost are the parts to keep that a redacted text no longer has.
func (c Case) Lost(redacted string) (lost []string) {
	for _, part := range c.Keep {
		if !strings.Contains(redacted, part) {
			lost = append(lost, part)
		}
	}
	return lost
}

// seam stands for nothing in a file. It keeps scanners of repositories from
// taking an invented secret for a leaked one.
const seam = "⟦⟧"

//go:embed testdata/*.yaml
var files embed.FS

// Read returns the cases that were written by hand, in the order of their files.
func Read() (cases []Case, err error) {
	names, err := fs.Glob(files, "testdata/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		read, err := parse(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		cases = append(cases, read...)
	}
	return cases, nil
}

// parse reads a list of cases and takes the seams out.
func parse(text []byte) (cases []Case, err error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&cases); err != nil {
		return nil, err
	}
	for i := range cases {
		c := &cases[i]
		c.Text = strings.ReplaceAll(c.Text, seam, "")
		for _, parts := range [][]string{c.Find, c.Keep} {
			for j := range parts {
				parts[j] = strings.ReplaceAll(parts[j], seam, "")
			}
		}
		if err := c.check(); err != nil {
			return nil, fmt.Errorf("%s: %w", c.ID, err)
		}
	}
	return cases, nil
}

// check says what is wrong with a case as such.
func (c Case) check() error {
	parts, others := c.Find, c.Keep
	switch c.Class {
	case Secret, Personal:
	case LookAlike:
		parts, others = c.Keep, c.Find
	default:
		return fmt.Errorf("unknown class %q", c.Class)
	}
	switch {
	case c.ID == "", c.Kind == "", c.Text == "":
		return fmt.Errorf("id, kind and text are needed")
	case len(parts) == 0, len(others) > 0:
		return fmt.Errorf("a %s has either nothing to look for, or of the wrong sort", c.Class)
	}
	for _, part := range parts {
		if part == "" || !strings.Contains(c.Text, part) {
			return fmt.Errorf("%q is not in the text", part)
		}
	}
	return nil
}
