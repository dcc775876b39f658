package redact

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// rule finds one kind of thing in plain text.
type rule struct {
	kind string
	// firm: no allow-list makes an exception, since the form leaves no doubt or what
	// is at stake is too much.
	firm bool
	// hints are in lower case. A text that holds none of them has no finding, and
	// the search is spared. Without hints every text is searched.
	hints []string
	find  func(text string) []place
}

// place is a stretch of text by byte offsets, the end excluded.
type place struct{ start, end int }

// span is a place in the source text, with what was found there.
type span struct {
	place
	kind string
}

// hinted tells whether the rule could find anything.
func (r rule) hinted(lower string) bool {
	return len(r.hints) == 0 || slices.ContainsFunc(r.hints, func(hint string) bool { return strings.Contains(lower, hint) })
}

// pattern makes a rule of a regular expression. If that has a group, the group is
// what is found, otherwise the whole match. A nil accept takes every match.
func pattern(kind, expr string, accept func(found string) bool, hints ...string) (rule, error) {
	re, err := regexp.Compile(expr)
	if err != nil {
		return rule{}, fmt.Errorf("compile %s rule: %w", kind, err)
	}
	find := func(text string) []place {
		var places []place
		for _, m := range re.FindAllStringSubmatchIndex(text, -1) {
			start, end := m[0], m[1]
			if len(m) > 2 {
				start, end = m[2], m[3]
			}
			if start < end && (accept == nil || accept(text[start:end])) {
				places = append(places, place{start, end})
			}
		}
		return places
	}
	return rule{kind: kind, hints: hints, find: find}, nil
}

// secretRules are in order of precedence: where several find the same place, the
// first names it, so what is specific stands before what is general.
func secretRules() ([]rule, error) {
	rules := []rule{privateKeyRule()}
	for _, group := range []struct {
		make func() ([]rule, error)
		firm bool
	}{{tokenRules, true}, {headerRules, true}, {urlRules, true}, {assignmentRules, false}} {
		more, err := group.make()
		if err != nil {
			return nil, err
		}
		for _, r := range more {
			r.firm = r.firm || group.firm
			rules = append(rules, r)
		}
	}
	return rules, nil
}

// replace puts a marker for every span and counts them by kind. Spans that
// overlap become one, named by the one found first.
func replace(text string, spans []span, found Findings) string {
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	done := 0
	for _, s := range joined(spans) {
		b.WriteString(text[done:s.start])
		b.WriteString(marker(s.kind))
		found[s.kind]++
		done = s.end
	}
	b.WriteString(text[done:])
	return b.String()
}

// joined sorts spans by place and joins those that overlap. Spans come in order
// of precedence, which order keeps.
func joined(spans []span) []span {
	order := make([]int, len(spans))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(spans[a].start, spans[b].start) })
	var out []span
	first := 0 // the precedence of the last span in out
	for _, i := range order {
		s := spans[i]
		if len(out) == 0 || s.start >= out[len(out)-1].end {
			out, first = append(out, s), i
			continue
		}
		last := &out[len(out)-1]
		last.end = max(last.end, s.end)
		if i < first {
			last.kind, first = s.kind, i
		}
	}
	return out
}
