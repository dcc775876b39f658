package markup

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

var language = regexp.MustCompile(`^language-[A-Za-z0-9_+#.-]{1,30}$`)

// fence draws Mermaid's timelines; other code stays as it is.
func (w *writer) fence(pre *html.Node) {
	code := pre.FirstChild
	if code == nil || code.Data != "code" {
		return
	}
	class := attribute(code, "class")
	if class == "language-mermaid" {
		if drawn := timeline(textOf(code)); drawn != nil {
			replace(pre, drawn)
			return
		}
	}
	code.Attr = nil
	if language.MatchString(class) {
		code.Attr = element("", "class", class).Attr
	}
	pre.Attr = element("", "tabindex", "0").Attr
}

// timeline draws a timeline as a list; nil if it is none.
func timeline(source string) *html.Node {
	lines := strings.Split(source, "\n")
	first := slices.IndexFunc(lines, func(l string) bool { return strings.TrimSpace(l) != "" })
	if first < 0 || strings.TrimSpace(lines[first]) != "timeline" {
		return nil
	}
	d := drawing{figure: element("figure", "class", "timeline")}
	for _, line := range lines[first+1:] {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "%%") {
			d.line(line)
		}
	}
	return d.figure
}

// drawing is a timeline as far as it is drawn.
type drawing struct {
	figure, list, events *html.Node
}

func (d *drawing) line(line string) {
	if title, ok := strings.CutPrefix(line, "title "); ok {
		d.figure.InsertBefore(caption(title), d.figure.FirstChild)
		return
	}
	if section, ok := strings.CutPrefix(line, "section "); ok {
		d.list, d.events = nil, nil
		name := element("p", "class", "section")
		name.AppendChild(textNode("%s", section))
		d.figure.AppendChild(name)
		return
	}
	period, events, _ := strings.Cut(line, ":")
	if period = strings.TrimSpace(period); period != "" || d.events == nil {
		d.period(period)
	}
	for _, event := range strings.Split(events, ":") {
		if event = strings.TrimSpace(event); event != "" {
			item := element("li")
			item.AppendChild(textNode("%s", event))
			d.events.AppendChild(item)
		}
	}
}

func (d *drawing) period(name string) {
	if d.list == nil {
		d.list = element("ol")
		d.figure.AppendChild(d.list)
	}
	item, label := element("li"), element("span", "class", "period")
	label.AppendChild(textNode("%s", name))
	d.events = element("ul")
	item.AppendChild(label)
	item.AppendChild(d.events)
	d.list.AppendChild(item)
}

func caption(title string) *html.Node {
	n := element("figcaption")
	n.AppendChild(textNode("%s", title))
	return n
}
