package handlers

import (
	"context"
	"regexp"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// IssueComment handles commands in new comments and ticks in the checklist.
type IssueComment struct{ *Base }

// Handles implements githubapp.EventHandler.
func (*IssueComment) Handles() []string { return []string{"issue_comment"} }

// mayCommand finds what may be a command; the parser decides.
var mayCommand = regexp.MustCompile(`(?im)^ {0,3}/(incident|postmortem)\b`)

// Route drops comments on other issues, those without a command, and of our own
// edits those that overwrote nobody.
func (h *IssueComment) Route(ctx context.Context, _ string, body []byte) (workflow.Key, bool, error) {
	p, err := decode(body)
	if err != nil || !p.isIssue() || p.Comment == nil {
		return workflow.Key{}, false, err
	}
	if h.own(p.Sender) {
		overwrote, err := h.overwrote(ctx, p)
		return p.key(), overwrote, err
	}
	if !h.isIncident(p) {
		return workflow.Key{}, false, nil
	}
	switch p.Action {
	case "created":
		return p.key(), p.Comment.User.Type != "Bot" && mayCommand.MatchString(p.Comment.Body), nil
	case "edited", "deleted":
		return p.key(), h.isChecklist(p), nil
	}
	return workflow.Key{}, false, nil
}

// isChecklist says whether the comment is, or was before the edit, a checklist
// of the App's own.
func (h *IssueComment) isChecklist(p payload) bool {
	bot := h.GitHub.KnownBot()
	if bot.ID != 0 && p.Comment.User.ID != bot.ID {
		return false
	}
	return checklist.IsChecklist(p.Comment.Body) || p.Changes.Body != nil && checklist.IsChecklist(p.Changes.Body.From)
}

// Handle implements githubapp.EventHandler.
func (h *IssueComment) Handle(ctx context.Context, _, guid string, body []byte) error {
	p, own, err := h.read(ctx, body)
	if err != nil {
		return err
	}
	if own {
		return h.ownEdit(ctx, guid, p)
	}
	switch p.Action {
	case "created":
		return h.created(ctx, guid, p)
	case "edited":
		return h.edited(ctx, guid, p)
	case "deleted":
		if h.isChecklist(p) {
			return h.record(ctx, guid, p, workflow.ChecklistDeleted{CommentID: p.Comment.ID})
		}
	}
	return nil
}

func (h *IssueComment) created(ctx context.Context, guid string, p payload) error {
	cmds, found, err := h.commands(p.Comment.Body, p.Comment.CreatedAt)
	if err != nil || len(cmds) == 0 {
		return err
	}
	granted, err := h.permission(ctx, p, p.Sender)
	if err != nil {
		return err
	}
	ev := workflow.Commanded{Comment: p.Comment.ID, Commands: cmds, Permission: granted}
	if granted >= trusted {
		if ev.Said, err = h.saidHere(ctx, p, cmds, found); err != nil {
			return err
		}
	}
	s, err := h.step(guid, p, ev)
	if err != nil {
		return err
	}
	s.Meta.At, s.Meta.URL, s.Meta.Redacted = p.Comment.CreatedAt, p.Comment.HTMLURL, found
	return h.hand(ctx, guid, p, s)
}

// edited records what a person's edit of the checklist ticked. Only people with
// write permission can edit a comment of somebody else's.
func (h *IssueComment) edited(ctx context.Context, guid string, p payload) error {
	if !h.isChecklist(p) || p.Changes.Body == nil {
		return nil
	}
	ticks, err := h.ticks(p.Changes.Body.From, p.Comment.Body)
	if err != nil {
		return err
	}
	s, err := h.step(guid, p, workflow.Ticked{Changes: ticks, Trusted: p.Sender.Type != "Bot"})
	if err != nil {
		return err
	}
	s.Meta.At, s.Meta.URL = p.Comment.UpdatedAt, p.Comment.HTMLURL
	return h.hand(ctx, guid, p, s)
}

// GiveUp tells who gave a command that it could not be carried out. It does
// without the issue's texts where the gate does not pass them.
func (h *IssueComment) GiveUp(ctx context.Context, _, guid string, body []byte) error {
	p, err := decode(body)
	if err != nil || p.Action != "created" {
		return err
	}
	failed := workflow.CommandsFailed{Comment: p.Comment.ID}
	s, err := h.step(guid, p, failed)
	if err != nil {
		meta := workflow.Meta{Delivery: guid, At: p.Comment.CreatedAt, By: p.Sender.person(), URL: p.Comment.HTMLURL}
		s = workflow.Step{Key: p.key(), Meta: meta, Event: failed}
	}
	return h.Store.Record(ctx, "", s)
}
