package handlers

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/firebreak-app/firebreak/workflow"
)

// maxComment is how many characters GitHub takes for a comment.
const maxComment = 65_536

// overwrote says whether a delivery tells of an edit of the checklist by the App
// itself that replaced what a person had saved since the App read it.
func (h *IssueComment) overwrote(ctx context.Context, p payload) (bool, error) {
	if p.Action != "edited" || p.Changes.Body == nil || !h.isChecklist(p) {
		return false, nil
	}
	inc, err := h.Store.Incident(ctx, p.key())
	if errors.Is(err, workflow.ErrUnknown) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read incident: %w", err)
	}
	return inc.Checklist.Overwrote(p.Changes.Body.From, p.Comment.Body), nil
}

// ownEdit has the words that an edit of the App's own overwrote put back. Ticks
// come back by their own deliveries.
func (h *IssueComment) ownEdit(ctx context.Context, guid string, p payload) error {
	overwrote, err := h.overwrote(ctx, p)
	if err != nil || !overwrote {
		return err
	}
	words := h.Rules.Words(p.Comment.Body)
	if h.Rules.Words(p.Changes.Body.From) == words {
		return nil
	}
	ev := workflow.Overwritten{Wrote: workflow.TextHash(p.Comment.Body), Words: words, Text: savedText(p.Changes.Body.From)}
	meta := workflow.Meta{Delivery: guid, At: p.Comment.UpdatedAt, URL: p.Comment.HTMLURL}
	return h.Store.Record(ctx, guid, workflow.Step{Key: p.key(), Meta: meta, Event: ev})
}

// savedText is a text as it can be kept and put back; empty if it is too long.
// PostgreSQL keeps no NUL.
func savedText(text string) string {
	if utf8.RuneCountInString(text) > maxComment {
		return ""
	}
	return strings.ReplaceAll(text, "\x00", "")
}
