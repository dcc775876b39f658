package pages_test

import (
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// visited is a page as the browser got it.
type visited struct {
	k        *kit
	response *http.Response
	source   string
	doc      *html.Node
}

func newVisited(k *kit, response *http.Response, source string) *visited {
	k.t.Helper()
	doc, err := html.ParseWithOptions(strings.NewReader(source), html.ParseOptionEnableScripting(false))
	k.must(err)
	return &visited{k: k, response: response, source: source, doc: doc}
}

// want compares the status and gives the page on.
func (v *visited) want(status int) *visited {
	v.k.t.Helper()
	if v.response.StatusCode != status {
		v.k.t.Errorf("%s %s: %s, want %d; it says %q", v.response.Request.Method, v.response.Request.URL, v.response.Status, status, v.alert())
	}
	return v
}

// at compares where the browser ended up.
func (v *visited) at(path string) *visited {
	v.k.t.Helper()
	u := v.response.Request.URL
	got := u.RequestURI()
	if u.Fragment != "" {
		got += "#" + u.Fragment
	}
	if got != path {
		v.k.t.Errorf("ended up at %s, want %s", got, path)
	}
	return v
}

// has finds text in what is read.
func (v *visited) has(parts ...string) *visited {
	v.k.t.Helper()
	if text := strings.Join(strings.Fields(textOf(v.doc)), " "); !contains(text, parts...) {
		v.k.t.Errorf("%s does not say all of %q:\n%s", v.response.Request.URL, parts, text)
	}
	return v
}

// inOrder finds texts, each after the one before, below the head of an issue.
func (v *visited) inOrder(parts ...string) {
	v.k.t.Helper()
	_, rest, _ := strings.Cut(v.source, "data-thread")
	for _, part := range parts {
		_, after, found := strings.Cut(rest, part)
		if !found {
			v.k.t.Errorf("%q is not where it should be", part)
		}
		rest = after
	}
}

func (v *visited) lacks(part string) {
	v.k.t.Helper()
	if strings.Contains(v.source, part) {
		v.k.t.Errorf("%s has %q", v.response.Request.URL, part)
	}
}

func (v *visited) alert() string {
	n := v.find(func(n *html.Node) bool { return attr(n, "role") == "alert" })
	if n == nil {
		return ""
	}
	return strings.Join(strings.Fields(textOf(n)), " ")
}

// find gives the first element of a kind; nil without.
func (v *visited) find(is func(*html.Node) bool) *html.Node {
	for n := range v.doc.Descendants() {
		if n.Type == html.ElementNode && is(n) {
			return n
		}
	}
	return nil
}

// field gives a field's present value.
func (v *visited) field(id string) string {
	v.k.t.Helper()
	n := v.find(func(n *html.Node) bool { return attr(n, "id") == id })
	if n == nil {
		v.k.t.Fatalf("%s has no field %q", v.response.Request.URL, id)
	}
	if n.Data == "textarea" {
		return textOf(n) // its first line end is not part of it
	}
	return attr(n, "value")
}

// press submits the form that a button belongs to, with some fields filled in.
func (v *visited) press(is func(*html.Node) bool, fill url.Values) *visited {
	v.k.t.Helper()
	button := v.find(func(n *html.Node) bool { return n.Data == "button" && is(n) })
	if button == nil {
		v.k.t.Fatalf("%s has no such button", v.response.Request.URL)
	}
	form := v.formOf(button)
	sent := v.controls(form)
	for name, values := range fill {
		sent[name] = values
	}
	if name := attr(button, "name"); name != "" {
		sent.Set(name, attr(button, "value"))
	}
	action := attr(form, "action")
	if action == "" {
		action = v.response.Request.URL.Path
	}
	return v.k.post(action, sent)
}

func (v *visited) formOf(button *html.Node) *html.Node {
	v.k.t.Helper()
	if id := attr(button, "form"); id != "" {
		return v.find(func(n *html.Node) bool { return n.Data == "form" && attr(n, "id") == id })
	}
	for n := range button.Ancestors() {
		if n.Data == "form" {
			return n
		}
	}
	v.k.t.Fatal("a button belongs to no form")
	return nil
}

// controls are what a form would send as it stands.
func (v *visited) controls(form *html.Node) url.Values {
	sent := url.Values{}
	for n := range form.Descendants() {
		switch name := attr(n, "name"); {
		case name == "" || n.Data == "button" || attr(n, "type") == "checkbox" && !hasAttr(n, "checked"):
		case n.Data == "textarea":
			sent.Add(name, textOf(n))
		case n.Data == "input":
			sent.Add(name, attr(n, "value"))
		}
	}
	return sent
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
		if c.Type == html.ElementNode {
			b.WriteByte(' ')
		}
	}
	return strings.TrimSuffix(b.String(), " ")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// labelled is the button with a text on it.
func labelled(text string) func(*html.Node) bool {
	return func(n *html.Node) bool { return strings.TrimSpace(textOf(n)) == text }
}

// besideBox is the button beside the box with a label.
func (v *visited) besideBox(label string) func(*html.Node) bool {
	v.k.t.Helper()
	box := v.box(label)
	return func(n *html.Node) bool {
		_, after, _ := strings.Cut(attr(n, "value"), ".")
		return attr(n, "form") == attr(box, "form") && after == attr(box, "value")
	}
}

// box is the one with a label.
func (v *visited) box(label string) *html.Node {
	v.k.t.Helper()
	box := v.find(func(n *html.Node) bool { return n.Data == "input" && attr(n, "aria-label") == label })
	if box == nil {
		v.k.t.Fatalf("%s has no box %q", v.response.Request.URL, label)
	}
	return box
}
