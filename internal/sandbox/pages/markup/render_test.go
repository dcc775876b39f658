package markup_test

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox/pages/markup"
)

// here is a comment on acme/shop, where maya and #12 exist.
var here = markup.Options{
	Web: "http://127.0.0.1:80", Base: "/acme/shop/issues/", Repo: "acme/shop", Prefix: "p-",
	User:  func(login string) bool { return login == "maya" || login == "firebreak[bot]" },
	Issue: func(repo string, number int) bool { return repo == "acme/shop" && number == 12 },
}

func TestRender(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"nothing":         {"", ""},
		"emphasis":        {"*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>"},
		"aligned table":   {"|a|b|\n|-|-:|\n|1|2|", `<td align="right">2</td>`},
		"wide table":      {"|a|\n|-|", `<div class="scroll" role="region" aria-label="Table" tabindex="0"><table>`},
		"heading":         {"## Root *cause*!", `<h2 id="p-root-cause">Root <em>cause</em>!<a class="anchor" href="#p-root-cause" aria-label="Link to Root cause!">#</a></h2>`},
		"second heading":  {"# a\n\n# a", `<h1 id="p-a-1">`},
		"link to heading": {"[x](#root-cause)", `<a href="#p-root-cause">x</a>`},
		"link to comment": {"[x](#issuecomment-7)", `<a href="#issuecomment-7">x</a>`},
		"relative link":   {"[x](../wiki/A%20b)", `<a href="/acme/shop/wiki/A%20b">x</a>`},
		"own link":        {"[x](http://127.0.0.1:80/a \"t\")", `<a href="http://127.0.0.1:80/a" title="t">x</a>`},
		"foreign link":    {"[x](https://x.example)", `<a href="https://x.example" rel="nofollow noopener noreferrer">x</a>`},
		"mail":            {"<a@b.example>", `<a href="mailto:a@b.example" rel=`},
		"bare address":    {"see https://x.example/a_b.", `<a href="https://x.example/a_b" rel="nofollow noopener noreferrer">https://x.example/a_b</a>.`},
		"bare issue":      {"http://127.0.0.1:80/acme/shop/issues/12", `<a href="http://127.0.0.1:80/acme/shop/issues/12">#12</a>`},
		"bare comment":    {"http://127.0.0.1:80/acme/web/issues/1#issuecomment-7", `>acme/web#1 (comment)</a>`},
		"mention":         {"ask @maya, @firebreak[bot]", `ask <strong class="mention">@maya</strong>, <strong class="mention">@firebreak[bot]</strong>`},
		"reference":       {"(#12) acme/shop#12", `(<a href="/acme/shop/issues/12">#12</a>) <a href="/acme/shop/issues/12">acme/shop#12</a>`},
		"no references":   {"#13 x#12 #12a @jon a@maya @maya_ x/y#12", "<p>#13 x#12 #12a @jon a@maya @maya_ x/y#12</p>"},
		"none in code":    {"`@maya #12`", "<code>@maya #12</code>"},
		"none in links":   {"[@maya #12](http://x.example)", ">@maya #12</a>"},
		"code":            {"```go\na < b\n```", "<pre tabindex=\"0\"><code class=\"language-go\">a &lt; b\n</code></pre>"},
		"image":           {"![a b](https://x.example/i.png)", `<a href="https://x.example/i.png" rel="nofollow noopener noreferrer">[a b]</a>`},
		"hidden comment":  {"a <!-- step:x --> b\n\n<!-- c\n\nd -->", "<p>a  b</p>"},
		"script":          {"<script>\nalert(1)\n</script>", ""},
		"other schemes":   {"[x](ftp://x.example) [y](tel:1)", "<p><span>x</span> <span>y</span></p>"},
		"raw elements":    {"H<sub>2</sub>O x<sup>2</sup> <kbd>Ctrl</kbd><br>y", "<p>H<sub>2</sub>O x<sup>2</sup> <kbd>Ctrl</kbd><br/>y</p>"},
		"details":         {"<details open><summary>a</summary>\n\n- b\n\n</details>", "<details open=\"\"><summary>a</summary>\n\n<ul>\n<li>b</li>\n</ul>\n</details>"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := strings.TrimSpace(string(markup.Render(tt.in, here)))
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("Render(%q)\n got %s\nwant %s", tt.in, got, tt.want)
			}
		})
	}
}

func TestLineEndsBreakInCommentsOnly(t *testing.T) {
	o := here
	if got := string(markup.Render("a\r\nb", o)); strings.Contains(got, "<br") {
		t.Errorf("in a wiki: %s", got)
	}
	o.HardBreaks = true
	if got := string(markup.Render("a\r\nb", o)); !strings.Contains(got, "a<br/>") {
		t.Errorf("in a comment: %s", got)
	}
}

func TestTimelinesAreDrawn(t *testing.T) {
	source := "```mermaid\n\ntimeline\n    title Incident <1>\n    %% note\n    section Before\n    11.40 : deployed\n" +
		"    section After\n    11.52 : detected : declared\n          : told\n```"
	want := `<figure class="timeline"><figcaption>Incident &lt;1&gt;</figcaption>` +
		`<p class="section">Before</p><ol><li><span class="period">11.40</span><ul><li>deployed</li></ul></li></ol>` +
		`<p class="section">After</p><ol><li><span class="period">11.52</span><ul><li>detected</li><li>declared</li><li>told</li></ul></li></ol></figure>`
	if got := strings.TrimSpace(string(markup.Render(source, here))); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestOtherDiagramsStayCode(t *testing.T) {
	for _, source := range []string{"```mermaid\ngraph TD\n```", "```mermaid\n```", "```\ntimeline\n a : b\n```"} {
		if got := string(markup.Render(source, here)); !strings.Contains(got, "<pre") || strings.Contains(got, "figure") {
			t.Errorf("Render(%q) = %s", source, got)
		}
	}
}

func TestUnreadableTextIsShownAsItIs(t *testing.T) {
	tests := map[string]string{
		"quotes in quotes":         strings.Repeat(">", 5_000) + "<b>",
		"lists in lists":           strings.Repeat("- ", 5_000) + "<b>",
		"deeper by every line":     nested(200),
		"more emphasis than words": strings.Repeat("*a_ ", 60_000),
		"more links than words":    strings.Repeat("[a](", 60_000),
		"code left open":           strings.Repeat("``a`", 60_000),
		"details in details":       strings.Repeat("<details>", 5_000),
	}
	for name, source := range tests {
		t.Run(name, func(t *testing.T) {
			got := string(markup.Render(source, here))
			if !strings.HasPrefix(got, "<pre>") || strings.Contains(got, "<b>") {
				t.Errorf("begins with %.100s", got)
			}
		})
	}
}

func nested(depth int) string {
	var b strings.Builder
	for n := range depth {
		b.WriteString(strings.Repeat("  ", n) + "- a\n")
	}
	return b.String()
}
