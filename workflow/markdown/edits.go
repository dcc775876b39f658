package markdown

import (
	"bytes"
	"regexp"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// An edit replaces the bytes from start to end of a source.
type edit struct {
	start, end int
	with       string
}

// apply returns source with the edits made. Of two that overlap, the later one
// in the source waits for the next reading.
func apply(source string, edits []edit) string {
	sort.SliceStable(edits, func(i, j int) bool { return edits[i].start < edits[j].start })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		if e.start < at {
			continue
		}
		b.WriteString(source[at:e.start])
		b.WriteString(e.with)
		at = e.end
	}
	b.WriteString(source[at:])
	return b.String()
}

type finder struct {
	source []byte
	edits  []edit
}

// findEdits reads the source as GitHub would and lists what must not stay.
func findEdits(source []byte) []edit {
	f := &finder{source: source}
	_ = ast.Walk(parse(source), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		return f.visit(n), nil
	})
	return f.edits
}

func (f *finder) visit(n ast.Node) ast.WalkStatus {
	switch n := n.(type) {
	case *ast.CodeSpan, *ast.CodeBlock, *ast.FencedCodeBlock, *ast.AutoLink:
		return ast.WalkSkipChildren
	case *ast.HTMLBlock:
		f.html(n.Lines())
		if n.HasClosure() {
			f.tags(n.ClosureLine)
		}
	case *ast.RawHTML:
		f.html(n.Segments)
	case *ast.Heading:
		f.heading(n)
	case *ast.LinkReferenceDefinition:
		f.definition(n.Pos())
	case *ast.Paragraph, *ast.TextBlock:
		f.footnote(n)
	case *ast.Text:
		f.text(n.Segment)
	}
	return ast.WalkContinue
}

func (f *finder) add(start, end int, with string) {
	f.edits = append(f.edits, edit{start, end, with})
}

func (f *finder) html(segments *text.Segments) {
	for i := range segments.Len() {
		f.tags(segments.At(i))
	}
}

func (f *finder) tags(segment text.Segment) {
	for at := segment.Start; at < segment.Stop; at++ {
		if f.source[at] == '<' {
			f.add(at, at+1, "&lt;")
		}
	}
}

// heading sinks a heading of the first three levels by three. One that is
// underlined loses the line, which leaves a paragraph.
func (f *finder) heading(n *ast.Heading) {
	at := n.Pos()
	if at >= 0 && at < len(f.source) && f.source[at] == '#' {
		if n.Level < 4 {
			f.add(at, at, "###")
		}
		return
	}
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	f.underline(lines.At(lines.Len() - 1).Stop)
}

var underline = regexp.MustCompile(`^[> \t\r\n]*(=+|-+)[ \t]*(?:\n|$)`)

func (f *finder) underline(from int) {
	if m := underline.FindSubmatchIndex(f.source[from:]); m != nil {
		f.add(from+m[2], from+m[3], "")
	}
}

func (f *finder) definition(at int) {
	if at >= 0 && at < len(f.source) && f.source[at] == '[' {
		f.add(at, at, `\`)
	}
}

func (f *finder) footnote(n ast.Node) {
	if n.Lines().Len() == 0 {
		return
	}
	at := n.Lines().At(0).Start
	if bytes.HasPrefix(f.source[at:], []byte("[^")) {
		f.definition(at)
	}
}

// An @ written as an entity is an @ when GitHub looks for mentions.
var hiddenAt = regexp.MustCompile(`^&(?:#0*64|#[xX]0*40|commat);`)

func (f *finder) text(segment text.Segment) {
	if at := segment.Start; at < segment.Stop && f.source[at] == '/' && f.startsLine(at) {
		f.add(at, at, `\`)
	}
	for at := segment.Start; at < segment.Stop; at++ {
		switch f.source[at] {
		case '@':
			f.at(at)
		case '&':
			if m := hiddenAt.Find(f.source[at:segment.Stop]); m != nil {
				f.add(at, at+len(m), "@"+NoMention)
			}
		}
	}
}

func (f *finder) at(at int) {
	if mentions(f.source, at) && !bytes.HasPrefix(f.source[at+1:], []byte(NoMention)) {
		f.add(at+1, at+1, NoMention)
	}
}

// startsLine reports whether only white space, quote and list markers stand
// before at on its line.
func (f *finder) startsLine(at int) bool {
	line := f.source[bytes.LastIndexByte(f.source[:at], '\n')+1 : at]
	return len(bytes.Trim(line, " \t>-*+0123456789.)")) == 0
}
