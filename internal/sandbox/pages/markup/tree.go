package markup

import (
	"bytes"
	"slices"

	"golang.org/x/net/html"
)

// tree builds the text's elements. Ends without a beginning are dropped,
// elements left open are closed with what they stand in, and raw HTML cannot
// close what Markdown opened. It reports false for what is nested too deeply.
func (d document) tree(hardBreaks bool) (*html.Node, bool) {
	if !d.flat {
		return nil, false
	}
	source, err := d.html(hardBreaks)
	if err != nil {
		return nil, false
	}
	b := builder{open: []*html.Node{{Type: html.ElementNode, Data: "article"}}}
	tokens := html.NewTokenizer(bytes.NewReader(source))
	for tokens.Next() != html.ErrorToken {
		if b.add(tokens.Token()); len(b.open) > 3*maxDepth {
			return nil, false
		}
	}
	return b.open[0], true
}

// builder has the elements open, outermost first.
type builder struct {
	open []*html.Node
}

func (b *builder) add(t html.Token) {
	switch t.Type {
	case html.TextToken:
		b.append(&html.Node{Type: html.TextNode, Data: t.Data})
	case html.StartTagToken, html.SelfClosingTagToken:
		n := &html.Node{Type: html.ElementNode, Data: t.Data, Attr: t.Attr}
		b.append(n)
		if t.Type == html.StartTagToken && !slices.Contains([]string{"br", "hr", "img"}, t.Data) {
			b.open = append(b.open, n)
		}
	case html.EndTagToken:
		b.close(t.Data)
	}
}

func (b *builder) append(n *html.Node) { b.open[len(b.open)-1].AppendChild(n) }

func (b *builder) close(name string) {
	raw := slices.Contains(rawElements, name)
	for i := len(b.open) - 1; i > 0; i-- {
		switch inner := b.open[i].Data; {
		case inner == name:
			b.open = b.open[:i]
			return
		case raw && !slices.Contains(rawElements, inner):
			return
		}
	}
}
