package markup

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Task is one box of a task list.
type Task struct {
	// At is the offset in bytes of the box's mark, between the brackets.
	At int
	// Done says whether it is ticked.
	Done bool
	// Line tells what the box is about: a digest of its line but for the mark.
	Line string
}

// Tasks finds a text's boxes, in the order in which they are shown: those in code
// and comments are none.
func Tasks(source string) []Task { return parse(source).boxes }

// Set gives the text with one box of it ticked or not; no other byte changes.
func (t Task) Set(source string, done bool) string {
	mark := " "
	if done {
		mark = "x"
	}
	return source[:t.At] + mark + source[t.At+1:]
}

func taskAt(source string, box int) Task {
	at := box + 1
	from := strings.LastIndexByte(source[:at], '\n') + 1
	before, after := source[from:at], source[at+1:]
	if end := strings.IndexByte(after, '\n'); end >= 0 {
		after = after[:end]
	}
	return Task{At: at, Done: source[at] == 'x' || source[at] == 'X', Line: Digest(before + "?" + strings.TrimRight(after, "\r"))}
}

// Digest tells texts apart, shortly.
func Digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// boxMark is a box as GFM has it: white space must follow.
var boxMark = regexp.MustCompile(`^\[([ \txX])\][ \t\r\n]`)

// boxParser finds boxes at the start of a list item's first paragraph. The one
// that comes with the Markdown library also takes "[x]y" for a box.
type boxParser struct{}

func (boxParser) Trigger() []byte { return []byte{'['} }

func (boxParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	item := parent.Parent()
	if item == nil || item.Kind() != ast.KindListItem || item.FirstChild() != parent || parent.HasChildren() {
		return nil
	}
	line, _ := block.PeekLine()
	found := boxMark.FindSubmatch(line)
	if found == nil {
		return nil
	}
	block.Advance(len("[x]"))
	return extast.NewTaskCheckBox(found[1][0] == 'x' || found[1][0] == 'X')
}
