package markup

import (
	"bytes"
	"html/template"
	"strings"

	"golang.org/x/net/html"
)

// Options says where a text stands. The zero value renders it on its own:
// without references, with boxes that cannot be ticked.
type Options struct {
	// Web is the site's address, without a slash at its end. Links elsewhere are
	// marked as foreign.
	Web string
	// Base is the path, with a slash at its end, that relative links start from.
	Base string
	// Repo is the "owner/name" that #12 belongs to.
	Repo string
	// HardBreaks keeps line ends, as issues and comments do and wikis do not.
	HardBreaks bool
	// Prefix begins the ids of headings, so that no text can take the page's own.
	Prefix string
	// Form is the id of the form that boxes belong to. Empty: boxes are disabled.
	Form string
	// User says whether a login is somebody's. Nil: nobody is mentioned.
	User func(login string) bool
	// Issue says whether an issue is there. Nil: none is referred to.
	Issue func(repo string, number int) bool
}

// Render gives the HTML of a text. Text that is nested too deeply to be read is
// shown as it was written.
func Render(source string, o Options) template.HTML {
	d := parse(source)
	root, ok := d.tree(o.HardBreaks)
	if !ok {
		return plain(source)
	}
	w := writer{Options: o, boxes: d.boxes}
	w.decorate(root)
	var out bytes.Buffer
	for n := root.FirstChild; n != nil; n = n.NextSibling {
		if err := html.Render(&out, n); err != nil {
			return plain(source)
		}
	}
	return template.HTML(out.String())
}

// plain shows a text as it was written.
func plain(source string) template.HTML {
	return template.HTML("<pre>" + template.HTMLEscapeString(strings.ToValidUTF8(source, "\uFFFD")) + "</pre>")
}
