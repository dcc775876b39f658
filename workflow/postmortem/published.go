package postmortem

import "slices"

// published is what is known of the page as Firebreak wrote it last, section by
// section: from its own text, from the fingerprints in the page, or from both.
type published []publishedSection

type publishedSection struct {
	id      id
	heading string   // empty if only the fingerprint is known
	prints  []string // of each body that Firebreak may have written last
}

func readPublished(base, theirs string) published {
	var p published
	if base != "" {
		sections := split(base)
		for i, which := range number(sections) {
			p = append(p, publishedSection{which, normalise(sections[i].heading), []string{fingerprint(sections[i].body)}})
		}
	}
	for _, print := range readFingerprints(theirs) {
		if known := p.find(id{key: print.key}); known != nil {
			known.prints = append(known.prints, print.hash)
		} else {
			p = append(p, publishedSection{id: id{key: print.key}, prints: []string{print.hash}})
		}
	}
	return p
}

// number tells sections of the same key apart by their order.
func number(sections []section) []id {
	seen := map[string]int{}
	ids := make([]id, len(sections))
	for i, s := range sections {
		ids[i] = id{key: s.key, n: seen[s.key]}
		seen[s.key]++
	}
	return ids
}

func (p published) find(which id) *publishedSection {
	for i := range p {
		if p[i].id == which {
			return &p[i]
		}
	}
	return nil
}

// had says whether the page had that section when it was published.
func (p published) had(which id) bool { return p.find(which) != nil }

// wrote says whether the body is the one that Firebreak wrote.
func (p published) wrote(which id, s section) bool {
	known := p.find(which)
	return known != nil && slices.Contains(known.prints, fingerprint(s.body))
}

// wroteWhole says whether heading and body are the ones that Firebreak wrote.
func (p published) wroteWhole(which id, s section) bool {
	return s.key != frontKey && p.wrote(which, s) && p.find(which).heading == normalise(s.heading)
}

// match gives the sections of a page the ids under which they were published.
// Of several with one heading, the one that Firebreak wrote is its own, wherever
// it stands; and one that stands under a new heading has been renamed.
func (p published) match(page []section) []id {
	ids := number(page)
	for i, s := range page {
		p.claim(page, ids, i, s)
	}
	p.rename(page, ids)
	return ids
}

// rename gives sections under new headings the ids under which they were
// published. The front is renamed by a heading set above it.
func (p published) rename(page []section, ids []id) {
	present := map[id]bool{}
	for i, which := range ids {
		present[which] = which.key != frontKey || normalise(page[i].body) != ""
	}
	for i, s := range page {
		if s.key == frontKey || p.had(ids[i]) {
			continue
		}
		if old := p.renamed(s, present); old != nil {
			present[old.id] = true
			ids[i] = old.id
			if old.id.key == frontKey {
				ids[0].n = 1
			}
		}
	}
}

// claim gives section i the id under which Firebreak wrote it, where a namesake
// before it that Firebreak did not write has taken that.
func (p published) claim(page []section, ids []id, i int, s section) {
	if ids[i].n == 0 || p.wrote(ids[i], s) {
		return
	}
	for _, known := range p {
		if known.id.key != s.key || !p.wrote(known.id, s) {
			continue
		}
		if j := slices.Index(ids, known.id); j >= 0 && !p.wrote(known.id, page[j]) {
			ids[i], ids[j] = ids[j], ids[i]
			return
		}
	}
}

// renamed returns the section of which nothing is left in the page but its
// body, which is that of s.
func (p published) renamed(s section, present map[id]bool) *publishedSection {
	print := fingerprint(s.body)
	for i := range p {
		if !present[p[i].id] && normalise(s.body) != "" && slices.Contains(p[i].prints, print) {
			return &p[i]
		}
	}
	return nil
}
