package github

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/go-github/v62/github"
)

// Attempt is one attempt of GitHub's to hand a delivery over.
type Attempt struct {
	// ID is the attempt's own; GUID is the delivery's, the same for all attempts.
	ID    int64
	GUID  string
	Event string
	At    time.Time
	// Arrived says that it was answered with success.
	Arrived bool
}

// Attempts lists a page of the attempts that GitHub remembers, newest first,
// and the cursor of the page that follows, empty after the last. An empty cursor
// asks for the newest. Those without an answer are in it too, which a search for
// failures leaves out.
//
// https://docs.github.com/en/rest/apps/webhooks#list-deliveries-for-an-app-webhook
func (a *App) Attempts(ctx context.Context, cursor string) (page []Attempt, next string, err error) {
	list, res, err := a.app.Apps.ListHookDeliveries(ctx, &github.ListCursorOptions{Cursor: cursor, PerPage: perPage})
	if err != nil {
		return nil, "", classify("list deliveries", err)
	}
	for _, d := range list {
		page = append(page, Attempt{
			ID: d.GetID(), GUID: d.GetGUID(), Event: d.GetEvent(), At: d.GetDeliveredAt().Time, Arrived: d.GetStatus() == "OK",
		})
	}
	return page, res.Cursor, nil
}

// DeliverAgain asks GitHub to make another attempt, which it makes in its own
// time.
func (a *App) DeliverAgain(ctx context.Context, attempt int64) error {
	_, _, err := a.app.Apps.RedeliverHookDelivery(ctx, attempt)
	var accepted *github.AcceptedError
	if errors.As(err, &accepted) {
		return nil
	}
	return classify(fmt.Sprintf("ask for delivery %d again", attempt), err)
}
