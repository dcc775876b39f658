package postmortem

import "slices"

// published is what is known of the page as Firebreak wrote it last, section by
// section: from its own text, from the fingerprints in the page, or from both.
type published []publishedSection

type publishedSection struct {
	key     string
	heading string   // its source; empty if only the fingerprint is known
	prints  []string // of each body that Firebreak may have written last
	// parts are those of the body, if known.
	parts []partPrint
	known bool
}

// readPublished reads what is known. Where the page's own markers tell, they tell
// of this page: base may be a publish behind it or, where a page was put back,
// ahead, and adds what it has in common with them.
func readPublished(base, theirs string) published {
	var p published
	for _, s := range distinct(split(base)) {
		if base != "" {
			p = append(p, publishedSection{key: s.key, heading: normalise(s.heading), prints: []string{fingerprint(s.body)}})
			p[len(p)-1].setParts(printsOfParts(s.body))
		}
	}
	if prints := readFingerprints(theirs); len(prints) > 0 {
		p = p.agreeing(prints)
	}
	_, list := cutParts(theirs)
	parts := readParts(list)
	for i := range p {
		if prints, there := parts[short(p[i].key)]; there {
			p[i].setParts(prints)
		}
	}
	return p
}

// agreeing is what a page's fingerprints tell, with what base knows of the same.
func (p published) agreeing(prints []sectionPrint) published {
	var all published
	for _, print := range prints {
		s := publishedSection{key: print.key, prints: []string{print.hash}}
		if known := p.find(print.key); known != nil {
			s.heading = known.heading
			if slices.Contains(known.prints, print.hash) {
				s.parts, s.known = known.parts, known.known
			}
		}
		all = append(all, s)
	}
	return all
}

func (p *publishedSection) setParts(parts []partPrint) { p.parts, p.known = parts, parts != nil }

// parts returns the parts of a section as Firebreak wrote it; false if they are
// not known.
func (p published) parts(key string) ([]partPrint, bool) {
	known := p.find(key)
	if known == nil {
		return nil, false
	}
	return known.parts, known.known
}

func (p published) find(key string) *publishedSection {
	for i := range p {
		if p[i].key == key {
			return &p[i]
		}
	}
	return nil
}

// had says whether the page had that section when it was published.
func (p published) had(key string) bool { return p.find(key) != nil }

// wrote says whether s has the body that Firebreak wrote under that key.
func (p published) wrote(key string, s section) bool {
	known := p.find(key)
	return known != nil && slices.Contains(known.prints, fingerprint(s.body))
}

// wroteWhole says whether heading and body are the ones that Firebreak wrote.
func (p published) wroteWhole(key string, s section) bool {
	return key != frontKey && p.wrote(key, s) && p.find(key).heading == normalise(s.heading)
}

// match says which of Firebreak's sections each section of a page is: its key,
// or "" for one that people added. Of several with one heading, the one that
// Firebreak wrote is its own, wherever it stands; else the first is. A section
// of ours that stands under a new heading has been renamed.
func (p published) match(page, ours []section) []string {
	keys := make([]string, len(page))
	owner := map[string]int{}
	for i, s := range page {
		first, taken := owner[s.key]
		if !taken || p.wrote(s.key, s) && !p.wrote(s.key, page[first]) {
			owner[s.key] = i
		}
	}
	for key, i := range owner {
		if p.had(key) || has(ours, key) {
			keys[i] = key
		}
	}
	for _, our := range ours {
		if i, found := p.renamed(page, keys, owner, our); found {
			if our.key == frontKey {
				keys[0] = ""
			}
			keys[i] = our.key
		}
	}
	return keys
}

// renamed finds the section that has the body of our section, as it is now or
// else as it was published, or that holds most of it, where nothing but that body
// is left of it. The front is renamed by a heading set above it.
func (p published) renamed(page []section, keys []string, owner map[string]int, our section) (int, bool) {
	if i, found := owner[our.key]; found && !emptyFront(page[i]) || normalise(our.body) == "" {
		return 0, false
	}
	published, most := -1, -1
	for i, s := range page {
		switch {
		case keys[i] != "" || owner[s.key] != i || normalise(s.body) == "":
		case normalise(s.body) == normalise(our.body):
			return i, true
		case published < 0 && p.wrote(our.key, s):
			published = i
		case most < 0 && p.holds(our.key, s):
			most = i
		}
	}
	if published < 0 {
		published = most
	}
	return published, published >= 0
}

// holds says whether most of what Firebreak wrote under that key is in s.
func (p published) holds(key string, s section) bool {
	parts, _ := p.parts(key)
	here, there := map[string]bool{}, 0
	for _, part := range printsOfParts(s.body) {
		part.each(func(cell string) { here[cell] = true })
	}
	seen := map[string]bool{emptyCell: true}
	for _, part := range parts {
		part.each(func(cell string) {
			if !seen[cell] && here[cell] {
				there++
			}
			seen[cell] = true
		})
	}
	return there > 1 && there*2 >= len(seen)-1
}

func has(sections []section, key string) bool {
	return slices.ContainsFunc(sections, func(s section) bool { return s.key == key })
}
