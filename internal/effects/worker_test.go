package effects

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
)

// broken is a store that does what a test says.
type broken struct {
	Store
	incident func() (workflow.Incident, error)
}

func (b broken) Incident(context.Context, workflow.Key) (workflow.Incident, error) {
	return b.incident()
}

func (broken) Refuse(context.Context, store.Failure, ...store.Step) error { return errDisk }

var errDisk = errors.New("the disk is full")

func attempt(n int) *river.Job[args] {
	return &river.Job[args]{JobRow: &rivertype.JobRow{Attempt: n, MaxAttempts: 3}, Args: args{workflow.Effect{Kind: workflow.EffectLabels}}}
}

// An effect is not forgotten, whatever goes wrong: one that panics is tried
// again, and one that was given up when that could not be kept is not ended.
func TestNoEffectIsForgotten(t *testing.T) {
	t.Parallel()
	panics := true
	w := &worker{effects: &Effects{Clock: time.Now, Log: zerolog.Nop(), Store: broken{incident: func() (workflow.Incident, error) {
		if panics {
			panic("somebody's words")
		}
		return workflow.Incident{}, errDisk
	}}}}
	err := w.Work(t.Context(), attempt(1))
	if err == nil || err.Error() != "carry out labels: panicked" {
		t.Errorf("a panic is %v", err)
	}
	panics = false
	var snooze *river.JobSnoozeError
	if err := w.Work(t.Context(), attempt(3)); !errors.As(err, &snooze) {
		t.Errorf("one that is given up and not kept ends with %v", err)
	} else if diff := cmp.Diff(unkept, snooze.Duration); diff != "" {
		t.Error(diff)
	}
}
