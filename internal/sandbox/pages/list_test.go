package pages_test

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"golang.org/x/net/html"
)

func TestSearchingIssues(t *testing.T) {
	k := newKit(t)
	maya := k.As("maya")
	_, err := maya.OpenIssue(shop, "Watch the pool", "sizes", "P1", "P2")
	k.must(err)
	_, err = k.As("jon").OpenIssue(shop, "Done already", "", "P1")
	k.must(err)
	k.must(maya.Close(shop, 3))
	_, err = maya.OpenPull(shop, "Fix the pool", "")
	k.must(err)
	k.must(maya.Assign(shop, 2, "jon"))
	tests := map[string][]string{
		"":                              {"Watch the pool", "Checkout times out"},
		"is:open":                       {"Watch the pool", "Checkout times out"},
		"is:issue state:closed":         {"Done already"},
		"is:issue":                      {"Done already", "Watch the pool", "Checkout times out"},
		"is:pr":                         {"Fix the pool"},
		`label:p1 label:"P2"`:           {"Watch the pool"},
		"is:open label:incident":        {"Checkout times out"},
		"author:JON":                    {"Done already"},
		"assignee:jon":                  {"Watch the pool"},
		"POOL size":                     {"Watch the pool"},
		`"the pool"`:                    {"Watch the pool"},
		"nothing of it":                 nil,
		"is:open is:closed label:absen": nil,
	}
	for q, want := range tests {
		page := k.get(shopPath + "/issues?q=" + url.QueryEscape(q)).want(http.StatusOK)
		if got := page.titles(); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", q, got, want)
		}
	}
	page := k.get(shopPath+"/issues").has("2 Open", "1 Closed", "#2 opened", "assigned to jon")
	closed := page.find(labelled("1 Closed"))
	if got := attr(closed, "href"); got != shopPath+"/issues?q=is%3Aissue+is%3Aclosed" {
		t.Errorf("the closed ones are at %s", got)
	}
	if got := k.get(attr(closed, "href")).titles(); !slices.Equal(got, []string{"Done already"}) {
		t.Errorf("the closed ones are %q", got)
	}
	k.get(shopPath).want(http.StatusOK).at(shopPath + "/issues")
	k.get("/ACME/Shop/issues").want(http.StatusOK).has("acme/shop")
	k.get(shopPath + "/pull/4").want(http.StatusOK).has("opened this pull request")
}

func (v *visited) titles() []string {
	var list []string
	for n := range v.doc.Descendants() {
		if n.Type == html.ElementNode && attr(n, "class") == "row-title" {
			list = append(list, textOf(n))
		}
	}
	return list
}
