package redact

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// rule finds one kind of thing in plain text.
type rule struct {
	kind string
	// firm: no allow-list makes an exception, since the form leaves no doubt or what
	// is at stake is too much.
	firm bool
	// token: what is found shows by itself what it is, also where markup parts it.
	token bool
	// hints are in lower case. A text that holds none of them has no finding, and
	// the search is spared. Without hints every text is searched.
	hints []string
	// run is the least number of letters, digits and their like in a row that a text
	// must have.
	run  int
	find func(text string) []place
	// spans is in place of find where what is found is of several kinds.
	spans func(text string) []span
	// last: asked only where no other rule finds anything.
	last bool
}

// place is a stretch of text by byte offsets, the end excluded.
type place struct{ start, end int }

// span is a place in the source text, with what was found there.
type span struct {
	place
	kind string
	// token: see rule.
	token bool
}

// hinted tells whether the rule could find anything.
func (r rule) hinted(lower string) bool {
	return len(r.hints) == 0 || slices.ContainsFunc(r.hints, func(hint string) bool { return strings.Contains(lower, hint) })
}

// pattern makes a rule of a regular expression. If that has a group, the group is
// what is found, otherwise the whole match. A nil accept takes every match.
func pattern(kind, expr string, accept func(found string) bool, hints ...string) (rule, error) {
	return cutPattern(kind, expr, accept, nil, hints...)
}

// cutPattern makes a rule like pattern. A cut says how much of a match is the
// find; it is judged without the rest, in which the search goes on.
func cutPattern(kind, expr string, accept func(string) bool, cut func(string) int, hints ...string) (rule, error) {
	re, err := regexp.Compile(expr)
	if err != nil {
		return rule{}, fmt.Errorf("compile %s rule: %w", kind, err)
	}
	find := func(text string) []place {
		var places []place
		for at := 0; at < len(text); {
			p, ok := firstMatch(re, text, at)
			if !ok {
				break
			}
			if p.start < p.end && cut != nil {
				p.end = p.start + cut(text[p.start:p.end])
			}
			if p.start < p.end && (accept == nil || accept(text[p.start:p.end])) {
				places = append(places, p)
			}
			at = max(p.end, at+1)
		}
		return places
	}
	return rule{kind: kind, hints: hints, find: find}, nil
}

// firstMatch gives the place of the first match from at on: of its first group
// that took part, if it has one.
func firstMatch(re *regexp.Regexp, text string, at int) (place, bool) {
	m := re.FindStringSubmatchIndex(text[at:])
	if m == nil {
		return place{}, false
	}
	start, end := m[0], m[1]
	for g := 2; g+1 < len(m); g += 2 {
		if m[g] >= 0 {
			start, end = m[g], m[g+1]
			break
		}
	}
	return place{at + start, at + end}, true
}

var ownSecretRules = sync.OnceValues(secretRules)

// secretRules are in order of precedence: where several find the same place, the
// first names it, so what is specific stands before what is general.
func secretRules() ([]rule, error) {
	rules := []rule{privateKeyRule()}
	for _, group := range []struct {
		make func() ([]rule, error)
		firm bool
	}{{tokenRules, true}, {headerRules, true}, {urlRules, true}, {fileRules, true}, {optionRules, true}, {vendorRules, true}, {pairRules, false}, {assignmentRules, false}, {proseRules, false}} {
		more, err := group.make()
		if err != nil {
			return nil, err
		}
		for _, r := range more {
			r.firm = r.firm || group.firm
			rules = append(rules, r)
		}
	}
	return append(rules, encodedSecrets(rules), gitleaksRule()), nil
}

// aMark is one of Firebreak's own hidden marks with an id or a seal in it. In what
// is rendered, people's "<!--" is escaped.
var aMark = regexp.MustCompile(`<!-- (?:firebreak|step):[a-z][^<>\x60]*-->`)

// outsideMarks leaves out what lies in a mark and is only guessed from the words
// before it, a line's of the timeline perhaps: a seal that is broken is no longer
// believed. What shows by itself that it is a token is taken out there too.
func outsideMarks(text string, spans []span) []span {
	marks := aMark.FindAllStringIndex(text, -1)
	return slices.DeleteFunc(spans, func(s span) bool {
		return !s.token && slices.ContainsFunc(marks, func(m []int) bool { return m[0] <= s.start && s.end <= m[1] })
	})
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

// peopleRules find personal data. Names are not among it, since no rule can tell
// them from other words; a repository can add its own.
func peopleRules() []rule {
	rules := append([]rule{emailRule()}, moneyRules()...)
	return append(rules, nationalIDRule(), addressRule(), phoneRule())
}
