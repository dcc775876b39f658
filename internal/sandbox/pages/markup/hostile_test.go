package markup_test

import (
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/firebreak-app/firebreak/internal/sandbox/pages/markup"
)

var hostile = []string{
	"<script>alert(1)</script>",
	"a <script>alert(1)</script> b",
	"<SCRIPT\n>alert(1)//",
	"<style>*{display:none}</style><link rel=stylesheet href=//x>",
	"<img src=x onerror=alert(1)>",
	"<svg><a xlink:href=javascript:alert(1)><circle onload=alert(1) /></svg>",
	"<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
	"<details open ontoggle=alert(1)><summary onclick=alert(1)>x",
	"<sub style=position:fixed id=main>x</sub>",
	"<kbd\nonmouseover=alert(1)\n>x</kbd>",
	"[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x) [d](vbscript:x)",
	"[a](java&#10;script:alert(1)) [b](&#x6A;avascript:alert(1)) [c](\x01javascript:alert(1))",
	"[a](http://x/\"onclick=alert(1)) <http://x/'onclick=alert(1)>",
	"![a](javascript:alert(1)) ![\"><script>](x) [![i](javascript:x)](javascript:y)",
	"<a href=javascript:alert(1)>x</a><iframe src=//x></iframe><object data=//x><embed src=//x>",
	"<form action=//x><input name=do value=tick><button>x</button></form>",
	"<task-box number=0></task-box> - [ ] x",
	"- [ ] a <task-box number=0></task-box>",
	"</article></main></body></html><h1>x",
	"- a\n  </li></ul></div>\n- b",
	"<details>\n\n- a\n\n  </details>\n- b\n\n<details>",
	"<textarea>\n\n# x\n\n- [ ] y",
	"<plaintext>\n\nx <title>y",
	"<!-- a --!> b --> <!--> c <!---> d <![CDATA[ e ]]> <?php f ?> <!DOCTYPE g>",
	"<!-- never closed\n\n# x",
	"```\"><script>\nx\n```",
	"```mermaid\ntimeline\n title <script>\n <b> : </ul><img src=x onerror=y>\n```",
	"# <script>x</script> \" onclick=x id=y\n\n# </h1><h1 id=main>",
	"| <script> | b |\n|---|---|\n| </td></tr></table> | `|` |",
	"@maya\"onclick=x #12<b> acme/shop#12",
	"[x]: javascript:alert(1)\n\n[x]\n\n[^1]\n\n[^1]: y",
	"\x00<b\x00>\xff\xfe",
}

// safe lists what may be in a page, and with which attributes.
var safe = map[string][]string{
	"p": {"class"}, "h1": {"id"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"},
	"ul": {}, "ol": {"start"}, "li": {"class"}, "blockquote": {}, "pre": {"tabindex"}, "code": {"class"}, "hr": {}, "br": {},
	"em": {}, "strong": {"class"}, "del": {}, "a": {"class", "href", "aria-label", "title", "rel"}, "span": {"class"},
	"table": {}, "thead": {}, "tbody": {}, "tr": {}, "th": {"align"}, "td": {"align"},
	"div": {"class", "role", "aria-label", "tabindex"}, "figure": {"class"}, "figcaption": {},
	"details": {"open"}, "summary": {}, "sub": {}, "sup": {}, "kbd": {}, "noscript": {}, "button": {"class", "form", "name", "value"},
	"input": {"type", "class", "aria-label", "checked", "disabled", "id", "form", "value", "autocomplete"},
}

func TestHostileTextIsHarmless(t *testing.T) {
	for _, source := range hostile {
		checkSafe(t, source)
	}
}

// checkSafe reads what was rendered as a browser does, between marks: nothing but
// what is safe may be there, and the marks must still be where they were.
func checkSafe(t *testing.T, source string) {
	t.Helper()
	o := here
	o.Form, o.HardBreaks = "tasks-1", true
	rendered := string(markup.Render(source, o))
	page := "<!doctype html><body><main><section><div id=before></div><article>" + rendered + "</article><div id=after></div></section></main>"
	doc, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatalf("%q: %v", source, err)
	}
	section := doc.LastChild.LastChild.FirstChild.FirstChild
	if section.Data != "section" || section.NextSibling != nil || section.Parent.NextSibling != nil {
		t.Errorf("%q breaks out: %s", source, rendered)
		return
	}
	before := section.FirstChild
	if article := before.NextSibling; article.Data != "article" || article.NextSibling == nil || article.NextSibling.NextSibling != nil {
		t.Errorf("%q breaks out: %s", source, rendered)
		return
	}
	for n := range before.NextSibling.Descendants() {
		checkNode(t, source, n)
	}
}

func checkNode(t *testing.T, source string, n *html.Node) {
	t.Helper()
	if n.Type == html.TextNode {
		return
	}
	allowed, known := safe[n.Data]
	if n.Type != html.ElementNode || !known || n.Namespace != "" {
		t.Errorf("%q gives a %s", source, n.Data)
	}
	if n.Data == "li" && n.Parent.Data != "ul" && n.Parent.Data != "ol" {
		t.Errorf("%q gives an item of no list", source)
	}
	for _, a := range n.Attr {
		if !slices.Contains(allowed, a.Key) {
			t.Errorf("%q gives %s the attribute %s=%q", source, n.Data, a.Key, a.Val)
		}
		if u, err := url.Parse(a.Val); a.Key == "href" && (err != nil || !slices.Contains([]string{"", "http", "https", "mailto"}, u.Scheme)) {
			t.Errorf("%q links to %q", source, a.Val)
		}
		if a.Key == "id" && !strings.HasPrefix(a.Val, "p-") && !strings.HasPrefix(a.Val, "tasks-1-") {
			t.Errorf("%q takes the id %q", source, a.Val)
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, seed := range hostile {
		f.Add(seed)
	}
	for _, name := range []string{"testdata/checklist.md", "testdata/post-mortem.md"} {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, source string) { checkSafe(t, source) })
}
