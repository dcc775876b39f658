package handlers

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// Past reads what GitHub shows of an issue's past. Issues, comments and people
// are JSON in the form that they have in webhooks too.
type Past interface {
	// Issue returns an issue as it is now; workflow.ErrUnknown if it is gone.
	Issue(ctx context.Context, at workflow.Place) (json.RawMessage, error)
	// Timeline lists what happened to an issue, comments included, oldest first.
	// Whole is false where more happened than is read.
	Timeline(ctx context.Context, at workflow.Place) (happened []json.RawMessage, whole bool, err error)
	// Comment returns a comment of the repository; workflow.ErrUnknown if it is gone.
	Comment(ctx context.Context, at workflow.Place, id int64) (json.RawMessage, error)
	// Comments lists the issue's comments, oldest first, a page of a hundred, from 1.
	Comments(ctx context.Context, at workflow.Place, page int) ([]json.RawMessage, error)
	// Reactions lists those to a comment; comment 0 is the issue itself.
	Reactions(ctx context.Context, at workflow.Place, comment int64) ([]json.RawMessage, error)
	// FollowUps lists the follow-ups that the App opened in the repository since a
	// time, for any incident.
	FollowUps(ctx context.Context, at workflow.Place, since time.Time) ([]json.RawMessage, error)
	// Page finds the incident's page in the wiki, by its number and its mark, and
	// its text; no name if there is none.
	Page(ctx context.Context, key workflow.Key, at workflow.Place) (name, text string, err error)
	// Sealed says whether Firebreak wrote a text that stands in a comment of its own.
	Sealed(text, seal string) bool
}

// entry is one entry of an issue's timeline.
type entry struct {
	ID          int64     `json:"id"`
	Event       string    `json:"event"`
	Actor       user      `json:"actor"`
	User        user      `json:"user"`
	Label       label     `json:"label"`
	Assignee    user      `json:"assignee"`
	Assigner    user      `json:"assigner"`
	Rename      rename    `json:"rename"`
	StateReason string    `json:"state_reason"`
	SubIssue    issue     `json:"sub_issue"`
	Body        string    `json:"body"`
	HTMLURL     string    `json:"html_url"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
	Reactions   *struct {
		Total int `json:"total_count"`
	} `json:"reactions"`
}

type rename struct {
	From string `json:"from"`
	To   string `json:"to"`
}

type reaction struct {
	User      user      `json:"user"`
	Content   string    `json:"content"`
	CreatedAt time.Time `json:"created_at"`
}

// by is who did it. Of an assignment, the actor may be whom it was given to:
// who gave it stands beside, where GitHub says so.
func (h entry) by() user {
	if h.Assigner.ID != 0 {
		return h.Assigner
	}
	return h.Actor
}

// edited says that a comment does not say any longer what it said at first.
func (h entry) edited() bool { return h.UpdatedAt.After(h.CreatedAt) }

// unpack decodes a list. Entries that are not as GitHub describes them are left
// out: their kinds are many, and few matter here.
func unpack[T any](list []json.RawMessage) []T {
	var out []T
	for _, text := range list {
		var one T
		if json.Unmarshal(text, &one) == nil {
			out = append(out, one)
		}
	}
	return out
}

// current reads an issue as it is now, as a delivery would show it.
func (b *Base) current(ctx context.Context, key workflow.Key, at workflow.Place) (payload, error) {
	text, err := b.Past.Issue(ctx, at)
	if err != nil {
		return payload{}, fmt.Errorf("read issue: %w", err)
	}
	p := payload{
		Installation: installation{ID: at.Installation},
		Repository:   repository{ID: key.Repository, Name: at.Repo, Private: at.Private, Owner: user{Login: at.Owner}},
	}
	if err := json.Unmarshal(text, &p.Issue); err != nil {
		return payload{}, fmt.Errorf("decode issue %d", at.Number)
	}
	return p, nil
}
