package handlers

import (
	"regexp"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
	"github.com/firebreak-app/firebreak/workflow/sections"
)

// moment returns the time that a section of the text states, by the forms
// that commands take; zero: none. One that cannot be read is a problem to be told.
func moment(s *workflow.Snapshot, stated string, opts command.Options) time.Time {
	stated = oneLine(stated)
	if stated == "" {
		return time.Time{}
	}
	when, problem := command.ParseWhen(stated, opts)
	if problem != nil && len(s.Problems) < maxProblems {
		s.Problems = append(s.Problems, "In the issue's text: "+problem.String())
	}
	return when
}

// firstWord finds the first word of a text, whatever it is set in.
var firstWord = regexp.MustCompile(`^[^\pL\pN]*([\pL\pN]+)`)

// severityIn returns the severity that an answer begins with, as "P1: major
// degradation"; empty: none.
func (b *Base) severityIn(answer string) string {
	m := firstWord.FindStringSubmatch(answer)
	if m == nil {
		return ""
	}
	severity, _ := b.Rules.Severity(m[1])
	return severity
}

// maxLinks bounds how many links of the text are taken.
const maxLinks = 20

var (
	namedLink = regexp.MustCompile(`\[([^\[\]]*)\]\((https?://[^\s()<>]+)\)`)
	bareLink  = regexp.MustCompile(`https?://[^\s<>()\[\]]+`)
	listMark  = regexp.MustCompile(`^\s*(?:[-*+]|\d{1,3}[.)])\s+`)
)

// linksIn returns the links that an answer gives, one a line, with the words beside
// each. A line without a link is none.
func linksIn(answer string) []workflow.Link {
	var out []workflow.Link
	for line := range strings.Lines(answer) {
		var l workflow.Link
		line = listMark.ReplaceAllString(line, "")
		if m := namedLink.FindStringSubmatch(line); m != nil {
			l = workflow.Link{Text: m[1], URL: m[2]}
		} else if l.URL = bareLink.FindString(line); l.URL != "" {
			l.Text = strings.Replace(line, l.URL, "", 1)
		}
		if l.URL == "" || len(out) == maxLinks {
			continue
		}
		l.Text = strings.Trim(oneLine(l.Text), " :-–—<>")
		out = append(out, l)
	}
	return out
}

// readStated takes the times and links that the headed sections state, and
// the severity that a form asks for.
func (b *Base) readStated(s *workflow.Snapshot, parts sections.Sections, opts command.Options, headings stated) {
	s.Severity = b.severityIn(text(parts, headings.severity...))
	s.Body.Started = moment(s, text(parts, headings.started...), opts)
	s.Body.Detected = moment(s, text(parts, headings.detected...), opts)
	s.Body.Links = linksIn(text(parts, headings.links...))
}

// stated has the headings under which times, links and the severity are stated.
type stated struct{ severity, started, detected, links []string }
