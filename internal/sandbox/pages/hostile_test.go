package pages_test

import (
	"net/http"
	"net/url"
	"testing"

	"golang.org/x/net/html"
)

// What comes from people stands in titles, labels, page names, bodies; none of it
// may become part of the page's own.
func TestHostileTextStaysText(t *testing.T) {
	const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}`
	k := newKit(t)
	maya := k.As("maya")
	k.must(maya.MakeLabel(shop, attack[:40], "000000", attack))
	body := attack + "\n\n[x](javascript:alert(1))\n\n<details><summary>open\n\n- [ ] " + attack + "\n\n<!-- x\n"
	n, err := maya.OpenIssue(shop, attack, body, attack[:40])
	k.must(err)
	_, err = maya.Comment(shop, n, "</article></main>"+body)
	k.must(err)
	k.must(maya.AddSubIssue(shop, 1, n))
	k.must(maya.EditIssue(shop, 1, attack, body))
	k.must(maya.EditWiki(shop, `a'onclick=alert(1) #&`, body, attack))
	wiki := shopPath + "/wiki/" + url.PathEscape(`a'onclick=alert(1) #&`)
	for _, path := range []string{
		"/", shopPath + "/issues", shopPath + "/issues?q=" + url.QueryEscape(attack), issueOne, shopPath + "/issues/2",
		shopPath + "/issues/new?body=" + url.QueryEscape(attack) + "&title=" + url.QueryEscape(attack),
		shopPath + "/wiki", wiki, wiki + "/_edit", wiki + "/_history", shopPath + "/wiki/_history",
	} {
		page := k.get(path)
		if page.response.StatusCode != http.StatusOK {
			page.want(http.StatusOK)
			continue
		}
		page.harmless()
	}
	k.post(issueOne, url.Values{"do": {"comment"}, "body": {"</textarea>" + attack}}).want(http.StatusOK).harmless()
	k.get("/" + url.PathEscape(attack)).want(http.StatusNotFound).harmless()
}

// harmless looks for what only an attack can have put there.
func (v *visited) harmless() {
	v.k.t.Helper()
	ends := 0
	for n := range v.doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" && attr(n, "nonce") == "" || n.Data == "img" || n.Data == "iframe" {
			v.k.t.Errorf("%s has a %s", v.response.Request.URL, n.Data)
		}
		if n.Data == "footer" && n.Parent.Data == "body" {
			ends++
		}
		for _, a := range n.Attr {
			if len(a.Key) > 2 && a.Key[:2] == "on" || contains(a.Val, "javascript:") && a.Key == "href" {
				v.k.t.Errorf("%s has a %s with %s=%q", v.response.Request.URL, n.Data, a.Key, a.Val)
			}
		}
	}
	if ends != 1 {
		v.k.t.Errorf("%s has lost its shape", v.response.Request.URL)
	}
}
