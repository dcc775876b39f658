package main

import (
	"context"
	"errors"
	"strings"

	"github.com/firebreak-app/firebreak/internal/effects"
	"github.com/firebreak-app/firebreak/internal/sandbox"
)

const demoPage = "Incident-1-checkout-times-out"

func (s *script) publish(ctx context.Context) error {
	id, err := s.comment("maya", "/postmortem")
	if err != nil {
		return err
	}
	if err := s.expect(ctx, "opens three follow-ups, assigned and linked below the incident", s.followUps(3)); err != nil {
		return err
	}
	if err := s.expect(ctx, "commits the post-mortem to the wiki: "+s.wikiURL()+"/"+demoPage, s.page("The pool held 10 connections")); err != nil {
		return err
	}
	if err := s.expect(ctx, "shows on its timeline what was deployed before", s.page("deployed v4411 to production: success")); err != nil {
		return err
	}
	if err := s.expect(ctx, "answers with 👍", s.reacted(id, "+1")); err != nil {
		return err
	}
	return s.expect(ctx, "labels it incident/done: all six steps are complete", s.labelled("P1", "incident/done"))
}

// followUps says whether so many follow-ups are there, each assigned, labelled
// and linked.
func (s *script) followUps(n int) func(*sandbox.View) bool {
	return func(v *sandbox.View) bool {
		count := 0
		for _, i := range v.Issues(demoRepo) {
			if i.Has(effects.FollowUpLabel) {
				count++
				if len(i.Assignees) != 1 || i.Parent != s.number || !strings.Contains(i.Body, demoPage) {
					return false
				}
			}
		}
		return count == n
	}
}

func (s *script) page(text string) func(*sandbox.View) bool {
	return func(v *sandbox.View) bool {
		body, _ := v.WikiPage(demoRepo, demoPage)
		return strings.Contains(body, text)
	}
}

const edited = "Nobody watched the pool: its wait time had no alert, and the dashboard that showed it was on nobody's wall."

// again edits a section in the wiki; publishing again keeps it, brings the rest
// up to date and opens nothing twice.
func (s *script) again(ctx context.Context) error {
	body, _ := s.sb.WikiPage(demoRepo, demoPage)
	s.event("jon", "edits the section Root cause in the wiki")
	before, after, _ := strings.Cut(body, "## Root cause")
	body = before + "## Root cause" + strings.Replace(after, "The pool held", edited+" The pool held", 1)
	if err := s.sb.As("jon").EditWiki(demoRepo, demoPage, body, "Say why nobody noticed"); err != nil {
		return err
	}
	id, err := s.comment("jon", "/incident lesson Nine minutes from alert to declaration; nobody felt it was theirs.\n/postmortem")
	if err != nil {
		return err
	}
	if err := s.expect(ctx, "brings the page up to date", s.page("Nine minutes from alert")); err != nil {
		return err
	}
	if err := s.expect(ctx, "keeps what jon wrote", s.page(edited)); err != nil {
		return err
	}
	if err := s.expect(ctx, "answers with 👍", s.reacted(id, "+1")); err != nil {
		return err
	}
	return s.expect(ctx, "opens no follow-up twice", s.followUps(3))
}

func (s *script) followUp(ctx context.Context) error {
	for _, i := range s.sb.Issues(demoRepo) {
		if strings.HasPrefix(i.Title, "Fail start-up") {
			s.event("maya", "closes #%d, %s", i.Number, i.Title)
			if err := s.sb.As("maya").Close(demoRepo, i.Number); err != nil {
				return err
			}
		}
	}
	return s.expect(ctx, "shows it as closed in the post-mortem", s.page("| closed "))
}

// planned adds a row to the page's action items, as people do where they read
// them; it gets its follow-up.
func (s *script) planned(ctx context.Context) error {
	const row = "| process | Drill a rollback | @jon | P2 | in 6 weeks | | |\n"
	body, _ := s.sb.WikiPage(demoRepo, demoPage)
	at := strings.Index(body, "\n| preventive |")
	if at < 0 {
		return errors.New("the page lists no preventive action item")
	}
	s.event("jon", "adds a row to the action items in the wiki: Drill a rollback")
	if err := s.sb.As("jon").EditWiki(demoRepo, demoPage, body[:at+1]+row+body[at+1:], "Drill it"); err != nil {
		return err
	}
	return s.expect(ctx, "opens its follow-up", s.followUps(4))
}
