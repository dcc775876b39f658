package checklist

import "slices"

// The regions: parts of the comment that Firebreak writes and writes again. What
// people write inside one is replaced; all text outside is theirs.
const (
	headRegion       = "head"
	severitiesRegion = "severities"
	doneRegion       = "done"
	followUpsRegion  = "follow-ups"
	timelineRegion   = "timeline"
	commandsRegion   = "commands"
)

// regionNames lists the regions in the order of the comment. The steps stand
// between the second and the third, the definition of done below the third.
var regionNames = []string{headRegion, severitiesRegion, doneRegion, followUpsRegion, timelineRegion, commandsRegion}

func opens(region string) string  { return "<!-- firebreak:" + region + " -->" }
func closes(region string) string { return "<!-- /firebreak:" + region + " -->" }

// enclose sets content between a region's markers. The blank line before the
// second ends what HTML the content may hold.
func enclose(region, content string) string {
	if content == "" {
		return opens(region) + "\n" + closes(region)
	}
	return opens(region) + "\n" + content + "\n\n" + closes(region)
}

// pair finds the regions among the markers. A marker that lost its other half
// stands for its region if there is no better one.
func (p *page) pair() {
	p.regions = map[string]span{}
	var halves []marker
	for n := 0; n < len(p.markers); n++ {
		if m := p.markers[n]; !slices.Contains(regionNames, m.name) {
			continue
		}
		if whole, ok := p.closedBy(n); ok {
			p.own(p.markers[n].name, whole)
			n++
			continue
		}
		halves = append(halves, p.markers[n])
	}
	for _, m := range halves {
		if _, ok := p.regions[m.name]; !ok {
			p.own(m.name, p.leftover(m))
			continue
		}
		p.own(m.name, m.span)
	}
}

// own takes a span for a region, or for one too many.
func (p *page) own(name string, s span) {
	if _, again := p.regions[name]; again {
		p.spare = append(p.spare, s)
		return
	}
	p.regions[name] = s
}

// closedBy returns the span from the n-th marker to the next, if the two belong
// together and none of Firebreak's items stands between them: that would be one
// that somebody cut off or moved.
func (p *page) closedBy(n int) (span, bool) {
	if p.markers[n].closes || n+1 == len(p.markers) {
		return span{}, false
	}
	open, next := p.markers[n], p.markers[n+1]
	if !next.closes || next.name != open.name {
		return span{}, false
	}
	whole := span{open.start, next.end}
	return whole, !p.hasItem(whole)
}

func (p *page) hasItem(s span) bool {
	return slices.ContainsFunc(p.items, func(i item) bool { return i.id != "" && s.holds(i.line) })
}

// owned reports whether the byte at lies in a part that Firebreak replaces.
func (p *page) owned(at int) bool {
	for _, r := range p.regions {
		if r.holds(at) {
			return true
		}
	}
	return slices.ContainsFunc(p.spare, func(s span) bool { return s.holds(at) })
}
