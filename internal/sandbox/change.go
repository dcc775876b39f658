package sandbox

import (
	"context"
	"errors"
	"fmt"
)

// errClosed is what waiting and acting on a closed sandbox gives.
var errClosed = errors.New("sandbox is closed")

// wakeLocked tells everybody who waits that something changed.
func (sb *Sandbox) wakeLocked() {
	close(sb.changed)
	sb.changed = make(chan struct{})
}

// change runs one critical section that may alter the world, queues the webhooks
// it caused and returns them.
func (sb *Sandbox) change(f func(*world) error) ([]*Delivery, error) {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	if sb.closed {
		return nil, errClosed
	}
	err := f(sb.world)
	caused := sb.queueLocked(sb.world.takeEvents())
	sb.wakeLocked()
	return caused, err
}

// act is change for people and for the set-up: with Options.SyncWebhooks it
// returns when what it caused is answered.
func (sb *Sandbox) act(f func(*world) error) error {
	caused, err := sb.change(f)
	if sb.opts.SyncWebhooks {
		sb.awaitAnswers(caused)
	}
	return err
}

// look runs f on a world that stands still.
func (sb *Sandbox) look(f func(*world)) {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	f(sb.world)
}

// Wait returns when cond holds. It is asked at once and again after every change
// (an act, a request, a webhook's answer), never by the clock. cond must not call
// the Sandbox. The error is the context's, or says that the sandbox was closed.
func (sb *Sandbox) Wait(ctx context.Context, cond func(*View) bool) error {
	for {
		sb.mu.Lock()
		done, closed, changed := cond(&View{sb}), sb.closed, sb.changed
		sb.mu.Unlock()
		switch {
		case done:
			return nil
		case closed:
			return errClosed
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("wait for the sandbox: %w", context.Cause(ctx))
		}
	}
}
