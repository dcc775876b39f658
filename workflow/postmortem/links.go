package postmortem

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()

const (
	// maxPasses bounds how often a text is read: what one escape brings to light,
	// the next reading finds.
	maxPasses = 5
	// maxLinks bounds the links of one text. Reading takes time that grows with
	// the square of what begins like a link.
	maxLinks = 300
)

// block makes Markdown from people safe, as markdown.Block does, and besides
// leaves no link that leads anywhere but to the web.
func block(text string) string {
	if strings.Count(text, "](") > maxLinks {
		return markdown.Inline(text)
	}
	safe := markdown.Block(text)
	for range maxPasses {
		at := badLinks([]byte(safe))
		if len(at) == 0 {
			return safe
		}
		safe = escapeAt(safe, at)
	}
	return markdown.Inline(text)
}

// badLinks returns where the links and images to elsewhere begin.
func badLinks(source []byte) []int {
	var at []int
	_ = ast.Walk(gfm.Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && n.Pos() >= 0 && !leadsToWeb(n, source) {
			at = append(at, n.Pos())
		}
		return ast.WalkContinue, nil
	})
	return at
}

// leadsToWeb says whether n is no link, or one to http or https. A path or an
// anchor stays within the web, so a link needs no scheme.
func leadsToWeb(n ast.Node, source []byte) bool {
	switch n := n.(type) {
	case *ast.Link:
		return webURL(n.Destination)
	case *ast.Image:
		return webURL(n.Destination)
	case *ast.AutoLink:
		return n.AutoLinkType == ast.AutoLinkEmail || webURL(n.URL(source))
	}
	return true
}

func webURL(url []byte) bool {
	url = util.ResolveNumericReferences(util.ResolveEntityNames(util.UnescapePunctuations(url)))
	scheme, _, found := bytes.Cut(bytes.ToLower(url), []byte(":"))
	if !found || bytes.ContainsAny(scheme, "/?#") {
		return true
	}
	return string(scheme) == "http" || string(scheme) == "https"
}

// escapeAt puts a backslash before each of the bytes, which are in order.
func escapeAt(source string, at []int) string {
	var b strings.Builder
	from := 0
	for _, i := range at {
		if i < from {
			continue
		}
		b.WriteString(source[from:i] + `\`)
		from = i
	}
	return b.String() + source[from:]
}
