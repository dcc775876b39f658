package postmortem

// alignment says what of one version (a) is what of another (b): of people's or
// of Firebreak's text now, and of what Firebreak published last.
type alignment struct {
	to   []int // for each of a, its place in b; -1: b has none
	from []int // for each of b, its place in a; -1: a has none
}

func newAlignment(a, b int) *alignment {
	l := &alignment{to: make([]int, a), from: make([]int, b)}
	for i := range l.to {
		l.to[i] = -1
	}
	for j := range l.from {
		l.from[j] = -1
	}
	return l
}

func (l *alignment) pair(a, b int) { l.to[a], l.from[b] = b, a }

func (l *alignment) free(a, b int) bool { return l.to[a] < 0 && l.from[b] < 0 }

// equal pairs what is the same, wherever it stands; of several that are, the
// first with the first.
func (l *alignment) equal(a, b []string) {
	places := map[string][]int{}
	for j, text := range b {
		if l.from[j] < 0 {
			places[text] = append(places[text], j)
		}
	}
	for i, text := range a {
		if at := places[text]; l.to[i] < 0 && len(at) > 0 {
			l.pair(i, at[0])
			places[text] = at[1:]
		}
	}
}

// span is what stands in a and in b between two pairs, and is in none.
type span struct{ a, aEnd, b, bEnd int }

// gaps returns those that have something in a and are in one order in both.
func (l *alignment) gaps() []span {
	var all []span
	for i := 0; i < len(l.to); i++ {
		if l.to[i] >= 0 {
			continue
		}
		g := span{a: i, aEnd: i}
		for g.aEnd < len(l.to) && l.to[g.aEnd] < 0 {
			g.aEnd++
		}
		if i > 0 {
			g.b = l.to[i-1] + 1
		}
		g.bEnd = g.b
		for g.bEnd < len(l.from) && l.from[g.bEnd] < 0 {
			g.bEnd++
		}
		i = g.aEnd
		if g.aEnd == len(l.to) && g.bEnd == len(l.from) || g.aEnd < len(l.to) && g.bEnd == l.to[g.aEnd] {
			all = append(all, g)
		}
	}
	return all
}

// pairGaps pairs in order what stands in the gaps that have as much on either
// side and in which all is alike.
func (l *alignment) pairGaps(alike func(a, b int) bool) {
	for _, g := range l.gaps() {
		if g.aEnd-g.a != g.bEnd-g.b {
			continue
		}
		all := true
		for n := range g.aEnd - g.a {
			all = all && alike(g.a+n, g.b+n)
		}
		for n := range g.aEnd - g.a {
			if all {
				l.pair(g.a+n, g.b+n)
			}
		}
	}
}

// anchors says for each of b behind which of a its place is, -1 for the start,
// and whether other text of a stands in its place.
func (l *alignment) anchors() (after []int, reworded []bool) {
	ends := map[int]int{}
	for _, g := range l.gaps() {
		for j := g.b; j < g.bEnd; j++ {
			ends[j] = g.aEnd
		}
	}
	after, reworded = make([]int, len(l.from)), make([]bool, len(l.from))
	at := -1
	for j, i := range l.from {
		switch end, in := ends[j]; {
		case i >= 0:
			at = i
		case in:
			at, reworded[j] = end-1, true
		}
		after[j] = at
	}
	return after, reworded
}
