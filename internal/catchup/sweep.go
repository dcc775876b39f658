package catchup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
)

// SweepStore is what a sweep needs to know and keep.
type SweepStore interface {
	InTx(ctx context.Context, do func(store.Tx) error) error
	Incidents(ctx context.Context, repository int64) ([]workflow.Incident, error)
	Record(ctx context.Context, delivery string, steps ...workflow.Step) error
	RetryFailures(ctx context.Context, in workflow.Scope) (int, error)
}

// SweepGitHub is what a sweep asks GitHub.
type SweepGitHub interface {
	Installations(ctx context.Context) ([]int64, error)
	Repositories(ctx context.Context, installation int64) ([]github.Covered, error)
	Labelled(ctx context.Context, installation int64, in github.Covered, label string) ([]github.Labelled, error)
}

// Sweep looks for open issues with the incident label that Firebreak does not
// know, or that have no checklist, and hands them on as deliveries: they are
// kept, handled in turn and tried again as if GitHub had told of them. It heals
// what is older than GitHub's memory.
//
// It works in small jobs, a few repositories each, so that it goes on where it
// was after a restart or a limit.
type Sweep struct {
	Store  SweepStore
	GitHub SweepGitHub
	// Keep makes a delivery durable.
	Keep func(context.Context, store.Delivery) error
	// Event is the event of the deliveries made of what is found.
	Event string
	// Label is the incident label.
	Label string
	Clock func() time.Time
	Log   zerolog.Logger
}

// Run has everything swept. It returns once that is on disk.
func (s *Sweep) Run(ctx context.Context) error { return s.enqueue(ctx, sweepArgs{}) }

// Installation has an installation swept after a delivery that changed it, all
// of it or some repositories. What was given up there runs again.
func (s *Sweep) Installation(ctx context.Context, delivery string, id int64, repositories ...int64) error {
	return s.enqueue(ctx, sweepArgs{Cause: delivery, Installation: id, Only: repositories})
}

// step does what one job is for; sweepArgs say how they go from all to some.
func (s *Sweep) step(ctx context.Context, job int64, a sweepArgs) error {
	switch {
	case a.Installation == 0:
		ids, err := s.GitHub.Installations(ctx)
		if err != nil {
			return err
		}
		return s.enqueue(ctx, a.each(ids)...)
	case a.Repositories == nil:
		covered, err := s.GitHub.Repositories(ctx, a.Installation)
		if err != nil {
			return err
		}
		return s.enqueue(ctx, a.some(covered)...)
	}
	return s.repositories(ctx, job, a)
}

// repositories sweeps some repositories. One that refuses does not keep the
// others waiting; a limit does.
func (s *Sweep) repositories(ctx context.Context, job int64, a sweepArgs) error {
	var failed []error
	for _, r := range a.Repositories {
		err := s.repository(ctx, job, a, r)
		switch {
		case github.Wait(err) > 0 || ctx.Err() != nil:
			return err
		case github.Permanent(err):
			s.Log.Warn().Err(err).Int64("repository", r.ID).Msg("repository not swept")
		case err != nil:
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

func (s *Sweep) repository(ctx context.Context, job int64, a sweepArgs, r github.Covered) error {
	known, err := s.Store.Incidents(ctx, r.ID)
	if err != nil {
		return fmt.Errorf("read incidents: %w", err)
	}
	if err := s.follow(ctx, a.Installation, r, known); err != nil {
		return fmt.Errorf("follow repository: %w", err)
	}
	if a.Cause != "" {
		if _, err := s.Store.RetryFailures(ctx, workflow.Scope{Repository: r.ID}); err != nil {
			return fmt.Errorf("retry what was given up: %w", err)
		}
	}
	issues, err := s.GitHub.Labelled(ctx, a.Installation, r, s.Label)
	if err != nil {
		return err
	}
	found := 0
	for _, i := range issues {
		if settled(known, i.ID) {
			continue
		}
		body, err := delivery(a.Installation, r, i)
		if err != nil {
			return err
		}
		key := workflow.Key{Repository: r.ID, Issue: i.ID}
		guid := fmt.Sprintf("sweep-%d-%d", job, i.ID)
		if err := s.Keep(ctx, store.Delivery{GUID: guid, Event: s.Event, Key: key, Payload: body, Received: s.Clock()}); err != nil {
			return fmt.Errorf("keep what was found: %w", err)
		}
		found++
	}
	if found > 0 {
		s.Log.Info().Int64("repository", r.ID).Int("issues", found).Msg("found incidents that no delivery told of")
	}
	return nil
}

// follow brings the incidents of a repository up to date that is elsewhere by
// now: it was renamed or moved, or the App was installed anew.
func (s *Sweep) follow(ctx context.Context, installation int64, r github.Covered, known []workflow.Incident) error {
	var steps []workflow.Step
	for _, inc := range known {
		is := inc.Place
		is.Installation, is.Owner, is.Repo, is.Private = installation, r.Owner, r.Name, r.Private
		if is != inc.Place {
			meta := workflow.Meta{Delivery: "sweep", At: s.Clock()}
			steps = append(steps, workflow.Step{Key: inc.Key, Meta: meta, Event: workflow.Moved{To: is}})
		}
	}
	if len(steps) == 0 {
		return nil
	}
	return s.Store.Record(ctx, "", steps...)
}

// settled says whether an issue is an incident that needs nothing: it is known,
// goes on, and has its checklist, or had it until a person deleted it.
func settled(known []workflow.Incident, issue int64) bool {
	n := slices.IndexFunc(known, func(i workflow.Incident) bool { return i.Key.Issue == issue })
	if n < 0 {
		return false
	}
	c := known[n].Checklist
	return known[n].Active && (c.CommentID != 0 || c.Gone)
}

// delivery is what GitHub would have sent when the issue was opened.
func delivery(installation int64, r github.Covered, i github.Labelled) ([]byte, error) {
	type object = map[string]any
	body, err := json.Marshal(object{
		"action": "opened", "issue": i.Issue, "sender": i.Author, "installation": object{"id": installation},
		"repository": object{
			"id": r.ID, "name": r.Name, "full_name": r.Owner + "/" + r.Name, "private": r.Private, "owner": object{"login": r.Owner},
		},
	})
	if err != nil {
		return nil, fmt.Errorf("encode what was found: %w", err)
	}
	return body, nil
}
