package store

import (
	"context"
	"errors"
	"testing"
)

// brokenReads is a database that goes away while it answers.
type brokenReads struct{}

func (brokenReads) Query(context.Context, string, ...any) (Rows, error) { return brokenReads{}, nil }
func (brokenReads) Next() bool                                          { return false }
func (brokenReads) Scan(...any) error                                   { return nil }
func (brokenReads) Close() error                                        { return nil }
func (brokenReads) Err() error                                          { return errBroken }

// A delivery or an incident that could not be read is not one that is not there:
// its job would end as if nothing were left to do.
func TestAReadThatBreaksOffFindsNotNothing(t *testing.T) {
	k := newKit(t)
	k.reads = brokenReads{}
	for name, read := range map[string]func() error{
		"delivery":  func() error { _, err := k.Delivery(t.Context(), "a"); return err },
		"incident":  func() error { _, err := k.Incident(t.Context(), key); return err },
		"follow-up": func() error { _, err := k.IncidentOf(t.Context(), key); return err },
		"mark":      func() error { _, err := k.Mark(t.Context(), "a"); return err },
		"page":      func() error { _, err := k.Base(t.Context(), key); return err },
	} {
		if err := read(); !errors.Is(err, errBroken) || errors.Is(err, ErrNotFound) {
			t.Errorf("%s: reading ended with %v, want the database's error", name, err)
		}
	}
}
