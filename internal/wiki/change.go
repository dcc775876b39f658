package wiki

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Change is what a commit does to a wiki. The zero value does nothing. Files in
// folders are named by their path; a folder that is not there is not made.
type Change struct {
	// Write gives files their new content, by file name. It wins over Delete.
	Write map[string][]byte
	// Delete names files to take away; those that are not there are passed over.
	Delete []string
	// Message is the commit's message. It may be empty only if nothing changes.
	Message string
}

// check refuses names that git or a wiki could not hold.
func (ch Change) check() error {
	names := slices.Concat(slices.Sorted(maps.Keys(ch.Write)), ch.Delete)
	for _, name := range names {
		for _, part := range strings.Split(name, "/") {
			if err := checkName(part); err != nil {
				return fmt.Errorf("name wiki file %q: %w", name, err)
			}
		}
	}
	return nil
}

func checkName(name string) error {
	const longest = 255
	switch {
	case name == "":
		return errors.New("it is empty")
	case len(name) > longest:
		return fmt.Errorf("it is longer than %d bytes", longest)
	case !utf8.ValidString(name):
		return errors.New("it is not UTF-8")
	case name[0] == '.' || strings.EqualFold(name, "git~1"):
		return errors.New("it is reserved")
	case strings.Contains(name, `\`):
		return errors.New("it has a backslash")
	case strings.ContainsFunc(name, unicode.IsControl):
		return errors.New("it has control characters")
	}
	return nil
}

// message is the text as a commit holds it: without what would end it early.
func (ch Change) message() (string, error) {
	text := strings.ToValidUTF8(strings.ReplaceAll(ch.Message, "\x00", ""), "\uFFFD")
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if text == "" {
		return "", errors.New("write commit: message is empty")
	}
	return text + "\n", nil
}

// Author is who a commit says made it.
type Author struct {
	Name, Email string
	// When is the commit's time, the same in every attempt. Zero: now.
	When time.Time
}

// signature is an author as a commit's header has it.
type signature struct {
	name, email string
	when        time.Time
}

// String keeps to git's form: time in seconds, with the zone, always UTC here.
func (s signature) String() string {
	return fmt.Sprintf("%s <%s> %d +0000", s.name, s.email, s.when.Unix())
}

func (a Author) signature(now time.Time) signature {
	if a.When.IsZero() {
		a.When = now
	}
	return signature{name: oneField(a.Name), email: oneField(a.Email), when: a.When}
}

// oneField keeps a text inside its place: git separates name, email and time by
// angle brackets, and headers by line ends.
func oneField(s string) string {
	s = strings.Map(func(c rune) rune {
		if c == '<' || c == '>' || unicode.IsControl(c) {
			return -1
		}
		return c
	}, strings.ToValidUTF8(s, ""))
	if s = strings.TrimSpace(s); s == "" {
		return "unknown"
	}
	return s
}
