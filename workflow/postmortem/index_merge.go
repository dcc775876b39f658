package postmortem

import "strings"

// The index's own part stands between these; what is around it is people's.
const (
	indexBegin = "<!-- firebreak:incidents v1: what stands from here is written anew each time -->"
	indexEnd   = "<!-- firebreak:incidents end -->"
)

// MergeIndex returns the index page with its own part brought up to date and
// all else as it was, byte for byte. current is the page as the wiki has it,
// empty if there is none. A page whose markers people took out keeps all it
// has, and gets the part anew at its end.
func MergeIndex(current string, rows []IndexRow) string {
	part := indexBegin + "\n\n" + RenderIndex(rows) + "\n" + indexEnd
	if strings.TrimSpace(current) == "" {
		return part + "\n"
	}
	end := lineEnd(current)
	part = strings.ReplaceAll(part, "\n", end)
	if before, rest, found := strings.Cut(current, indexBegin); found {
		if _, after, found := strings.Cut(rest, indexEnd); found {
			return before + part + after
		}
	}
	current = strings.ReplaceAll(current, indexBegin, "")
	current = strings.ReplaceAll(current, indexEnd, "")
	return current + gap(current, end) + part + end
}
