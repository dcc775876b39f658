package workflow

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/firebreak-app/firebreak/workflow/command"
)

// takenOutMark is what the gate leaves in place of what it took out.
var takenOutMark = regexp.MustCompile(`\[redacted: ([a-z]+(?:-[a-z]+)*)\]`)

// takenOut tells whoever gave commands what of their text was not taken over. Of
// the rest of the comment, which goes nowhere, nothing is said. It is empty if the
// gate found nothing in the comment.
func takenOut(commands []command.Command, found map[string]int) string {
	counts := map[string]int{}
	for _, c := range commands {
		for _, m := range takenOutMark.FindAllStringSubmatch(c.Source, -1) {
			if found[m[1]] > counts[m[1]] {
				counts[m[1]]++
			}
		}
	}
	if len(counts) == 0 {
		return ""
	}
	return "Taken out of what you wrote: " + times(counts) + ". Your comment still has it, and so has its history: take it out there, and change what gives access."
}

// times lists kinds with how often each was found, "2 × code, 1 × e-mail" for one.
func times(found map[string]int) string {
	var out []string
	for _, kind := range slices.Sorted(maps.Keys(found)) {
		if found[kind] > 0 {
			out = append(out, fmt.Sprintf("%d × %s", found[kind], kind))
		}
	}
	return strings.Join(out, ", ")
}
