package effects

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
)

// giveUp keeps an effect that is not tried again for the operator, and tells the
// incident why, also when the effect's own time is used up. Those who wait for a
// post-mortem are told that there will be none.
func (e *Effects) giveUp(ctx context.Context, job *river.Job[args], cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	inc, err := e.Store.Incident(ctx, job.Args.Key)
	if err != nil {
		return fmt.Errorf("read incident: %w", err)
	}
	t := &task{Effects: e, effect: job.Args.Effect, inc: inc}
	kind := refusal(cause)
	events := []workflow.Event{workflow.EffectRefused{Effect: t.effect.Kind, Kind: kind}}
	if t.effect.Kind == workflow.EffectPublish {
		events = append(events, workflow.PublishFailed{Answered: inc.Postmortem.Requests, Reason: unpublished(kind)})
	}
	return t.Store.Refuse(ctx, store.Failure{Place: inc.Place, Effect: t.effect, Reason: cause.Error(), Attempts: job.Attempt}, t.steps(events...)...)
}

// refusal says what it is that GitHub refuses; what it does not refuse for good
// it did not answer.
func refusal(err error) workflow.RefusalKind {
	switch {
	case github.Locked(err):
		return workflow.RefusedLocked
	case github.Archived(err):
		return workflow.RefusedArchived
	case github.IssuesOff(err):
		return workflow.RefusedIssuesOff
	case github.Away(err):
		return workflow.RefusedUninstalled
	case github.NoPermission(err):
		return workflow.RefusedPermission
	case github.Is(err, github.Forbidden):
		return workflow.RefusedForbidden
	case github.Is(err, github.Invalid):
		return workflow.RefusedInvalid
	case github.Permanent(err):
		return workflow.RefusedMissing
	}
	return workflow.RefusedUnanswered
}

// unpublished tells those who asked for a post-mortem why there is none.
func unpublished(kind workflow.RefusalKind) string {
	why := kind.Sentence(workflow.EffectPublish)
	if why == "" {
		why = "The post-mortem could not be written: GitHub kept refusing."
	}
	return why + " Nothing that people wrote was changed; comment `/postmortem` to try again."
}

// succeeded forgets that the effect was refused before.
func (t *task) succeeded(ctx context.Context) error {
	if _, refused := t.inc.Refused[t.effect.Kind]; refused {
		if err := t.record(ctx, workflow.EffectDone{Effect: t.effect.Kind}); err != nil {
			return err
		}
	}
	return t.Store.Succeeded(ctx, t.effect)
}
