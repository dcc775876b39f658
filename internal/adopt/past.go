// Package adopt reads from GitHub what it shows of an incident's past, so that an
// incident that the database does not know is taken up as it was.
package adopt

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/firebreak-app/firebreak/internal/effects"
	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/seal"
	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow"
)

// How many pages of a hundred are read: of an issue's timeline, of the reactions
// to one comment, of a repository's follow-ups. What comes later stays unread.
const (
	maxTimeline  = 60
	maxReactions = 5
	maxFollowUps = 50
)

// Past reads pasts. All fields are needed.
type Past struct {
	App  *github.App
	Wiki *wiki.Client
	Seal seal.Seal
	// WebURL is where wikis' git is.
	WebURL string
}

// Sealed says whether Firebreak sealed a text that stands in one of its comments.
func (p *Past) Sealed(text, seal string) bool { return p.Seal.Holds(text, seal) }

// Issue returns an issue as it is now; workflow.ErrUnknown if it is not there, or
// not for this App.
func (p *Past) Issue(ctx context.Context, at workflow.Place) (json.RawMessage, error) {
	repo, err := p.repository(at)
	if err != nil {
		return nil, err
	}
	text, err := repo.IssueJSON(ctx, at.Number)
	if github.Is(err, github.NotFound) || github.Is(err, github.Gone) {
		err = errors.Join(workflow.ErrUnknown, err)
	}
	return text, err
}

// Timeline lists what happened to an issue, comments included, oldest first.
// Whole is false where more happened than is read: 6,000 entries.
func (p *Past) Timeline(ctx context.Context, at workflow.Place) (happened []json.RawMessage, whole bool, err error) {
	repo, err := p.repository(at)
	if err != nil {
		return nil, false, err
	}
	return repo.TimelineJSON(ctx, at.Number, maxTimeline)
}

// Comment returns a comment of the repository; workflow.ErrUnknown if it is not
// there, or not for this App.
func (p *Past) Comment(ctx context.Context, at workflow.Place, id int64) (json.RawMessage, error) {
	repo, err := p.repository(at)
	if err != nil {
		return nil, err
	}
	text, err := repo.CommentJSON(ctx, id)
	if github.Is(err, github.NotFound) || github.Is(err, github.Gone) {
		err = errors.Join(workflow.ErrUnknown, err)
	}
	return text, err
}

// Comments lists the issue's comments, oldest first, a page of a hundred, from 1.
func (p *Past) Comments(ctx context.Context, at workflow.Place, page int) ([]json.RawMessage, error) {
	repo, err := p.repository(at)
	if err != nil {
		return nil, err
	}
	return repo.CommentsJSON(ctx, at.Number, page)
}

// Reactions lists those to a comment, the first 500; comment 0 is the issue itself.
func (p *Past) Reactions(ctx context.Context, at workflow.Place, comment int64) ([]json.RawMessage, error) {
	repo, err := p.repository(at)
	if err != nil {
		return nil, err
	}
	return repo.ReactionsJSON(ctx, at.Number, comment, maxReactions)
}

// FollowUps lists the repository's issues with the follow-ups' label, changed
// since a time, in the order of their numbers.
func (p *Past) FollowUps(ctx context.Context, at workflow.Place, since time.Time) ([]json.RawMessage, error) {
	repo, err := p.repository(at)
	if err != nil {
		return nil, err
	}
	return repo.LabelledJSON(ctx, effects.FollowUpLabel, since, maxFollowUps)
}

func (p *Past) repository(at workflow.Place) (*github.Repository, error) {
	return p.App.Repository(at.Installation, at.Owner, at.Repo)
}
