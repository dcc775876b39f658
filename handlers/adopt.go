package handlers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// recent is how long GitHub keeps deliveries, and so how old a command may be
// that nobody answered and that is carried out all the same.
//
// https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/viewing-webhook-deliveries
const recent = 3 * 24 * time.Hour

// fresh is how old news of an issue without comments may be for Firebreak to
// believe that it has never been there.
const fresh = 10 * time.Minute

// Adopt takes up an issue that carries the incident label and is not known here,
// from what GitHub shows of its past: after the database was lost, or where no
// delivery told of it. It is the one door for incidents that are not new. False
// says that there was nothing to take up: it is known, no incident, or another
// issue by now. Of the place, everything but the URL is needed.
func (b *Base) Adopt(ctx context.Context, key workflow.Key, at workflow.Place) (bool, error) {
	known, err := b.known(ctx, key)
	if err != nil || known {
		return false, err
	}
	steps, err := b.recall(ctx, key, at, nil)
	if err != nil || len(steps) == 0 {
		return false, err
	}
	return true, b.Store.Record(ctx, "", steps...)
}

func (b *Base) known(ctx context.Context, key workflow.Key) (bool, error) {
	_, err := b.Store.Incident(ctx, key)
	if errors.Is(err, workflow.ErrUnknown) {
		return false, nil
	}
	return err == nil, err
}

// hand hands on what a delivery tells. An incident that is not known and not new
// is adopted first, in the same transaction: all of it or nothing.
func (b *Base) hand(ctx context.Context, guid string, p payload, steps ...workflow.Step) error {
	if b.isIncident(p) && !b.isFresh(p) {
		known, err := b.known(ctx, p.key())
		if err != nil {
			return fmt.Errorf("look for the incident: %w", err)
		}
		if !known {
			past, err := b.recall(ctx, p.key(), p.place(), steps)
			if err != nil {
				return fmt.Errorf("adopt the incident: %w", err)
			}
			steps = append(past, steps...)
		}
	}
	for n := range steps {
		steps[n].Meta.Delivery = guid
	}
	return b.Store.Record(ctx, guid, steps...)
}

// isFresh says that an issue was opened or labelled just now and that nobody,
// Firebreak included, has commented: nothing is there to be adopted, and nothing
// has to be asked.
func (b *Base) isFresh(p payload) bool {
	if p.Issue.Comments > 0 || p.Changes.OldIssue != nil {
		return false
	}
	now := b.Clock()
	news := p.Action == "opened" || p.Action == "labeled" || now.Sub(p.Issue.CreatedAt) < fresh
	return news && now.Sub(p.Issue.UpdatedAt) < fresh
}
