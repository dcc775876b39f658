package handlers

import (
	"context"
	"fmt"

	"github.com/palantir/go-githubapp/githubapp"
)

// FoundEvent is the event of the deliveries that a sweep makes of the issues it
// finds; their payload is that of an issue being opened. GitHub has no event of
// that name.
const FoundEvent = "found"

// Found handles open issues with the incident label that no delivery told of.
// Those that are not known are adopted; those that are go on, as if the label
// had been put on just now.
type Found struct{ Issues }

// Handles implements githubapp.EventHandler.
func (*Found) Handles() []string { return []string{FoundEvent} }

// Handle implements githubapp.EventHandler.
func (h *Found) Handle(ctx context.Context, _, guid string, body []byte) error {
	p, err := decode(body)
	if err != nil || !p.isIssue() || !h.isIncident(p) {
		return err
	}
	known, err := h.known(ctx, p.key())
	if err != nil {
		return fmt.Errorf("look for the incident: %w", err)
	}
	if known {
		return h.declared(ctx, guid, p)
	}
	_, err = h.Adopt(ctx, p.key(), p.place())
	return err
}

// Inner returns the handlers of what Firebreak tells itself; nothing from
// outside gets to them.
func Inner(b *Base) []githubapp.EventHandler {
	return []githubapp.EventHandler{&Found{Issues{b}}}
}
