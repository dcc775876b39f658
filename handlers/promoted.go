package handlers

import (
	"context"
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
	"github.com/firebreak-app/firebreak/workflow/markdown"
)

const (
	// maxPromoted bounds how many comments one comment puts on the timeline.
	maxPromoted = 10
	// maxExcerpt is how much of a comment a timeline entry shows, in characters.
	maxExcerpt = 300
)

// comments finds the comments of one issue.
type comments interface {
	// linked returns a comment by its id; nil if it is not there. Ours says that it
	// is on this issue.
	linked(ctx context.Context, id int64) (c *comment, ours bool, err error)
	// quoted returns the newest comment for which said holds, the issue's own text
	// for the oldest, of id 0; nil if there is none.
	quoted(ctx context.Context, said func(body string) bool) (*comment, error)
}

// said looks up the comments that timeline entries are taken from, each once, and
// adds what the gate took out of them to found.
func (b *Base) said(ctx context.Context, issue string, in comments, cmds []command.Command, found redact.Findings) ([]workflow.Said, error) {
	var out []workflow.Said
	known := map[command.From]bool{{}: true}
	for _, c := range cmds {
		for _, e := range c.Entries {
			if known[e.From] {
				continue
			}
			known[e.From] = true
			s := workflow.Said{Problem: fmt.Sprintf("One comment puts %d others on the timeline. Give the rest in a comment of their own.", maxPromoted)}
			if len(out) < maxPromoted {
				var err error
				if s, err = b.saidIn(ctx, issue, in, e.From, found); err != nil {
					return nil, fmt.Errorf("look up a comment: %w", err)
				}
			}
			s.From = e.From
			out = append(out, s)
		}
	}
	return out, nil
}

func (b *Base) saidIn(ctx context.Context, issue string, in comments, from command.From, found redact.Findings) (workflow.Said, error) {
	if from.Quote != "" {
		c, err := in.quoted(ctx, quoting(from.Quote))
		if err != nil {
			return workflow.Said{}, err
		}
		return b.excerpt(c, from.Quote, found)
	}
	c, ours, err := in.linked(ctx, from.Comment)
	switch {
	case err != nil:
		return workflow.Said{}, err
	case c != nil && !ours, c == nil && from.Issue != "" && !strings.EqualFold(from.Issue, issue):
		return workflow.Said{Problem: "That comment is not on this issue, and not everybody who reads the post-mortem need be allowed to read it. " +
			"Say in words what it says: `/incident timeline TEXT | WHEN`; the link may stand behind them."}, nil
	case c == nil:
		return workflow.Said{Problem: "That comment is not there: it was deleted, or the link is not whole. Say in words what it said: `/incident timeline TEXT | WHEN`."}, nil
	case b.own(c.User):
		return workflow.Said{Problem: "That comment is Firebreak's own. Say in words what happened: `/incident timeline TEXT | WHEN`."}, nil
	}
	return b.excerpt(c, c.Body, found)
}

// excerpt says whose a comment is and how the words begin that are taken from it;
// without a comment, the words alone.
func (b *Base) excerpt(c *comment, words string, found redact.Findings) (workflow.Said, error) {
	text, err := b.clean(words, found)
	if err != nil {
		return workflow.Said{}, err
	}
	text = plain(text)
	if err := b.again(&text); err != nil {
		return workflow.Said{}, err
	}
	s := workflow.Said{Text: markdown.Clip(strings.Join(strings.Fields(text), " "), maxExcerpt)}
	if s.Text == "" {
		s.Text = "a comment without words"
	}
	if c != nil {
		s.Comment, s.At, s.By, s.URL = c.ID, c.CreatedAt, c.User.person(), c.HTMLURL
	}
	return s, nil
}
