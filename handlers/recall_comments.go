package handlers

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// answer is how Firebreak answered a comment: by reactions, and in words. Nobody
// else can react in its name.
type answer struct {
	comment int64
	seen    bool
	// end is the last reaction, done, refused or failed, and when; empty if there
	// is none yet.
	end   string
	at    time.Time
	words bool
}

func (a answer) given() bool { return a.seen || a.end != "" || a.words }

// comments replays the commands that were answered, and takes up those that were
// not: they came while nobody listened.
func (r *past) comments(ctx context.Context) error {
	replied := map[int64]bool{}
	for _, h := range r.all {
		if id, ok := workflow.ReadReplyMark(h.Body); ok && h.Event == "commented" && r.own(h.User) {
			replied[id] = true
		}
	}
	for n, h := range r.all {
		if h.Event != "commented" || h.User.Type == "Bot" || !r.active(h.CreatedAt) || !mayCommand.MatchString(h.Body) {
			continue
		}
		given := answer{comment: h.ID}
		if h.Reactions == nil || h.Reactions.Total > 0 {
			var err error
			if given, err = r.reactions(ctx, h.ID); err != nil {
				return err
			}
		}
		given.words = replied[h.ID]
		if err := r.comment(ctx, n, given); err != nil {
			return err
		}
	}
	return nil
}

// reactions finds out how a comment was answered; comment 0 is the issue.
func (r *past) reactions(ctx context.Context, comment int64) (answer, error) {
	a := answer{comment: comment}
	list, err := r.Past.Reactions(ctx, r.p.place(), comment)
	if err != nil {
		return a, fmt.Errorf("read reactions: %w", err)
	}
	for _, one := range unpack[reaction](list) {
		switch {
		case !r.own(one.User):
		case one.Content == workflow.ReactionSeen:
			a.seen = true
		case one.CreatedAt.Before(a.at):
		case slices.Contains([]string{workflow.ReactionDone, workflow.ReactionRefused, workflow.ReactionFailed}, one.Content):
			a.end, a.at = one.Content, one.CreatedAt
		}
	}
	return a, nil
}

func (r *past) comment(ctx context.Context, nth int, a answer) error {
	h := r.all[nth]
	failed := a.end == workflow.ReactionFailed && !a.seen
	switch {
	case failed:
		r.add(nth, h.User, workflow.CommandsFailed{Comment: h.ID})
		return nil
	case a.given() && h.edited():
		r.add(nth, h.User, workflow.Silenced{Comment: h.ID})
		r.steps[len(r.steps)-1].Meta.URL = h.HTMLURL
		return nil
	case !a.given() && (h.edited() || r.Clock().Sub(h.CreatedAt) > recent):
		return nil
	}
	cmds, found, err := r.commands(h.Body, h.CreatedAt)
	if err != nil || len(cmds) == 0 {
		return err
	}
	ev := workflow.Commanded{Comment: h.ID, Commands: cmds, Permission: command.Write}
	if a.end != workflow.ReactionDone {
		// What was done in full was allowed then; of all else, who gave it is asked.
		if ev.Permission, err = r.allowed(ctx, h.User); err != nil {
			return err
		}
	}
	if ev.Said, err = r.said(ctx, r.p.place().Ref(), pastComments{r, nth}, cmds, found); err != nil {
		return err
	}
	if a.end == workflow.ReactionDone {
		standIn(ev.Said, h)
	}
	s := r.step(h.CreatedAt, h.User, ev)
	s.nth, s.Meta.URL, s.Meta.Redacted = nth, h.HTMLURL, found
	if !a.given() {
		s.Meta.Issue = r.issue
		r.anew = append(r.anew, s.Step)
		return nil
	}
	r.steps = append(r.steps, s)
	r.answered(a, cmds)
	return nil
}

// standIn lets who put a comment on the timeline that is gone since stand in for
// its author: that there was something is known, and not what.
func standIn(said []workflow.Said, by entry) {
	for n, s := range said {
		if s.Problem != "" {
			said[n] = workflow.Said{From: s.From, Comment: s.From.Comment, At: by.CreatedAt, By: by.User.person(), URL: by.HTMLURL, Text: "a comment that was deleted since"}
		}
	}
}

// answered notes what a comment is still waited for, and when its post-mortem was
// published.
func (r *past) answered(a answer, cmds []command.Command) {
	if a.end == "" {
		r.waiting[a.comment] = true
		return
	}
	if slices.ContainsFunc(cmds, func(c command.Command) bool { return c.Verb == command.Postmortem }) {
		r.published = append(r.published, a)
	}
}

// body replays the commands of the issue's own text, if any of them was answered.
// GitHub does not tell whether the text was edited since; they count as they read
// now, by what its author may do now. Where Firebreak never was they are run.
func (r *past) body(ctx context.Context) error {
	cmds, _, err := r.commands(r.p.Issue.Body, r.p.Issue.CreatedAt)
	if err != nil {
		return err
	}
	if (len(cmds) > 0 || r.issue.Severity != "") && !r.ours && r.Clock().Sub(r.declared) < recent {
		r.anew, err = r.bodyCommands(ctx, "", r.p)
		return err
	}
	ev, a := workflow.Commanded{}, answer{}
	if len(cmds) > 0 && r.ours {
		if a, err = r.reactions(ctx, 0); err != nil {
			return err
		}
	}
	if a.given() {
		ev.Commands = cmds
		if ev.Permission, err = r.allowed(ctx, r.p.Issue.User); err != nil {
			return err
		}
		if ev.Said, err = r.said(ctx, r.p.place().Ref(), pastComments{r, 0}, cmds, redact.Findings{}); err != nil {
			return err
		}
		r.answered(a, cmds)
	}
	if err := r.severityOfText(ctx, &ev); err != nil {
		return err
	}
	s := r.step(r.declared, r.p.Issue.User, ev)
	s.nth, s.Meta.At = -1, r.p.Issue.CreatedAt
	r.steps = append(r.steps, s)
	return nil
}

// severityOfText replays that the issue's text classified the incident, if the
// label that Firebreak put on first says so: the text may have been edited since.
// Of an author who may not classify, it was noted.
func (r *past) severityOfText(ctx context.Context, ev *workflow.Commanded) error {
	if r.issue.Severity == "" || !r.ours {
		return nil
	}
	for _, h := range r.all {
		if severity, ok := r.Rules.Severity(h.Label.Name); h.Event == "labeled" && ok && r.own(h.Actor) {
			if severity == r.issue.Severity {
				ev.Severity, ev.Permission = severity, max(ev.Permission, trusted)
			}
			break
		}
	}
	if ev.Severity != "" {
		return nil
	}
	granted, err := r.allowed(ctx, r.p.Issue.User)
	if granted < trusted {
		ev.Severity, ev.Permission = r.issue.Severity, granted
	}
	return err
}
