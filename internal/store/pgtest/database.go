package pgtest

import (
	"context"
	"sync"
	"testing"
)

// shared is the server of all tests of the process, started when one needs it.
var shared = sync.OnceValues(func() (*Server, error) { return Start(context.Background(), Options{}) })

// Database returns the URL of a new, empty database, which is removed when the
// test is over.
func Database(tb testing.TB) string {
	tb.Helper()
	s, err := shared()
	if err != nil {
		tb.Fatal(err)
	}
	address, err := s.Create(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Drop(context.Background(), address); err != nil {
			tb.Error(err)
		}
	})
	return address
}
