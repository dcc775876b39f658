package pages_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// listen follows a page as a script would, and gives the changes that it hears.
func (k *kit) listen(page *visited) <-chan string {
	k.t.Helper()
	body := page.find(func(n *html.Node) bool { return n.Data == "body" })
	ctx, cancel := context.WithCancel(k.t.Context())
	k.t.Cleanup(cancel)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, k.WebURL()+attr(body, "data-live"), nil)
	k.must(err)
	response, err := k.browser.Do(request)
	k.must(err)
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "text/event-stream" {
		k.t.Fatalf("following is answered %s, %s", response.Status, response.Header.Get("Content-Type"))
	}
	heard := make(chan string)
	go func() {
		defer close(heard)
		defer response.Body.Close()
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			version, is := strings.CutPrefix(lines.Text(), "data: ")
			if !is {
				continue
			}
			select {
			case heard <- version:
			case <-ctx.Done():
				return
			}
		}
	}()
	return heard
}

func (k *kit) hear(heard <-chan string) string {
	k.t.Helper()
	select {
	case version := <-heard:
		return version
	case <-k.ctx().Done():
		k.t.Fatal("nothing was heard")
		return ""
	}
}

func TestAnIssuesPageHearsOfChanges(t *testing.T) {
	k := newKit(t)
	maya, jon := k.As("maya"), k.As("jon")
	child, err := maya.OpenIssue(shop, "Watch the pool", "")
	k.must(err)
	k.must(maya.AddSubIssue(shop, 1, child))
	c := k.comment("- [ ] a")
	seen := map[string]bool{}
	heard := k.listen(k.get(issueOne))
	for what, act := range map[string]func() error{
		"comment":   func() error { _, err := jon.Comment(shop, 1, "hello"); return err },
		"tick":      func() error { return maya.Tick(shop, 1, c.ID, "a") },
		"label":     func() error { return jon.Label(shop, 1, "P1") },
		"reaction":  func() error { return jon.React(shop, c.ID, "eyes") },
		"assignee":  func() error { return jon.Assign(shop, 1, "jon") },
		"sub-issue": func() error { return maya.Close(shop, child) },
	} {
		k.must(act())
		version := k.hear(heard)
		if seen[version] {
			t.Errorf("%s: version %q again", what, version)
		}
		seen[version] = true
	}
}

func TestAPageThatIsBehindHearsAtOnce(t *testing.T) {
	k := newKit(t)
	page := k.get(issueOne)
	k.comment("meanwhile")
	k.hear(k.listen(page))
}

func TestTheListHearsOfChanges(t *testing.T) {
	k := newKit(t)
	heard := k.listen(k.get(shopPath + "/issues"))
	_, err := k.As("jon").OpenIssue(shop, "Another", "")
	k.must(err)
	k.hear(heard)
}

func TestClosingTheSandboxEndsFollowing(t *testing.T) {
	k := newKit(t)
	heard := k.listen(k.get(issueOne))
	k.must(k.Close())
	if version, more := <-heard; more {
		t.Errorf("heard %q", version)
	}
}
