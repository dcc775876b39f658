package markup

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// box puts a real one in the placeholder's place. It belongs to a form elsewhere
// on the page, since forms cannot stand inside paragraphs. A script submits it
// when it changes; without one there is a button beside it.
func (w *writer) box(n *html.Node) {
	number, err := strconv.Atoi(attribute(n, "number"))
	if err != nil || number < 0 || number >= len(w.boxes) {
		n.Parent.RemoveChild(n)
		return
	}
	t := w.boxes[number]
	value := fmt.Sprintf("%d.%s", number, t.Line)
	box := element("input", "type", "checkbox", "class", "task", "aria-label", boxLabel(n))
	if t.Done {
		box.Attr = append(box.Attr, html.Attribute{Key: "checked"})
	}
	if w.Form == "" {
		box.Attr = append(box.Attr, html.Attribute{Key: "disabled"})
		replace(n, box)
		return
	}
	box.Attr = append(box.Attr, element("", "id", BoxID(w.Form, number), "form", w.Form, "value", value, "autocomplete", "off").Attr...)
	replace(n, box, w.fallback(t, value))
}

// BoxID is the id of a form's box, by its number.
func BoxID(form string, number int) string { return fmt.Sprintf("%s-%d", form, number) }

func (w *writer) fallback(t Task, value string) *html.Node {
	to, name := "on", "Tick"
	if t.Done {
		to, name = "off", "Untick"
	}
	button := element("button", "class", "small", "form", w.Form, "name", "task", "value", to+"."+value)
	button.AppendChild(textNode("%s", name))
	around := element("noscript")
	around.AppendChild(button)
	return around
}

// boxLabel is the text beside a box, for who cannot see it.
func boxLabel(n *html.Node) string {
	var b strings.Builder
	for c := n.NextSibling; c != nil && c.Data != "ul" && c.Data != "ol"; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	label := strings.Join(strings.Fields(b.String()), " ")
	if utf8.RuneCountInString(label) > 120 {
		label = string([]rune(label)[:119]) + "…"
	}
	if label == "" {
		return "task"
	}
	return label
}

// markTask sets list items with a box apart from others.
func markTask(item *html.Node) {
	for n := item.FirstChild; n != nil; n = n.NextSibling {
		if n.Data == "p" {
			n = n.FirstChild
		}
		if n == nil || n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" {
			return
		}
		if n.Data == "input" {
			item.Attr = append(item.Attr, html.Attribute{Key: "class", Val: "task-item"})
			return
		}
		if n.Type == html.ElementNode {
			return
		}
	}
}
