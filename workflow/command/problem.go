package command

import (
	"fmt"
	"strings"
	"unicode"
)

// Problem says why a command is refused, to a person who has no time to read a manual.
type Problem struct {
	Cause    string   // a sentence of Markdown; what it quotes is bounded and inside a code span
	Accepted []string // forms or examples that would be accepted, ready to copy
	Next     string   // a sentence of Markdown: what to do now
	Nearest  Verb     // for an unknown verb, the one that was likely meant; else empty
}

// String is the problem as one paragraph of Markdown.
func (p *Problem) String() string {
	parts := []string{p.Cause}
	if len(p.Accepted) > 0 {
		forms := make([]string, len(p.Accepted))
		for i, form := range p.Accepted {
			forms[i] = codeSpan(form)
		}
		parts = append(parts, "Accepted: "+strings.Join(forms, ", ")+".")
	}
	if p.Next != "" {
		parts = append(parts, p.Next)
	}
	return strings.Join(parts, " ")
}

// problem makes one with the cause alone; with adds the rest.
func problem(format string, args ...any) *Problem {
	return &Problem{Cause: fmt.Sprintf(format, args...)}
}

// with fills in what the definition knows better than the place where parsing stopped, unless that gave a next step.
func (p *Problem) with(d definition) *Problem {
	if p.Next != "" {
		return p
	}
	if len(p.Accepted) == 0 {
		p.Accepted = d.examples
	}
	p.Next = "Comment the corrected command; `/incident help` lists all forms."
	return p
}

func tooMany(total int) *Problem {
	return &Problem{
		Cause: fmt.Sprintf("A comment may hold %d commands and this one holds %d, so none from this line on was run.", MaxCommands, total),
		Next:  "Comment the rest of them again, in a comment of their own.",
	}
}

// tooLong refuses a text of more than limit characters, and returns nil for one that fits.
func tooLong(what, text string, limit int) *Problem {
	if n := len([]rune(text)); n > limit {
		p := problem("%s may have %d characters and this has %d.", what, limit, n)
		p.Next = "Shorten it, or put the long part in a comment and link to that; nothing was cut or kept."
		return p
	}
	return nil
}

// maxQuoted bounds what a sentence quotes of a comment, in characters.
const maxQuoted = 60

// quote shows text from people inside a sentence: on one line, bounded, in a code span that it cannot leave, so that it
// mentions nobody and links nowhere.
func quote(s string) string {
	s = strings.Join(strings.Fields(strings.Map(printable, s)), " ")
	if runes := []rune(s); len(runes) > maxQuoted {
		s = strings.TrimSpace(string(runes[:maxQuoted])) + "…"
	}
	if s == "" {
		return "(nothing)"
	}
	return codeSpan(s)
}

func codeSpan(s string) string { return "`" + strings.ReplaceAll(s, "`", "'") + "`" }

// printable drops what shows as nothing or changes how the rest shows.
func printable(r rune) rune {
	if !unicode.IsSpace(r) && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
		return -1
	}
	return r
}

// clean drops control characters, which show as nothing and can be used to hide, and outer space.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
