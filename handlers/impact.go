package handlers

import (
	"regexp"
	"strings"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
	"github.com/firebreak-app/firebreak/workflow/sections"
)

// impact has the headings under which people tell the impact: all of it, or one
// aspect.
type impact struct{ whole, users, business, data []string }

func named(headings ...string) []string { return headings }

// aspect is one aspect of the impact and its headings.
type aspect struct {
	name     string
	headings []string
}

func (i impact) aspects() []aspect {
	return []aspect{{"Users", i.users}, {"Business", i.business}, {"Data", i.data}}
}

// read returns what the body says of the impact: what stands under the heading of
// that name, and what stands under the heading of an aspect, which it then begins
// with. Where those are below the former, they are not told twice.
func (i impact) read(parts sections.Sections) []string {
	whole, _ := parts.Find(i.whole...)
	general := list(parts, i.whole...)
	lead, divided := i.divide(whole.Text)
	var aspects []string
	for _, a := range i.aspects() {
		s, _ := parts.Find(a.headings...)
		if !divided && s.Text != "" && strings.Contains(whole.Text, s.Text) && strings.Contains(whole.Text, "# "+s.Heading) {
			return general
		}
		for _, text := range list(parts, a.headings...) {
			if said, _ := postmortem.Aspect(text); said == "" {
				text = a.name + ": " + text
			}
			aspects = append(aspects, bounded(text))
		}
	}
	if divided {
		general = nil
	}
	if divided && lead != "" {
		general = []string{bounded(lead)}
	}
	return append(general, aspects...)
}

var subheading = regexp.MustCompile(`(?m)^ {0,3}#{1,6}[ \t]+(.*)$`)

// divide returns what stands before the first heading of a text, and whether the
// text is divided by headings that each name an aspect, and by no others.
func (i impact) divide(text string) (lead string, divided bool) {
	all := subheading.FindAllStringSubmatchIndex(text, -1)
	for _, m := range all {
		if !i.namesAspect(text[m[2]:m[3]]) {
			return text, false
		}
	}
	if len(all) == 0 {
		return text, false
	}
	return strings.TrimSpace(text[:all[0][0]]), true
}

func (i impact) namesAspect(heading string) bool {
	one := sections.Sections{{Heading: strings.TrimRight(heading, "# \t"), Text: "x"}}
	for _, a := range i.aspects() {
		if _, found := one.Find(a.headings...); found {
			return true
		}
	}
	return false
}
