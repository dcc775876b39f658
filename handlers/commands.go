package handlers

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// trusted is the least permission of somebody whose word counts.
const trusted = command.Triage

// commands reads a text's commands, past the gate.
func (b *Base) commands(text string, at time.Time) ([]command.Command, redact.Findings, error) {
	found := redact.Findings{}
	clean, err := b.clean(text, found)
	if err != nil {
		return nil, nil, fmt.Errorf("read commands: %w", err)
	}
	cmds := command.Parse(clean, command.Options{Now: at, Zone: b.Zone, Severities: b.severities()})
	for n := range cmds {
		c := &cmds[n]
		if err := b.again(&c.Source, &c.Text, &c.Reason, &c.Action.Text); err != nil {
			return nil, nil, fmt.Errorf("read command: %w", err)
		}
		for e := range c.Entries {
			if err := b.again(&c.Entries[e].Text, &c.Entries[e].From.Quote); err != nil {
				return nil, nil, fmt.Errorf("read command: %w", err)
			}
		}
	}
	return cmds, found, nil
}

// bodyCommands are those in the text of a new issue. They count by what its
// author may do, whoever put the label on; a stranger's count for nothing. A
// text without any is read as well: what is edited into it later is not new.
func (b *Base) bodyCommands(ctx context.Context, guid string, p payload) ([]workflow.Step, error) {
	cmds, _, err := b.commands(p.Issue.Body, p.Issue.CreatedAt)
	if err != nil {
		return nil, err
	}
	s, err := b.step(guid, p, nil)
	if err != nil {
		return nil, err
	}
	ev := workflow.Commanded{Commands: cmds, Severity: s.Meta.Issue.Severity}
	if len(cmds) > 0 || ev.Severity != "" {
		if ev.Permission, err = b.permission(ctx, p, p.Issue.User); err != nil {
			return nil, err
		}
		if ev.Permission < trusted {
			ev.Commands = nil
		}
		if ev.Said, err = b.saidHere(ctx, p, ev.Commands, redact.Findings{}); err != nil {
			return nil, err
		}
	}
	s.Event, s.Meta.By, s.Meta.At = ev, p.Issue.User.person(), p.Issue.CreatedAt
	return []workflow.Step{s}, nil
}

// saidHere looks up what commands of a delivery take from comments of its issue.
func (b *Base) saidHere(ctx context.Context, p payload, cmds []command.Command, found redact.Findings) ([]workflow.Said, error) {
	if !takes(cmds) {
		return nil, nil
	}
	at, err := b.placeNow(ctx, p)
	if err != nil {
		return nil, err
	}
	return b.said(ctx, at.Ref(), liveComments{b, p, at}, cmds, found)
}

// takes says whether any command takes something from a comment.
func takes(cmds []command.Command) bool {
	return slices.ContainsFunc(cmds, func(c command.Command) bool {
		return slices.ContainsFunc(c.Entries, func(e command.Entry) bool { return e.From != command.From{} })
	})
}

// ticks compares two versions of a text, both past the gate. The comparison
// cuts long items, and half a token would slip through a gate behind it.
func (b *Base) ticks(from, to string) ([]checklist.Change, error) {
	var err error
	for _, text := range []*string{&from, &to} {
		if *text, err = b.clean(*text, redact.Findings{}); err != nil {
			return nil, fmt.Errorf("read ticks: %w", err)
		}
	}
	changes := checklist.Diff(from, to)
	for n := range changes {
		if err := b.again(&changes[n].Text); err != nil {
			return nil, fmt.Errorf("read ticks: %w", err)
		}
		changes[n].Text = oneLine(changes[n].Text)
	}
	return changes, nil
}

// again passes texts through the gate once more, as they are after parsing: an
// HTML comment within an address hides it from the gate, and parsing takes
// comments out.
func (b *Base) again(texts ...*string) error {
	for _, text := range texts {
		clean, err := b.clean(*text, redact.Findings{})
		if err != nil {
			return err
		}
		*text = clean
	}
	return nil
}
