// Package source reads Markdown that people wrote, at its source positions, within bounds that hostile text cannot
// exceed. It renders nothing: what it finds are the places in the source that the packages above it then read.
package source

import (
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Bounds of what is read; what lies beyond is ignored. GitHub itself stores at most 262,144 bytes of a body or comment.
const (
	MaxBytes = 262_144
	MaxLines = 20_000
)

// Document is one body or comment and where its parts lie.
type Document struct {
	Source string   // cleaned: see Clean; every position is a byte offset into it
	Root   ast.Node // its blocks, with code spans and raw HTML as the only inline markup

	starts   []int
	comments []Span
}

// Span is a range of bytes of a source, its Stop excluded.
type Span struct{ Start, Stop int }

// Read cleans and reads body. It never fails: any text is Markdown.
func Read(body string) *Document {
	d := &Document{Source: Clean(body)}
	d.Root = blocks.Parse(text.NewReader([]byte(d.Source)))
	d.starts = lineStarts(d.Source)
	d.comments = findComments(d.Root, d.Source)
	return d
}

// Clean gives body with its line ends as LF, as valid UTF-8, and cut to the bounds. Line numbers stay what they were.
func Clean(body string) string {
	body = body[:min(len(body), MaxBytes)]
	body = strings.ToValidUTF8(body, "\uFFFD")
	body = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(body)
	return body[:endOfLine(body, MaxLines)]
}

// endOfLine is the offset just after the n-th line of s, or its length when it has fewer.
func endOfLine(s string, n int) int {
	at := 0
	for ; n > 0; n-- {
		next := strings.IndexByte(s[at:], '\n')
		if next < 0 {
			return len(s)
		}
		at += next + 1
	}
	return at
}

// Line is the number, from 0, of the line that the offset lies in.
func (d *Document) Line(offset int) int {
	return sort.SearchInts(d.starts, offset+1) - 1
}

// Lines is the number of lines; a source that ends with a line end has an empty last line.
func (d *Document) Lines() int { return len(d.starts) }

// Span is where the line lies, from 0, its line end excluded.
func (d *Document) Span(line int) Span {
	stop := len(d.Source)
	if line+1 < len(d.starts) {
		stop = d.starts[line+1] - 1
	}
	return Span{d.starts[line], stop}
}

// Visible is the text of a span as a reader of the rendered page could see it: without its HTML comments.
func (d *Document) Visible(s Span) string {
	var kept strings.Builder
	first := sort.Search(len(d.comments), func(i int) bool { return d.comments[i].Stop > s.Start })
	for _, c := range d.comments[first:] {
		if c.Start >= s.Stop {
			break
		}
		kept.WriteString(d.Source[s.Start:max(c.Start, s.Start)])
		s.Start = min(c.Stop, s.Stop)
	}
	kept.WriteString(d.Source[s.Start:s.Stop])
	return kept.String()
}

// Hidden says whether the line, from 0, lies within an HTML comment whole.
func (d *Document) Hidden(line int) bool {
	s := d.Span(line)
	i := sort.Search(len(d.comments), func(i int) bool { return d.comments[i].Stop > s.Start })
	return i < len(d.comments) && d.comments[i].Start <= s.Start && d.comments[i].Stop >= s.Stop
}

func lineStarts(source string) []int {
	starts := []int{0}
	for i := range len(source) {
		if source[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}
