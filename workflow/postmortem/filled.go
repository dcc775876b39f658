package postmortem

import (
	"slices"
	"strings"
)

// Filled says whether the document has something of its own to say under one of
// the headings above, and not only what is missing. A composed summary says
// something.
func (d Document) Filled(heading string) bool {
	switch heading {
	case HeadingSummary:
		return d.Summary != "" || !d.detected().IsZero()
	case HeadingTimeline:
		return len(d.Timeline) > 0
	case HeadingRootCause:
		return anyText(d.Causes)
	case HeadingImpact:
		return anyText(d.Impact) || d.impactSpan() != ""
	case HeadingActionItems:
		return len(d.Actions) > 0
	case HeadingLessons:
		return anyText(d.Lessons)
	}
	return false
}

func anyText(texts []string) bool {
	for _, text := range texts {
		if strings.TrimSpace(text) != "" {
			return true
		}
	}
	return false
}

// Filled says whether a page's section has something to say, be it Firebreak's
// or a person's: false if it is not there, empty, or only tells what is missing.
func Filled(page, heading string) bool {
	for _, s := range split(page) {
		if s.key != headingKey(heading) {
			continue
		}
		body := s.body
		for _, missing := range []string{noTimeline, noCause, noImpact, noActions, noLessons} {
			body = strings.ReplaceAll(body, missing, "")
		}
		if normalise(notSaidLine.ReplaceAllString(body, "")) != "" {
			return true
		}
	}
	return false
}

// FilledSections names the sections of a page that say something.
func FilledSections(text string) []string {
	all := []string{HeadingSummary, HeadingTimeline, HeadingRootCause, HeadingImpact, HeadingActionItems, HeadingLessons}
	return slices.DeleteFunc(all, func(h string) bool { return !Filled(text, h) })
}
