package handlers

import (
	"context"

	"github.com/firebreak-app/firebreak/workflow"
)

// SubIssues handles issues that people hang below an incident or take away.
type SubIssues struct{ *Base }

// Handles implements githubapp.EventHandler.
func (*SubIssues) Handles() []string { return []string{"sub_issues"} }

// Route drops what is not below an incident. Each link tells twice, from the
// parent and from the child; the parent's word is taken.
func (h *SubIssues) Route(_ context.Context, _ string, body []byte) (workflow.Key, bool, error) {
	p, err := h.decode(body)
	if err != nil || !p.isIssue() || h.own(p.Sender) || !h.isIncident(p) {
		return workflow.Key{}, false, err
	}
	return p.key(), p.SubIssue != nil && (p.Action == "sub_issue_added" || p.Action == "sub_issue_removed"), nil
}

// decode reads the parent as the issue that the delivery is about.
func (h *SubIssues) decode(body []byte) (payload, error) {
	p, err := decode(body)
	p.Issue = p.ParentIssue
	return p, err
}

// Handle implements githubapp.EventHandler.
func (h *SubIssues) Handle(ctx context.Context, _, guid string, body []byte) error {
	p, own, err := h.read(ctx, body)
	if err != nil || own {
		return err
	}
	p.Issue = p.ParentIssue
	if !p.isIssue() || p.SubIssue == nil {
		return nil
	}
	verb := "linked"
	if p.Action == "sub_issue_removed" {
		verb = "taken away"
	}
	return h.record(ctx, guid, p, subIssue(p.SubIssue.Number, verb))
}
