package main

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/pages"
)

// TestPages uses the demo's pages as a browser without scripts does: a tick
// changes labels and the checklist, and /postmortem yields the wiki page.
func TestPages(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki, func(o *sandbox.Options) { o.Pages = pages.New })
	n := w.declare("Checkout times out", "It is slow.")
	b := browse(w, "/acme/shop/issues/1")

	b.tick("P1")
	w.settle()
	w.labels(n, "incident", "P1", "incident/triage")
	if page := b.get("/acme/shop/issues/1"); !strings.Contains(page, "P1 · triage · 1 of 20") {
		t.Error("the checklist was not refreshed")
	}

	b.comment("/incident cause the pool was too small\n\n/postmortem")
	w.settle()
	page := b.get("/acme/shop/wiki/Incident-1-checkout-times-out")
	if !strings.Contains(page, "the pool was too small") {
		t.Errorf("the wiki page does not say the cause:\n%s", page)
	}
	if index := b.get("/acme/shop/wiki/Incidents"); !strings.Contains(index, "Checkout times out") {
		t.Error("the index does not list the incident")
	}
}

// browser is somebody with jon's permissions and no scripts.
type browser struct {
	w      *world
	path   string
	client *http.Client
}

func browse(w *world, path string) *browser {
	transport := &http.Transport{}
	w.t.Cleanup(transport.CloseIdleConnections)
	return &browser{w: w, path: path, client: &http.Client{Transport: transport}}
}

func (b *browser) do(method, path string, form url.Values) string {
	b.w.t.Helper()
	req, err := http.NewRequest(method, b.w.WebURL()+path, strings.NewReader(form.Encode()))
	b.w.must(err)
	req.AddCookie(&http.Cookie{Name: "as", Value: "jon"})
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := b.client.Do(req)
	b.w.must(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	b.w.must(err)
	if res.StatusCode != http.StatusOK {
		b.w.t.Fatalf("%s %s: %s\n%s", method, path, res.Status, body)
	}
	return html.UnescapeString(string(body))
}

func (b *browser) get(path string) string { return b.do(http.MethodGet, path, nil) }

// tick presses the button beside a box of a comment.
func (b *browser) tick(label string) {
	b.w.t.Helper()
	page := b.get(b.path)
	box := b.find(page, `aria-label="`+regexp.QuoteMeta(label)+`"[^>]*form="tasks-(\d+)"[^>]*>.*?value="(on\.[^"]+)"`)
	form := b.find(page, `name="target" value="`+box[1]+`"><input type="hidden" name="hash" value="([^"]+)"`)
	b.do(http.MethodPost, b.path, url.Values{"do": {"tick"}, "target": {box[1]}, "hash": {form[1]}, "task": {box[2]}})
}

func (b *browser) comment(body string) {
	b.do(http.MethodPost, b.path, url.Values{"do": {"comment"}, "body": {body}})
}

func (b *browser) find(page, pattern string) []string {
	b.w.t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(page)
	if m == nil {
		b.w.t.Fatalf("the page has nothing like %s", pattern)
	}
	return m
}
