package workflow

import (
	"slices"
	"time"
)

// Deliveries arrive in any order. Whatever is said of one fact again and again
// is as the newest news has it, by GitHub's clock; of two in one second, as the
// one that arrived last. What adds up is kept in the order in which it was said.
// The timeline has all of it, each at its own time.

// newest says whether the event is the newest news of a fact, and keeps that it
// was said.
func (d *decision) newest(fact string) bool {
	if d.meta.At.Before(d.inc.Said[fact]) {
		return false
	}
	if d.inc.Said == nil {
		d.inc.Said = map[string]time.Time{}
	}
	d.inc.Said[fact] = d.meta.At
	return true
}

// inOrder adds an item to a sorted list, behind its equals.
func inOrder[T any](list []T, item T, after func(a, b T) bool) []T {
	at := len(list)
	for at > 0 && after(list[at-1], item) {
		at--
	}
	return slices.Insert(list, at, item)
}

func (s Statement) after(other Statement) bool {
	if s.At.Equal(other.At) {
		return s.Comment > other.Comment
	}
	return s.At.After(other.At)
}

func (a Action) after(other Action) bool { return a.At.After(other.At) }

func (c Change) after(other Change) bool { return c.At.After(other.At) }
