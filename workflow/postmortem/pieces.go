package postmortem

import "strings"

// piece is one section of a merged page.
type piece struct {
	key     string // which of Firebreak's sections it is; empty: people's
	heading string // the key of the heading it stands under
	text    string
	// fresh says that it does not stand as and where it stood in theirs, so that
	// it has to be set off by blank lines.
	fresh bool
}

func findPiece(pieces []piece, key string) int {
	for i, p := range pieces {
		if p.key == key {
			return i
		}
	}
	return -1
}

// join puts the pieces together, with a blank line on either side of a fresh
// one.
func join(pieces []piece, lineEnd string) string {
	var b strings.Builder
	for i, p := range pieces {
		if p.text == "" {
			continue
		}
		if b.Len() > 0 && (p.fresh || pieces[i-1].fresh) {
			b.WriteString(gap(b.String(), lineEnd))
		}
		b.WriteString(p.text)
	}
	return b.String()
}

// gap returns what text lacks to end in a blank line.
func gap(text, lineEnd string) string {
	trimmed := strings.TrimRight(text, " \t\r\n")
	missing := 2 - strings.Count(text[len(trimmed):], "\n")
	if !strings.HasSuffix(text, "\n") {
		missing = max(missing, 1)
	}
	return strings.Repeat(lineEnd, max(missing, 0))
}

// readsBack says whether a merged page has the sections it was made of. It has
// not if a person's text swallows what follows, as an unclosed code fence does.
func readsBack(page string, pieces []piece, deeper map[string]bool) bool {
	var want []string
	for _, p := range pieces {
		if p.heading != frontKey {
			want = append(want, p.heading)
		}
	}
	got := splitAt(page, deeper)[1:]
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if got[i].key != want[i] {
			return false
		}
	}
	return true
}
