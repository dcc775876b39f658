package markdown

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// Neutralising one thing can bring another to light: what was HTML becomes
// Markdown. Real text needs two passes; what needs more is not worth keeping.
const maxPasses = 5

var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM))

// Block returns Markdown of several lines as Markdown that keeps to itself:
//
//   - HTML, comments included, is shown instead of obeyed;
//   - headings sink below the third level, so that they begin no section;
//   - a fence left open is closed, so that what follows is not swallowed;
//   - link and footnote definitions define nothing for the text around;
//   - nobody is mentioned, and no line begins with a slash command.
//
// Emphasis, lists, tables, quotes, code and links stay. Text that cannot be kept
// in bounds this way comes back as plain lines. The result has LF line ends and
// no blank lines around it: set a blank line before and after.
func Block(markdown string) string {
	clean := manyLines(markdown)
	if clean == "" {
		return ""
	}
	if kept, ok := confine(clean); ok {
		if closed, ok := closeFence(kept); ok {
			return defuseComments(closed)
		}
	}
	return plainLines(clean)
}

// confine applies the edits that one reading suggests until another suggests
// none.
func confine(source string) (string, bool) {
	if tangled(source) {
		return "", false
	}
	for range maxPasses {
		edits := findEdits([]byte(source))
		if len(edits) == 0 {
			return source, true
		}
		source = manyLines(apply(source, edits))
	}
	return "", false
}

const sentinel = "firebreak-block-ends-here"

// closeFence closes a fence that is open at the end, and makes sure that a
// paragraph set after the text is a paragraph of its own.
func closeFence(source string) (string, bool) {
	if endsOpen(source) == nil {
		return source, true
	}
	code, ok := endsOpen(source).(*ast.FencedCodeBlock)
	if !ok || code.Pos() < 0 {
		return "", false
	}
	opening := strings.TrimLeft(source[code.Pos():], " ")
	fence := opening[:len(opening)-len(strings.TrimLeft(opening, opening[:1]))]
	source += "\n" + fence
	return source, endsOpen(source) == nil
}

// endsOpen returns the block that would swallow a paragraph after source, or nil
// if none would.
func endsOpen(source string) ast.Node {
	whole := []byte(source + "\n\n" + sentinel)
	last := parse(whole).LastChild()
	lines := last.Lines()
	if last.Kind() == ast.KindParagraph && lines.Len() == 1 && string(lines.Value(whole)) == sentinel {
		return nil
	}
	return last
}

func parse(source []byte) ast.Node {
	return gfm.Parser().Parse(text.NewReader(source))
}

// plainLines keeps the words and the lines, and nothing else.
func plainLines(source string) string {
	lines := strings.Split(source, "\n")
	for i, line := range lines {
		lines[i] = Inline(line)
	}
	joined := strings.Join(lines, "  \n")
	return strings.TrimSpace(strings.ReplaceAll(joined, "\n  \n", "\n\n"))
}

// Line returns one line of Markdown that keeps to its line: emphasis, code spans
// and links stay, all else is as in Block. It is for wording that is set, by
// configuration or by this project, after something else on the same line.
func Line(markdown string) string {
	line := oneLine(markdown)
	if !strings.ContainsAny(line, "<&@") { // nothing else reaches beyond a line
		return line
	}
	kept, ok := confine("x " + line)
	if !ok {
		return Inline(markdown)
	}
	return defuseComments(strings.TrimPrefix(kept, "x "))
}
