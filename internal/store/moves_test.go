package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// An incident that moves takes its rows along, is found by whatever its issue
// was called, and takes in what was heard of it in its new place before.
func TestAMovedIncident(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	ctx := t.Context()
	second, third := workflow.Key{Repository: 8, Issue: 80}, workflow.Key{Repository: 9, Issue: 90}
	record := func(steps ...Step) { t.Helper(); k.must(k.Record(ctx, "", steps...)) }
	note := func(key workflow.Key, what string) {
		t.Helper()
		record(Step{Key: key, Meta: meta("", noon.Add(time.Hour)), Event: workflow.Noted{What: what}})
	}
	move := func(from, to workflow.Key) {
		t.Helper()
		place := workflow.Place{Owner: "acme", Repo: "site", Number: 3, URL: "https://github.com/acme/site/issues/3"}
		record(Step{Key: from, Meta: workflow.Meta{At: noon}, Event: workflow.Transferred{To: to, Place: place}})
	}
	says := func(key workflow.Key, want ...string) {
		t.Helper()
		timeline, err := k.Timeline(ctx, key)
		k.must(err)
		var have []string
		for _, e := range timeline {
			have = append(have, e.What)
		}
		for _, w := range want {
			if !slices.Contains(have, w) {
				t.Errorf("the timeline of %s is %q, without %q", key, have, w)
			}
		}
		if len(have) != len(want) {
			t.Errorf("the timeline of %s is %q, want %q", key, have, want)
		}
	}
	record(declared(""))
	k.must(k.SetBase(ctx, key, "the page"))
	note(key, "first")
	early := declared("")
	early.Key = second
	record(early)
	note(second, "early")

	move(key, second)
	move(key, second) // told of twice
	note(key, "late")
	says(second, "declared", "first", "early", "moved here from acme/shop#1", "late")
	says(key)
	move(second, third)
	note(key, "later")
	for _, former := range []workflow.Key{key, second, third} {
		inc, err := k.Incident(ctx, former)
		k.must(err)
		if inc.Key != third || inc.Origin != key {
			t.Errorf("by %s it is %s of %s", former, inc.Key, inc.Origin)
		}
	}
	if rows := k.rows(); rows["incidents"] != 1 || rows["pages"] != 0 {
		t.Errorf("rows %v", rows)
	}
	says(third, "declared", "first", "early", "moved here from acme/shop#1", "late", "moved here from acme/site#3", "later")
}

// One that is out of reach is found by the key it has there, and goes on under
// the one it comes back with.
func TestAnIncidentOutOfReachComesBack(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	ctx := t.Context()
	away, back := workflow.Key{Repository: 8, Issue: 80}, workflow.Key{Repository: key.Repository, Issue: 90}
	k.must(k.Record(ctx, "", declared(""), Step{Key: key, Event: workflow.MovedAway{To: away, URL: "https://github.com/acme/site/issues/3"}}))
	if inc, err := k.Incident(ctx, away); err != nil || inc.Key != key || !inc.Departed() {
		t.Errorf("by the key it has there it is %+v: %v", inc, err)
	}
	k.must(k.Record(ctx, "", Step{Key: away, Event: workflow.Transferred{To: back}}))
	for _, former := range []workflow.Key{key, away, back} {
		if inc, err := k.Incident(ctx, former); err != nil || inc.Key != back || inc.Departed() {
			t.Errorf("by %s it is %+v: %v", former, inc, err)
		}
	}
	if _, err := k.Incident(ctx, workflow.Key{Repository: 1, Issue: 1}); !errors.Is(err, ErrNotFound) {
		t.Errorf("what never was is found: %v", err)
	}
}
