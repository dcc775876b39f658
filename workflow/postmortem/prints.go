package postmortem

import (
	"crypto/sha256"
	"encoding/binary"
	"regexp"
	"slices"
	"strings"
)

// partPrint is what a part is known again by: short hashes, of each cell of each
// row for a table, of each item for a list, of the whole for anything else.
type partPrint struct {
	kind byte
	rows [][]string
}

// wordSize is how many letters a short hash has: 23 bits, so that of some
// hundred cells of a page none passes for another.
const wordSize = 5

// short hashes a text to a word of small letters. Without digits it is neither a
// number nor a key to whoever looks for such.
func short(text string) string {
	sum := sha256.Sum256([]byte(text))
	n := binary.BigEndian.Uint64(sum[:])
	word := make([]byte, wordSize)
	for i := range word {
		word[i] = 'a' + byte(n%26)
		n /= 26
	}
	return string(word)
}

func (p partPrint) String() string {
	rows := make([]string, len(p.rows))
	for i, cells := range p.rows {
		rows[i] = strings.Join(cells, "")
	}
	return string(p.kind) + strings.Join(rows, ".")
}

// each calls f with every word of a print.
func (p partPrint) each(f func(word string)) {
	for _, cells := range p.rows {
		for _, cell := range cells {
			f(cell)
		}
	}
}

func (p partPrint) is(other partPrint) bool { return p.String() == other.String() }

// Every part's print, as a hidden comment at the end of the page: it tells what
// people changed within a section as the marker tells which sections they did.
// It stands at the end since it is long and of no interest to who edits the page.
var (
	partsPattern = regexp.MustCompile(`(?m)^[ \t]*<!-- firebreak:parts v1 [^\n]*?-->[ \t]*\r?(?:\n|$)`)
	partsList    = regexp.MustCompile(`^[ \t]*<!-- firebreak:parts v1 ([a-z=;.? ]*) -->`)
	onePart      = regexp.MustCompile(`^[pnltfo](?:[a-z]+(?:\.[a-z]+)*)$`)
)

// unknownParts stands for those of a section that is people's as a whole.
const unknownParts = "?"

// The most that the prints take, in bytes: in a page, and in a comment, which has
// less room.
const (
	maxParts        = 12_000
	maxCommentParts = 3_000
)

// cutParts takes the prints out of a page.
func cutParts(page string) (rest, list string) {
	found := partsPattern.FindAllString(page, -1)
	if found == nil {
		return page, ""
	}
	return partsPattern.ReplaceAllString(page, ""), found[len(found)-1]
}

// printParts lists the prints of all sections of a page. Where they are too many,
// the largest sections go without. Of whole sections nothing is told: they are
// people's, be it known by other means what Firebreak would have written there.
func printParts(page string, whole map[string]bool) string {
	limit := maxParts
	if standInMark.MatchString(page) {
		limit = maxCommentParts
	}
	var lists []string
	size := 0
	for _, s := range distinct(split(page)) {
		var prints []string
		for _, p := range printsOfParts(s.body) {
			prints = append(prints, p.String())
		}
		list := strings.Join(prints, ";")
		if whole[s.key] {
			list = unknownParts
		}
		lists = append(lists, short(s.key)+"="+list)
		size += len(lists[len(lists)-1]) + 1
	}
	for size > limit {
		i := largest(lists)
		size -= len(lists[i]) + 1
		lists = slices.Delete(lists, i, i+1)
	}
	return "<!-- firebreak:parts v1 " + strings.Join(lists, " ") + " -->"
}

// printsOfParts are those of the parts of one section's body.
func printsOfParts(body string) []partPrint {
	_, parts := parse(unmarked(body))
	prints := []partPrint{}
	for _, p := range content(parts) {
		prints = append(prints, p.print)
	}
	return prints
}

func largest(lists []string) int {
	at := 0
	for i, list := range lists {
		if len(list) > len(lists[at]) {
			at = i
		}
	}
	return at
}

// readParts reads what printParts gave, by the hash of each section's key: nil for
// one that was kept whole. What is damaged is not there.
func readParts(list string) map[string][]partPrint {
	m := partsList.FindStringSubmatch(list)
	if m == nil || len(list) > 2*maxParts {
		return nil
	}
	all := map[string][]partPrint{}
	for _, section := range strings.Fields(m[1]) {
		key, prints, _ := strings.Cut(section, "=")
		if parts, ok := readPrints(prints); ok || prints == unknownParts {
			all[key] = parts
		}
	}
	return all
}

func readPrints(list string) ([]partPrint, bool) {
	prints := []partPrint{}
	for _, text := range strings.Split(list, ";") {
		if text == "" {
			continue
		}
		if !onePart.MatchString(text) {
			return nil, false
		}
		p := partPrint{kind: text[0]}
		for _, cells := range strings.Split(text[1:], ".") {
			if len(cells)%wordSize != 0 {
				return nil, false
			}
			var row []string
			for at := 0; at < len(cells); at += wordSize {
				row = append(row, cells[at:at+wordSize])
			}
			p.rows = append(p.rows, row)
		}
		if !p.sound() {
			return nil, false
		}
		prints = append(prints, p)
	}
	return prints, true
}

// sound says whether a print has as many words as one of its kind.
func (p partPrint) sound() bool {
	for _, row := range p.rows {
		switch p.kind {
		case listPart, fencePart:
			if len(row) != 2 {
				return false
			}
		case tablePart:
		default:
			if len(row) != 1 {
				return false
			}
		}
	}
	return p.kind == tablePart || p.kind == listPart || len(p.rows) == 1
}
