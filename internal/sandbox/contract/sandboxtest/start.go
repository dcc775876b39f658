// Package sandboxtest starts sandboxes for tests that GitHub's own description
// watches over.
package sandboxtest

import (
	"slices"
	"sync"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/contract"
)

// Start starts a sandbox and closes it when the test is over. The test fails if
// by then an exchange with its API or a webhook of its departed from GitHub's
// description, or if an operation was asked for that the sandbox does not have.
// Answers that the test injects as faults count as well.
//
// An Observe of the options is called too.
func Start(t testing.TB, opts sandbox.Options) *sandbox.Sandbox {
	t.Helper()
	spec, err := contract.Load()
	if err != nil {
		t.Fatal(err)
	}
	w := &watch{spec: spec, next: opts.Observe}
	opts.Observe = w.exchange
	sb, err := sandbox.Start(opts)
	if err != nil {
		t.Fatalf("start sandbox: %v", err)
	}
	t.Cleanup(func() {
		if err := sb.Close(); err != nil {
			t.Errorf("close sandbox: %v", err)
		}
		for _, operation := range sb.Unknown() {
			w.add("the sandbox does not have " + operation)
		}
		for _, d := range sb.Deliveries() {
			if err := contract.CheckWebhookStrictly(d.Event, d.Payload); err != nil {
				w.add(err.Error())
			}
		}
		for _, violation := range w.found {
			t.Error(violation)
		}
	})
	return sb
}

// watch gathers what departs from the description, once each.
type watch struct {
	spec *contract.Spec
	next func(sandbox.Exchange)

	mu    sync.Mutex
	found []string
}

func (w *watch) exchange(e sandbox.Exchange) {
	if w.next != nil {
		defer w.next(e)
	}
	seen, below := contract.ExchangeOf(e.Request, "/api/v3")
	if !below {
		return // GraphQL, which the description does not cover
	}
	seen.Status, seen.ResponseHeader, seen.ResponseBody = e.Status, e.Header, e.Body
	if err := w.spec.Check(seen); err != nil {
		w.add(err.Error())
	}
}

func (w *watch) add(violation string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Contains(w.found, violation) {
		w.found = append(w.found, violation)
	}
}
