package catchup

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/firebreak-app/firebreak/internal/github"
)

// markWalk is the mark under which the walk is kept.
const markWalk = "deliveries"

// walk is how far GitHub's list of attempts was read. A walk goes from the
// newest to where the one before began, over several rounds if need be; only
// then does the next one begin.
type walk struct {
	// Done is the newest attempt of the last walk that came to its end.
	Done time.Time `json:"done,omitzero"`
	// Cursor leads to the next page of the walk under way; empty: none is.
	Cursor string `json:"cursor,omitempty"`
	// Newest is the newest attempt that the walk under way has seen.
	Newest time.Time `json:"newest,omitzero"`
	// Until is where the walk under way ends.
	Until time.Time `json:"until,omitzero"`
}

// resume goes on with the walk under way or begins one.
func (r *Redelivery) resume(ctx context.Context) (walk, error) {
	var w walk
	value, err := r.Store.Mark(ctx, markWalk)
	if err != nil {
		return w, err
	}
	if value != "" {
		if err := json.Unmarshal([]byte(value), &w); err != nil {
			return w, fmt.Errorf("decode mark %s: %w", markWalk, err)
		}
	}
	if w.Cursor == "" {
		w.Newest, w.Until = w.Done, w.Done.Add(-overlap)
	}
	if oldest := r.since(); w.Until.Before(oldest) {
		w.Until = oldest
	}
	return w, nil
}

// advance takes a page that was dealt with.
func (w *walk) advance(page []github.Attempt, next string) {
	w.Cursor = next
	for _, a := range page {
		if a.At.After(w.Newest) {
			w.Newest = a.At
		}
		if a.At.Before(w.Until) {
			w.Cursor = ""
		}
	}
	if w.Cursor == "" {
		w.Done = w.Newest
	}
}

func (r *Redelivery) keep(ctx context.Context, w walk) error {
	value, err := json.Marshal(w)
	if err != nil {
		return fmt.Errorf("encode mark %s: %w", markWalk, err)
	}
	return r.Store.SetMark(ctx, markWalk, string(value))
}
