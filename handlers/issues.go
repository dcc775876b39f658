package handlers

import (
	"context"
	"slices"
	"strings"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// Issues handles what happens to an issue: it is opened, labelled, edited,
// closed, assigned.
type Issues struct{ *Base }

// Handles implements githubapp.EventHandler.
func (*Issues) Handles() []string { return []string{"issues"} }

var followUpActions = []string{"closed", "reopened", "assigned", "unassigned", "deleted", "transferred"}

// Route drops what happens to issues that are neither incidents nor follow-ups.
func (h *Issues) Route(ctx context.Context, _ string, body []byte) (workflow.Key, bool, error) {
	p, err := decode(body)
	if err != nil || !p.isIssue() || h.own(p.Sender) {
		return workflow.Key{}, false, err
	}
	if h.isFollowUp(p) && (slices.Contains(followUpActions, p.Action) || h.replanned(p)) {
		return p.key(), true, nil
	}
	ours := h.concerns(p)
	if !ours {
		ours, err = h.concernsMoved(ctx, p)
	}
	return p.key(), ours, err
}

func (h *Issues) concerns(p payload) bool {
	switch p.Action {
	case "opened", "edited", "closed", "reopened", "assigned", "unassigned", "unlocked", "deleted", "transferred":
		return h.isIncident(p)
	case "labeled":
		return strings.EqualFold(p.Label.Name, h.Rules.IncidentLabel) || h.isIncident(p) && h.Rules.Managed(p.Label.Name)
	case "unlabeled":
		return strings.EqualFold(p.Label.Name, h.Rules.IncidentLabel) || h.isIncident(p) && h.Rules.Managed(p.Label.Name)
	}
	return false
}

// Handle implements githubapp.EventHandler.
func (h *Issues) Handle(ctx context.Context, _, guid string, body []byte) error {
	p, own, err := h.read(ctx, body)
	if err != nil || own {
		return err
	}
	if h.isFollowUp(p) && !h.isIncident(p) {
		return h.followUp(ctx, guid, p)
	}
	switch p.Action {
	case "opened":
		if p.arrives() {
			return h.arrived(ctx, guid, p)
		}
		return h.declared(ctx, guid, p)
	case "transferred":
		return h.transferred(ctx, guid, p)
	case "deleted":
		return h.record(ctx, guid, p, workflow.Deleted{})
	case "labeled":
		return h.labeled(ctx, guid, p)
	case "unlabeled":
		return h.unlabeled(ctx, guid, p)
	case "edited":
		return h.edited(ctx, guid, p)
	case "closed":
		return h.record(ctx, guid, p, workflow.Closed{Reason: strings.ReplaceAll(p.Issue.StateReason, "_", " ")})
	case "reopened":
		return h.record(ctx, guid, p, workflow.Reopened{})
	case "assigned", "unassigned":
		return h.record(ctx, guid, p, workflow.Assigned{Login: p.Assignee.Login, Off: p.Action == "unassigned"})
	case "unlocked":
		_, err := h.Store.RetryFailures(ctx, workflow.Scope{Repository: p.Repository.ID, Issue: p.Issue.ID})
		return err
	}
	return nil
}

// declared takes up an incident and runs the commands of its text once, by its
// author's permission.
func (h *Issues) declared(ctx context.Context, guid string, p payload) error {
	steps, err := h.declaration(ctx, guid, p)
	if err != nil {
		return err
	}
	return h.hand(ctx, guid, p, steps...)
}

func (h *Issues) declaration(ctx context.Context, guid string, p payload) ([]workflow.Step, error) {
	granted, err := h.permission(ctx, p, p.Sender)
	if err != nil {
		return nil, err
	}
	declared, err := h.step(guid, p, workflow.Declared{Trusted: granted >= trusted, Labeled: p.Action == "labeled"})
	if err != nil {
		return nil, err
	}
	commanded, err := h.bodyCommands(ctx, guid, p)
	return append([]workflow.Step{declared}, commanded...), err
}

func (h *Issues) labeled(ctx context.Context, guid string, p payload) error {
	if strings.EqualFold(p.Label.Name, h.Rules.IncidentLabel) {
		return h.declared(ctx, guid, p)
	}
	trusted, err := h.trusts(ctx, p, p.Sender)
	if err != nil {
		return err
	}
	return h.record(ctx, guid, p, workflow.Labeled{Label: p.Label.Name, Trusted: trusted})
}

// GiveUp takes up an incident although GitHub did not say who declared it: as a
// stranger's, with its checklist only. Commands in its text are told not to have
// run.
func (h *Issues) GiveUp(ctx context.Context, _, guid string, body []byte) error {
	p, err := decode(body)
	declares := p.Action == "opened" || p.Action == "labeled" && strings.EqualFold(p.Label.Name, h.Rules.IncidentLabel)
	if err != nil || !declares || !h.isIncident(p) {
		return err
	}
	declared, err := h.step(guid, p, workflow.Declared{Labeled: p.Action == "labeled"})
	if err != nil {
		return err
	}
	steps := []workflow.Step{declared}
	cmds, _, err := h.commands(p.Issue.Body, p.Issue.CreatedAt)
	if err != nil {
		return err
	}
	if len(cmds) > 0 {
		told := declared
		told.Event = workflow.CommandsFailed{}
		steps = append(steps, told)
	}
	return h.Store.Record(ctx, "", steps...)
}

func (h *Issues) unlabeled(ctx context.Context, guid string, p payload) error {
	if strings.EqualFold(p.Label.Name, h.Rules.IncidentLabel) {
		return h.record(ctx, guid, p, workflow.Undeclared{})
	}
	return h.record(ctx, guid, p, workflow.Unlabeled{Label: p.Label.Name})
}

// edited takes the new text and the task items that were ticked in it.
func (h *Issues) edited(ctx context.Context, guid string, p payload) error {
	var ticks []checklist.Change
	if from := p.Changes.Body; from != nil {
		var err error
		if ticks, err = h.ticks(from.From, p.Issue.Body); err != nil {
			return err
		}
	}
	return h.record(ctx, guid, p, workflow.Edited{Ticks: ticks})
}
