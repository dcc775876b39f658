package markup

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// rawElements are those that raw HTML may use. Markdown makes none of them but
// br, so that in the tree they are known by their names.
var rawElements = []string{"details", "summary", "br", "sub", "sup", "kbd"}

// boxNumber is the attribute of a box's node that says the how many-eth it is.
const boxNumber = "number"

// boxElement stands for a box until the tree is decorated. No text can contain
// it, since raw HTML cannot.
const boxElement = "task-box"

// ownRenderer renders what must not be rendered the usual way.
type ownRenderer struct{}

func (ownRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindRawHTML, renderInline)
	reg.Register(ast.KindHTMLBlock, renderBlock)
	reg.Register(extast.KindTaskCheckBox, renderBox)
}

func renderInline(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.Write(filter(n.(*ast.RawHTML).Segments.Value(source)))
	}
	return ast.WalkSkipChildren, nil
}

func renderBlock(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		block := n.(*ast.HTMLBlock)
		raw := block.Lines().Value(source)
		if block.HasClosure() {
			raw = slices.Concat(raw, block.ClosureLine.Value(source))
		}
		_, _ = w.Write(filter(raw))
		_ = w.WriteByte('\n')
	}
	return ast.WalkSkipChildren, nil
}

func renderBox(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		number, _ := n.AttributeString(boxNumber)
		fmt.Fprintf(w, "<%s number=%d></%[1]s>", boxElement, number)
	}
	return ast.WalkContinue, nil
}

// filter keeps of raw HTML the permitted elements without their attributes, and
// the text, but not that of scripts and styles. Comments go.
func filter(raw []byte) []byte {
	var out bytes.Buffer
	tokens := html.NewTokenizer(bytes.NewReader(raw))
	hidden := false
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			return out.Bytes()
		}
		t := tokens.Token()
		switch {
		case kind == html.TextToken && !hidden:
			out.WriteString(html.EscapeString(t.Data))
		case kind == html.StartTagToken || kind == html.SelfClosingTagToken:
			hidden = slices.Contains([]string{"script", "style"}, t.Data)
			out.WriteString(permitted(t))
		case kind == html.EndTagToken:
			hidden = false
			out.WriteString(permitted(t))
		}
	}
}

func permitted(t html.Token) string {
	switch {
	case !slices.Contains(rawElements, t.Data):
		return ""
	case t.Type == html.EndTagToken:
		return "</" + t.Data + ">"
	case t.Data == "details" && slices.ContainsFunc(t.Attr, func(a html.Attribute) bool { return strings.EqualFold(a.Key, "open") }):
		return "<details open>"
	}
	return "<" + t.Data + ">"
}
