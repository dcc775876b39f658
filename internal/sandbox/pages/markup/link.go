package markup

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// link leaves of a link its address, if it is one that may be followed, and its
// title.
func (w *writer) link(a *html.Node) {
	href, title := attribute(a, "href"), attribute(a, "title")
	short := w.shorten(a, href)
	w.decorateLinked(a)
	a.Attr = nil
	target, foreign, ok := w.address(href)
	if !ok {
		a.Data = "span"
		return
	}
	a.Attr = element("", "href", target).Attr
	if title != "" {
		a.Attr = append(a.Attr, html.Attribute{Key: "title", Val: title})
	}
	if foreign {
		a.Attr = append(a.Attr, html.Attribute{Key: "rel", Val: "nofollow noopener noreferrer"})
	}
	if short != "" {
		for a.FirstChild != nil {
			a.RemoveChild(a.FirstChild)
		}
		a.AppendChild(textNode("%s", short))
	}
}

// decorateLinked decorates what stands in a link, where nothing may be linked
// again.
func (w *writer) decorateLinked(a *html.Node) {
	inner := *w
	inner.User, inner.Issue = nil, nil
	inner.decorate(a)
}

// address judges where a link leads: the web, mail, or a place on this site.
func (w *writer) address(href string) (target string, foreign, ok bool) {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || href == "" {
		return "", false, false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.String(), !strings.HasPrefix(u.String()+"/", w.Web+"/") || w.Web == "", true
	case "mailto":
		return u.String(), true, true
	case "":
		return w.relative(u)
	}
	return "", false, false
}

func (w *writer) relative(u *url.URL) (target string, foreign, ok bool) {
	switch {
	case u.Host != "":
		return u.String(), true, true
	case u.Path == "" && u.RawQuery == "":
		if ownFragment.MatchString(u.Fragment) {
			return "#" + u.EscapedFragment(), false, true
		}
		return "#" + w.Prefix + u.EscapedFragment(), false, true
	}
	base, err := url.Parse(w.Base)
	if err != nil {
		return "", false, false
	}
	return base.ResolveReference(u).String(), false, true
}

// ownFragment are places that the page has, not the text.
var ownFragment = regexp.MustCompile(`^issue(comment)?-[0-9]+$`)

// shorten gives the short form of a bare address of an issue on this site.
func (w *writer) shorten(a *html.Node, href string) string {
	rest, own := strings.CutPrefix(href, w.Web+"/")
	if !own || w.Web == "" || textOf(a) != href {
		return ""
	}
	found := issueAddress.FindStringSubmatch(rest)
	if found == nil {
		return ""
	}
	short := "#" + found[2]
	if !strings.EqualFold(found[1], w.Repo) {
		short = found[1] + short
	}
	if found[3] != "" {
		short += " (comment)"
	}
	return short
}

var issueAddress = regexp.MustCompile(`^([^/]+/[^/]+)/issues/([0-9]+)(#issuecomment-[0-9]+)?$`)

// image becomes a link: nothing is fetched from elsewhere.
func (w *writer) image(img *html.Node) {
	label := attribute(img, "alt")
	if label == "" {
		label = "image"
	}
	target, _, ok := w.address(attribute(img, "src"))
	if !ok || w.User == nil && w.Issue == nil && img.Parent.Data == "a" {
		replace(img, textNode("[%s]", label))
		return
	}
	a := element("a", "href", target, "rel", "nofollow noopener noreferrer")
	a.AppendChild(textNode("[%s]", label))
	replace(img, a)
}
