package markup

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxDepth bounds how deep blocks may lie in one another. What is deeper was made
// to hurt: reading takes time by the square of it.
const maxDepth = 100

// bareURL also finds addresses without a dot in the host, such as this site's own
// on loopback.
var bareURL = regexp.MustCompile(`^https?://[-a-zA-Z0-9.]{1,253}(?::[0-9]{1,5})?(?:[/?#][^\s<]*)?`)

// The two ways of reading line ends; both read task lists by our own rule.
var soft, hard = reader(), reader(html.WithHardWraps())

func reader(options ...renderer.Option) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(
			extension.NewLinkify(extension.WithLinkifyURLRegexp(bareURL)), extension.Strikethrough,
			// A style attribute would need leave from the page's security policy.
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)),
		),
		goldmark.WithParserOptions(parser.WithInlineParsers(util.Prioritized(boxParser{}, 0))),
		goldmark.WithRendererOptions(options...),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(ownRenderer{}, 100))),
	)
}

// document is a text that has been read.
type document struct {
	source []byte
	root   ast.Node
	boxes  []Task
	flat   bool // not nested too deeply to be shown as Markdown
}

func parse(source string) document {
	d := document{source: []byte(source)}
	if tangled(source) {
		return d
	}
	d.root, d.flat = soft.Parser().Parse(text.NewReader(d.source)), true
	depth := 0
	_ = ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		if depth++; depth > maxDepth {
			d.flat = false
			return ast.WalkStop, nil
		}
		if n.Kind() == extast.KindTaskCheckBox {
			n.SetAttributeString(boxNumber, len(d.boxes))
			d.boxes = append(d.boxes, taskAt(source, n.Pos()))
		}
		return ast.WalkContinue, nil
	})
	return d
}

// html is what Markdown makes of the text, raw HTML already filtered.
func (d document) html(hardBreaks bool) ([]byte, error) {
	with := soft
	if hardBreaks {
		with = hard
	}
	var out bytes.Buffer
	err := with.Renderer().Render(&out, d.source, d.root)
	return out.Bytes(), err
}
