package workflow

import (
	"strings"
	"time"
)

// reopenings counts how often the incident was reopened, and says when it was the
// last time and when it had been resolved before that.
func reopenings(timeline []Entry) (n int, last, before time.Time) {
	for _, e := range timeline {
		if e.Kind == EntryState && e.What == wasReopened {
			n++
			last = later(last, e.At)
		}
	}
	for _, e := range timeline {
		over := e.Kind == EntryResolved || e.Kind == EntryState && strings.HasPrefix(e.What, wasClosed)
		if over && e.At.Before(last) {
			before = later(before, e.At)
		}
	}
	return n, last, before
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
