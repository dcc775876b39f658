package redact

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Findings counts what was found by kind, "github-token" for one. It never holds
// what was found.
type Findings map[string]int

// Add adds the counts of other to f, which must not be nil.
func (f Findings) Add(other Findings) {
	for kind, n := range other {
		f[kind] += n
	}
}

// Total is the number of findings of all kinds.
func (f Findings) Total() int {
	total := 0
	for _, n := range f {
		total += n
	}
	return total
}

// String lists the counts by kind in alphabetical order, "2 e-mail, 1 jwt" for
// one. It is empty if there are none.
func (f Findings) String() string {
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(f)) {
		if f[kind] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", f[kind], kind))
		}
	}
	return strings.Join(parts, ", ")
}
