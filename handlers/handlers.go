// Package handlers is what comes in: a file per webhook event. A handler drops
// what is not ours, decodes the rest, asks GitHub what the decision needs, and
// hands the event on.
package handlers

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/palantir/go-githubapp/githubapp"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// Store is what handlers need of incidents.
type Store interface {
	Record(ctx context.Context, delivery string, steps ...workflow.Step) error
	// Incident returns an incident; workflow.ErrUnknown if it is not known.
	Incident(ctx context.Context, key workflow.Key) (workflow.Incident, error)
	Incidents(ctx context.Context, repository int64) ([]workflow.Incident, error)
	IncidentOf(ctx context.Context, followUp workflow.Key) (workflow.Key, error)
	HasIncidents(ctx context.Context, repository int64) (bool, error)
	// RetryFailures runs again what was given up and says how much that is.
	RetryFailures(ctx context.Context, in workflow.Scope) (int, error)
}

// GitHub is what handlers ask GitHub.
type GitHub interface {
	// Bot returns the App's own user.
	Bot(ctx context.Context) (workflow.Person, error)
	// KnownBot returns it without asking; zero if it was not asked for yet.
	KnownBot() workflow.Person
	// Installation returns the installation that reaches a repository, zero if
	// there is none.
	Installation(ctx context.Context, repository int64) (int64, error)
	// Permission returns what a person may do in a repository.
	Permission(ctx context.Context, at workflow.Place, login string) (command.Permission, error)
}

// Sweep looks for incidents that no delivery told of.
type Sweep interface {
	// Installation has an installation looked at after a delivery that changed it,
	// all of it or some repositories. It returns once that is on disk.
	Installation(ctx context.Context, delivery string, id int64, repositories ...int64) error
}

// Gate takes out of people's texts what must not be written anywhere.
type Gate interface {
	Clean(text string) (string, redact.Findings, error)
}

// Base is what every handler works with.
type Base struct {
	Store  Store
	GitHub GitHub
	Past   Past
	Gate   Gate
	Sweep  Sweep
	Rules  workflow.Rules
	Clock  func() time.Time
	// Zone is that of times written without one; nil is UTC.
	Zone *time.Location
	// FollowUpLabel tells follow-ups from other issues.
	FollowUpLabel string
}

// All returns one handler per event; go-githubapp runs only the first of two.
func All(b *Base) []githubapp.EventHandler {
	return []githubapp.EventHandler{&Issues{b}, &IssueComment{b}, &Gollum{b}, &SubIssues{b}, &Installation{b}, &Label{b}, &Repository{b}}
}

// own says whether the App did it itself. Before its user is known, nothing is
// dropped; the handler asks.
func (b *Base) own(u user) bool {
	bot := b.GitHub.KnownBot()
	return bot.ID != 0 && bot.ID == u.ID
}

// isIncident says whether an issue carries the incident label.
func (b *Base) isIncident(p payload) bool { return p.Issue.has(b.Rules.IncidentLabel) }

// isFollowUp says whether an issue may be one that Firebreak opened.
func (b *Base) isFollowUp(p payload) bool {
	return p.Issue.has(b.FollowUpLabel) || strings.HasPrefix(p.Issue.Body, workflow.FollowUpMark)
}

// read decodes a delivery and says whether the App itself caused it.
func (b *Base) read(ctx context.Context, body []byte) (p payload, own bool, err error) {
	if p, err = decode(body); err != nil {
		return p, false, err
	}
	bot, err := b.GitHub.Bot(ctx)
	if err != nil {
		return p, false, fmt.Errorf("ask who the App is: %w", err)
	}
	return p, p.Sender.ID == bot.ID, nil
}

// trusts says whether a person has triage permission or more. Bots have not:
// what they declare waits for a person.
func (b *Base) trusts(ctx context.Context, p payload, who user) (bool, error) {
	granted, err := b.permission(ctx, p, who)
	return granted >= command.Triage, err
}

func (b *Base) permission(ctx context.Context, p payload, who user) (command.Permission, error) {
	if who.Type == "Bot" || who.Login == "" {
		return command.None, nil
	}
	at, err := b.placeNow(ctx, p)
	if err != nil {
		return command.None, err
	}
	granted, err := b.GitHub.Permission(ctx, at, who.Login)
	if err != nil {
		return command.None, fmt.Errorf("ask for a permission: %w", err)
	}
	return granted, nil
}

// placeNow returns where the repository is to be asked for: as the delivery has
// it, unless newer news of the incident is known. The App may have been installed
// anew since, or the repository renamed.
func (b *Base) placeNow(ctx context.Context, p payload) (workflow.Place, error) {
	inc, err := b.Store.Incident(ctx, p.key())
	if errors.Is(err, workflow.ErrUnknown) || err == nil && !inc.PlaceAt.After(p.Issue.UpdatedAt) {
		return p.place(), nil
	}
	if err != nil {
		return workflow.Place{}, fmt.Errorf("read incident: %w", err)
	}
	return inc.Place, nil
}

// step makes an event of a delivery.
func (b *Base) step(guid string, p payload, ev workflow.Event) (workflow.Step, error) {
	snapshot, err := b.snapshot(p)
	if err != nil {
		return workflow.Step{}, fmt.Errorf("read issue: %w", err)
	}
	meta := workflow.Meta{
		Delivery: guid, At: p.Issue.UpdatedAt, By: p.Sender.person(), URL: p.Issue.HTMLURL, Issue: snapshot,
	}
	return workflow.Step{Key: p.key(), Meta: meta, Event: ev}, nil
}

// record makes an event of a delivery and hands it on.
func (b *Base) record(ctx context.Context, guid string, p payload, ev workflow.Event) error {
	s, err := b.step(guid, p, ev)
	if err != nil {
		return err
	}
	return b.hand(ctx, guid, p, s)
}
