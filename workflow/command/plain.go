package command

import (
	"maps"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"github.com/firebreak-app/firebreak/workflow/command/source"
)

// The two commands that are Firebreak's own; the short names belong to other bots.
const (
	slashPostmortem = "/postmortem"
	slashIncident   = "/incident"
)

// splitSlash splits a line that starts with one of our commands, as a whole word, into the command and what follows.
// It looks at the letters alone, not at where the line stands.
func splitSlash(s string) (slash, rest string, ok bool) {
	trimmed := strings.TrimLeft(s, " ")
	if len(s)-len(trimmed) > 3 {
		return "", "", false
	}
	for _, slash := range []string{slashPostmortem, slashIncident} {
		if len(trimmed) < len(slash) || !equalASCII(trimmed[:len(slash)], slash) {
			continue
		}
		rest := trimmed[len(slash):]
		next, _ := utf8.DecodeRuneInString(rest)
		if rest == "" || unicode.IsSpace(next) {
			return slash, strings.TrimSpace(rest), true
		}
	}
	return "", "", false
}

// equalASCII compares without case, for letters of ASCII only: no other letter may pass for one of a command.
func equalASCII(s, lower string) bool {
	for i := range len(lower) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// mentionsCommand says whether any line looks like a command, so that most comments are never read as Markdown.
func mentionsCommand(body string) bool {
	for s := range strings.SplitSeq(source.Clean(body), "\n") {
		if _, _, ok := splitSlash(s); ok {
			return true
		}
	}
	return false
}

// plainLines gives the lines, in order, that start with a command and show it as plain text.
func plainLines(doc *source.Document) []int {
	r := plainReader{doc: doc, candidates: map[int]int{}, open: map[string]int{}}
	for at := range doc.Lines() {
		s := doc.Span(at)
		text := doc.Source[s.Start:s.Stop]
		if _, _, ok := splitSlash(text); ok && !opensTarget(doc, at-1) {
			r.candidates[s.Start+strings.IndexByte(text, '/')] = at
		}
	}
	r.block(doc.Root)
	return r.plain
}

// linkTarget is a line whose last link has its address on the next line: what stands there is no text.
var linkTarget = regexp.MustCompile(`(\]\(|^ {0,3}\[[^\[\]]+\]:)\s*$`)

func opensTarget(doc *source.Document, at int) bool {
	if at < 0 {
		return false
	}
	s := doc.Span(at)
	return linkTarget.MatchString(doc.Source[s.Start:s.Stop])
}

// plainReader walks a document and keeps the candidates that are plain text.
type plainReader struct {
	doc        *source.Document
	candidates map[int]int    // line by the offset of its slash
	open       map[string]int // HTML elements open here that quote or show code
	plain      []int
}

func (r *plainReader) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Blockquote, *ast.CodeBlock, *ast.FencedCodeBlock:
	case *ast.HTMLBlock:
		countTags(r.doc.Visible(source.BlockSpan(n)), r.open)
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
		// An element opened within a paragraph ends with it.
		r.inline(n, maps.Clone(r.open))
	default:
		for child := n.FirstChild(); child != nil; child = child.NextSibling() {
			r.block(child)
		}
	}
}

func (r *plainReader) inline(n ast.Node, open map[string]int) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		switch child := child.(type) {
		case *ast.RawHTML:
			for i := range child.Segments.Len() {
				s := child.Segments.At(i)
				countTags(r.doc.Visible(source.Span{Start: s.Start, Stop: s.Stop}), open)
			}
		case *ast.Text:
			if at, ok := r.candidates[child.Segment.Start]; ok && len(open) == 0 {
				r.plain = append(r.plain, at)
			}
		}
	}
}

// hidingTag is an HTML tag whose text is a quotation or code.
var hidingTag = regexp.MustCompile(`(?i)<(/?)(blockquote|q|pre|code|samp|tt|kbd|xmp|textarea)\b`)

// countTags counts the elements that s opens and closes.
func countTags(s string, open map[string]int) {
	for _, m := range hidingTag.FindAllStringSubmatch(s, -1) {
		tag := strings.ToLower(m[2])
		switch {
		case m[1] == "":
			open[tag]++
		case open[tag] > 1:
			open[tag]--
		default:
			delete(open, tag)
		}
	}
}
