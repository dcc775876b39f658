package catchup

import (
	"context"
	"errors"
	"fmt"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/store"
)

// ask asks again for what is due, the oldest first, so that it arrives in the
// order in which it happened. One that is refused does not keep the others
// waiting; a limit does.
func (r *Redelivery) ask(ctx context.Context) error {
	due, err := r.Store.Missed(ctx, r.Clock(), maxAsks)
	if err != nil {
		return err
	}
	asked, failed := 0, []error{}
	for _, m := range due {
		err := r.askFor(ctx, m)
		if github.Wait(err) > 0 || ctx.Err() != nil {
			return err
		}
		if err != nil {
			failed = append(failed, err)
			continue
		}
		asked++
	}
	if asked > 0 {
		r.Log.Info().Int("asked", asked).Int("due", len(due)).Msg("asked for missed deliveries")
	}
	if len(failed) > 0 {
		return fmt.Errorf("ask for %d of %d missed deliveries: %w", len(failed), len(due), failed[0])
	}
	return r.Store.ForgetMissed(ctx, r.since().Add(-overlap))
}

// askFor asks for one delivery, or gives it up. What GitHub did not understand
// counts as asked for: it may have been.
func (r *Redelivery) askFor(ctx context.Context, m store.Missed) error {
	if hopeless(m, r.since()) {
		return r.giveUp(ctx, m, nil)
	}
	err := r.GitHub.DeliverAgain(ctx, m.Attempt)
	if github.Permanent(err) {
		return r.giveUp(ctx, m, err)
	}
	if github.Wait(err) > 0 || ctx.Err() != nil {
		return err
	}
	return errors.Join(err, r.Store.AskedFor(ctx, m.GUID, r.Clock().Add(gap(m.Asked))))
}

// giveUp says once which delivery is lost.
func (r *Redelivery) giveUp(ctx context.Context, m store.Missed, cause error) error {
	r.Log.Error().Err(cause).Str("delivery", m.GUID).Int("asked", m.Asked).Time("failed", m.Failed).
		Msg("missed delivery given up: GitHub cannot hand it over")
	return r.Store.GiveUpMissed(ctx, m.GUID, r.Clock())
}
