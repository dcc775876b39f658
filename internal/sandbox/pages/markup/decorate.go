package markup

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// writer makes a tree what the page shows.
type writer struct {
	Options
	boxes []Task
	slugs map[string]int
}

// decorate goes through an element's children; those that it puts in their place
// are not gone through again.
func (w *writer) decorate(parent *html.Node) {
	for n := parent.FirstChild; n != nil; {
		next := n.NextSibling
		if n.Type == html.TextNode {
			w.references(n)
		} else {
			w.element(n)
		}
		n = next
	}
}

func (w *writer) element(n *html.Node) {
	switch n.Data {
	case "code":
		return
	case "pre":
		w.fence(n)
		return
	case "a":
		w.link(n)
		return
	case "img":
		w.image(n)
		return
	case boxElement:
		w.box(n)
		return
	}
	w.decorate(n)
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		w.anchor(n)
	case "table":
		scrolling(n)
	case "li":
		markTask(n)
	}
}

// scrolling lets a wide table scroll by itself instead of the page.
func scrolling(table *html.Node) {
	around := element("div", "class", "scroll", "role", "region", "aria-label", "Table", "tabindex", "0")
	table.Parent.InsertBefore(around, table)
	table.Parent.RemoveChild(table)
	around.AppendChild(table)
}

// element makes an element with attributes, given as names and values.
func element(name string, attributes ...string) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: name}
	for i := 0; i+1 < len(attributes); i += 2 {
		n.Attr = append(n.Attr, html.Attribute{Key: attributes[i], Val: attributes[i+1]})
	}
	return n
}

func textNode(format string, args ...any) *html.Node {
	return &html.Node{Type: html.TextNode, Data: fmt.Sprintf(format, args...)}
}

// replace puts nodes in another's place.
func replace(n *html.Node, with ...*html.Node) {
	for _, w := range with {
		n.Parent.InsertBefore(w, n)
	}
	n.Parent.RemoveChild(n)
}

// textOf is what is read in an element.
func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}

// attribute is an attribute's value; empty without.
func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
