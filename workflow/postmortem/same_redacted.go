package postmortem

import (
	"regexp"
	"strings"
)

// redactedPart is what stands in Firebreak's own words for what it took out of
// people's.
var redactedPart = regexp.MustCompile(`\\?\[redacted: [a-z -]{1,40}\\?\]`)

// leastWords is how much has to be left of a text to know it again.
const leastWords = 2

// saysRedacted says whether our text is theirs without what was taken out of it:
// people's words stay in the page, the action item made of them is past the gate.
func saysRedacted(theirs, our string) bool {
	parts := redactedPart.Split(our, -1)
	if len(parts) < 2 || len(strings.Fields(words(strings.Join(parts, " ")))) < leastWords {
		return false
	}
	last := len(parts) - 1
	rest, ok := strings.CutPrefix(" "+words(theirs)+" ", " "+spaced(words(parts[0])))
	if !ok {
		return false
	}
	if rest, ok = strings.CutSuffix(" "+rest, spacedBefore(words(parts[last]))+" "); !ok {
		return false
	}
	for _, part := range parts[1:last] {
		at := strings.Index(rest, " "+words(part)+" ")
		if at < 0 {
			return false
		}
		rest = rest[at+len(words(part))+1:]
	}
	return strings.TrimSpace(rest) != ""
}

func spaced(words string) string {
	if words == "" {
		return ""
	}
	return words + " "
}

func spacedBefore(words string) string {
	if words == "" {
		return ""
	}
	return " " + words
}

// redactedRow is the only row of people's own whose main cell says ours before the
// gate; -1 if there is none, or several.
func redactedRow(theirs []unit, our unit, main int, columns []int) int {
	if !redactedPart.MatchString(our.cell(main)) {
		return -1
	}
	at := -1
	for i, r := range theirs {
		for c, cell := range r.cells {
			if columns != nil && columns[main] >= 0 && columns[main] != c || !saysRedacted(cell, our.cell(main)) {
				continue
			}
			if at >= 0 {
				return -1
			}
			at = i
			break
		}
	}
	return at
}
