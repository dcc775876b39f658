package catchup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
)

// land is a GitHub of repositories, one labelled issue in each, and a store that
// knows nothing. It lists what was looked at and kept.
type land struct {
	installations []int64
	repositories  int
	fails         map[string]error
	looked        []string
	kept          []string
	known         []workflow.Incident
	steps         []workflow.Step
	retried       int
}

func (l *land) Installations(context.Context) ([]int64, error) { return l.installations, nil }

func (l *land) Repositories(context.Context, int64) ([]github.Covered, error) {
	var out []github.Covered
	for n := range l.repositories {
		out = append(out, github.Covered{ID: int64(n), Owner: "acme", Name: fmt.Sprint("r", n)})
	}
	return out, nil
}

func (l *land) Labelled(_ context.Context, _ int64, in github.Covered, _ string) ([]github.Labelled, error) {
	l.looked = append(l.looked, in.Name)
	return []github.Labelled{{ID: 70 + in.ID, Issue: []byte("{}"), Author: []byte("{}")}}, l.fails[in.Name]
}

func (l *land) InTx(context.Context, func(store.Tx) error) error { return nil }
func (l *land) Incidents(context.Context, int64) ([]workflow.Incident, error) {
	return l.known, nil
}

func (l *land) Record(_ context.Context, _ string, steps ...workflow.Step) error {
	l.steps = append(l.steps, steps...)
	return nil
}

func (l *land) RetryFailures(context.Context, workflow.Scope) (int, error) {
	l.retried++
	return 0, nil
}

func (l *land) sweep() *Sweep {
	return &Sweep{Store: l, GitHub: l, Event: "found", Label: "incident", Clock: func() time.Time { return noon },
		Keep: func(_ context.Context, d store.Delivery) error {
			l.kept = append(l.kept, d.GUID)
			return nil
		}}
}

// A sweep goes from all to some in small jobs.
func TestParts(t *testing.T) {
	t.Parallel()
	if each := (sweepArgs{Cause: "d"}).each([]int64{5, 7}); len(each) != 2 || each[1].Installation != 7 || each[1].Cause != "d" {
		t.Errorf("installations: %+v", each)
	}
	l := &land{repositories: 2*chunk + 1}
	all, _ := l.Repositories(t.Context(), 5)
	parts := sweepArgs{Installation: 5, Cause: "d"}.some(all)
	if len(parts) != 3 || len(parts[2].Repositories) != 1 || parts[0].Installation != 5 || parts[0].Cause != "d" {
		t.Errorf("%d parts, the last %+v", len(parts), parts[len(parts)-1])
	}
	only := sweepArgs{Installation: 5, Only: []int64{3, 9999}}.some(slices.Clone(all))
	if len(only) != 1 || len(only[0].Repositories) != 1 || only[0].Repositories[0].ID != 3 {
		t.Errorf("some: %+v", only)
	}
}

// One repository that refuses or fails does not keep the others waiting, a limit
// does; what failed is tried again.
func TestRepositoriesThatFail(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fault  error
		looked int
		want   func(error) bool
	}{
		"gone":    {errGone, 3, func(err error) bool { return err == nil }},
		"away":    {errAway, 3, func(err error) bool { return err != nil && github.Wait(err) == 0 }},
		"limited": {errLimited, 2, func(err error) bool { return errors.Is(err, river.JobSnooze(errLimited.Wait)) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := &land{repositories: 3, fails: map[string]error{"r1": tc.fault}}
			covered, _ := l.Repositories(t.Context(), 5)
			job := &river.Job[sweepArgs]{Args: sweepArgs{Installation: 5, Repositories: covered}}
			job.JobRow = jobRow(9)
			err := (&sweepWorker{sweep: l.sweep()}).Work(t.Context(), job)
			if !tc.want(err) || len(l.looked) != tc.looked || len(l.kept) != tc.looked-1 || l.kept[0] != "sweep-9-70" {
				t.Errorf("%v; looked at %q, kept %q", err, l.looked, l.kept)
			}
			if l.retried > 0 {
				t.Error("the schedule runs again what was given up")
			}
		})
	}
}

// What is known and needs nothing is left alone.
func TestSettled(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		inc  workflow.Incident
		want bool
	}{
		"with its checklist":        {workflow.Incident{Active: true, Checklist: workflow.Checklist{CommentID: 1}}, true},
		"a person deleted the list": {workflow.Incident{Active: true, Checklist: workflow.Checklist{Gone: true}}, true},
		"without a checklist":       {workflow.Incident{Active: true}, false},
		"the label is back unheard": {workflow.Incident{Checklist: workflow.Checklist{CommentID: 1}}, false},
		"another issue's checklist": {workflow.Incident{Key: workflow.Key{Issue: 8}, Active: true, Checklist: workflow.Checklist{CommentID: 1}}, false},
	} {
		if tc.inc.Key.Issue == 0 {
			tc.inc.Key.Issue = 7
		}
		if have := settled([]workflow.Incident{tc.inc}, 7); have != tc.want {
			t.Errorf("%s: %t", name, have)
		}
	}
}

// Incidents follow their repository and the App's installation; number and URL
// are the issue's own.
func TestFollow(t *testing.T) {
	t.Parallel()
	place := workflow.Place{Installation: 5, Owner: "acme", Repo: "r0", Number: 42, URL: "u"}
	moved := place
	moved.Installation, moved.Repo = 4, "old"
	l := &land{repositories: 1, known: []workflow.Incident{{Key: workflow.Key{Issue: 1}, Place: place}, {Key: workflow.Key{Issue: 2}, Place: moved}}}
	covered, _ := l.Repositories(t.Context(), 5)
	if err := l.sweep().step(t.Context(), 9, sweepArgs{Cause: "d", Installation: 5, Repositories: covered}); err != nil {
		t.Fatal(err)
	}
	if len(l.steps) != 1 || l.steps[0].Key.Issue != 2 || l.steps[0].Event != (workflow.Moved{To: place}) || l.retried != 1 {
		t.Errorf("recorded %+v, retried %d times", l.steps, l.retried)
	}
}
