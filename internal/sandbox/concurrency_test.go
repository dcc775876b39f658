package sandbox_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestEverybodyAtOnce(t *testing.T) {
	k, h := hooked(t, sandbox.Options{})
	k.must(k.As("maya").InitWiki(shop))
	n := k.issue()
	var all sync.WaitGroup
	failed := make(chan error, 100)
	try := func(err error) {
		if err != nil {
			failed <- err
		}
	}
	for i := range 5 {
		all.Go(func() {
			_, err := k.As("maya").Comment(shop, n, fmt.Sprint("person ", i))
			try(err)
		})
		all.Go(func() {
			_, _, err := k.inst.Issues.CreateComment(k.t.Context(), owner, name, n, text(fmt.Sprint("app ", i)))
			try(err)
		})
		all.Go(func() { try(k.As("maya").EditWiki(shop, fmt.Sprint("Page ", i), "x", "")) })
		all.Go(func() {
			k.View(func(v *sandbox.View) { v.Comments(shop, n); v.WikiPages(shop); v.Deliveries() })
			k.Requests()
		})
	}
	all.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	if got := len(k.Comments(shop, n)); got != 10 {
		t.Errorf("%d comments", got)
	}
	if got := len(k.WikiPages(shop)); got != 6 {
		t.Errorf("%d pages", got)
	}
	if got := len(k.events(h)); got != 17 { // Home, the issue, ten comments, five pages
		t.Errorf("%d webhooks", got)
	}
}
