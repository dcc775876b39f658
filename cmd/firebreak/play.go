package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// scene is one part of the story.
type scene struct {
	title string
	play  func(context.Context) error
}

// play runs the story from label to linked follow-ups; it stops at the first
// thing that does not happen.
func (s *script) play(ctx context.Context) error {
	if err := s.set(); err != nil {
		return fmt.Errorf("set the stage: %w", err)
	}
	for _, sc := range []scene{
		{"Declare", s.declare}, {"Classify", s.classify}, {"Triage", s.triage}, {"Mitigate", s.mitigate},
		{"Root cause", s.rootCause}, {"Somebody without write permission", s.refuse},
		{"Post-mortem and follow-ups", s.publish}, {"Edited in the wiki, published again", s.again}, {"A follow-up is done", s.followUp},
		{"An action item added in the wiki", s.planned},
	} {
		s.say("\n%s", sc.title)
		if err := sc.play(ctx); err != nil {
			return fmt.Errorf("%s: %w", strings.ToLower(sc.title), err)
		}
		s.later(5 * time.Minute)
	}
	s.say("\nDone: from label to linked follow-ups.")
	return nil
}

// set makes the people and the repository.
func (s *script) set() error {
	people := map[string]sandbox.Role{"maya": sandbox.RoleAdmin, "jon": sandbox.RoleWrite, "sam": sandbox.RoleTriage}
	for login := range people {
		s.sb.AddUser(login)
	}
	if err := s.sb.AddRepo(demoRepo, sandbox.RepoOptions{WikiInitialised: true, Description: "The shop"}); err != nil {
		return err
	}
	for login, role := range people {
		if err := s.sb.Grant(demoRepo, login, role); err != nil {
			return err
		}
	}
	return s.deployed()
}

// deployed is what was deployed before the incident, which the post-mortem shows.
func (s *script) deployed() error {
	s.sb.AddBot("deploys[bot]")
	if err := s.sb.Grant(demoRepo, "deploys[bot]", sandbox.RoleWrite); err != nil {
		return err
	}
	return s.sb.As("deploys[bot]").Deploy(demoRepo, "v4411", "production", "success", "", s.now().Add(-20*time.Minute))
}

func (s *script) declare(ctx context.Context) error {
	const body = `Since about ten minutes one checkout in three times out.

### Affected systems

checkout, orders database

### Action items

- [ ] process Deploy configuration changes apart from code @sam due in 30 days P2
`
	s.event("maya", "opens an issue with the label incident: Checkout times out")
	number, err := s.sb.As("maya").OpenIssue(demoRepo, "Checkout times out", body, "incident")
	if err != nil {
		return err
	}
	s.number = number
	if err := s.expect(ctx, "posts the checklist: "+s.issueURL(), s.shows("not classified")); err != nil {
		return err
	}
	return s.expect(ctx, "labels it incident/classify", s.labelled("incident/classify"))
}

func (s *script) classify(ctx context.Context) error {
	id, err := s.comment("jon", "/incident severity P1: checkout is concerned\n/incident lead @jon\n/incident detected 12 min ago")
	if err != nil {
		return err
	}
	if err := s.expect(ctx, "answers with 👍", s.reacted(id, "+1")); err != nil {
		return err
	}
	return s.expect(ctx, "labels it P1 and incident/triage", s.labelled("P1", "incident/triage"))
}

func (s *script) triage(ctx context.Context) error {
	for n, item := range []string{"triage.systems", "triage.users", "triage.blast-radius", "triage.data", "triage.timeline"} {
		if err := s.tick([]string{"maya", "jon"}[n%2], item); err != nil {
			return err
		}
		s.later(time.Minute)
	}
	if err := s.expect(ctx, "labels it incident/mitigate", s.labelled("P1", "incident/mitigate")); err != nil {
		return err
	}
	return s.expect(ctx, "refreshes the checklist once they pause", s.shows("mitigate", "6 of 20"))
}

func (s *script) mitigate(ctx context.Context) error {
	id, err := s.comment("maya", "/incident timeline rolled back deployment 4411\n/incident impact users: about 31 % of checkouts, free and paid plans")
	if err != nil {
		return err
	}
	if err := s.expect(ctx, "answers with 👍", s.reacted(id, "+1")); err != nil {
		return err
	}
	s.later(3 * time.Minute)
	for _, item := range []string{"mitigate.act", "mitigate.verify", "mitigate.communicate"} {
		if err := s.tick("jon", item); err != nil {
			return err
		}
	}
	return s.expect(ctx, "labels it incident/root-cause", s.labelled("P1", "incident/root-cause"))
}

func (s *script) rootCause(ctx context.Context) error {
	id, err := s.comment("jon", `/incident cause Checkout requests waited for a database connection longer than their time-out.
/incident cause The pool held 10 connections instead of 20.
/incident cause Deployment 4411 read the pool size from a variable that only staging sets.
/incident lesson Rollback took four minutes from the decision.
/incident action Fail start-up when the pool size is not set @maya due in 2 weeks
/incident action preventive Alert on pool wait time @jon due in 30 days`)
	if err != nil {
		return err
	}
	if err := s.expect(ctx, "answers with 👍", s.reacted(id, "+1")); err != nil {
		return err
	}
	s.event("maya", "puts the label incident/post-mortem on")
	if err := s.sb.As("maya").Label(demoRepo, s.number, "incident/post-mortem"); err != nil {
		return err
	}
	return s.expect(ctx, "ticks the step before it and keeps one phase label", s.labelled("P1", "incident/post-mortem"))
}

func (s *script) refuse(ctx context.Context) error {
	id, err := s.comment("sam", "/postmortem")
	if err != nil {
		return err
	}
	return s.expect(ctx, "answers with 😕 and says what it needs", s.reacted(id, "confused"))
}
