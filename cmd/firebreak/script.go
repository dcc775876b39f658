package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

const demoRepo = "acme/shop"

// patience is how long the script waits for anything it expects.
const patience = 30 * time.Second

// script plays people in an incident and checks what comes of it.
type script struct {
	out    io.Writer
	sb     *sandbox.Sandbox
	number int

	mu  sync.Mutex
	ago time.Duration
}

// newScript starts fifty minutes ago: an incident takes that long, and the
// pages should show it, but nobody should wait for it.
func newScript(out io.Writer) *script { return &script{out: out, ago: 50 * time.Minute} }

// now is the time in the story, which the sandbox dates everything with.
func (s *script) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Add(-s.ago)
}

// later lets time pass in the story, at most up to the present.
func (s *script) later(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ago = max(s.ago-d, 0)
}

func (s *script) say(format string, args ...any) { fmt.Fprintf(s.out, format+"\n", args...) }

// event prints what a person does, at its time in the story.
func (s *script) event(who, format string, args ...any) {
	s.say("%s  %-10s %s", s.now().UTC().Format("15:04"), "@"+who, fmt.Sprintf(format, args...))
}

// expect waits until something shows on the sandbox, and prints it.
func (s *script) expect(ctx context.Context, what string, holds func(v *sandbox.View) bool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := s.sb.Wait(ctx, holds); err != nil {
		return fmt.Errorf("expected, but did not happen: %s: %w", what, err)
	}
	s.say("       firebreak  %s", what)
	return nil
}

func (s *script) issueURL() string {
	return fmt.Sprintf("%s/%s/issues/%d", s.sb.WebURL(), demoRepo, s.number)
}

func (s *script) wikiURL() string { return s.sb.WebURL() + "/" + demoRepo + "/wiki" }

// checklist returns the checklist comment; false if it is not there yet.
func (s *script) checklist(v *sandbox.View) (sandbox.Comment, bool) {
	for _, c := range v.Comments(demoRepo, s.number) {
		if c.Author == s.sb.BotLogin() && checklist.IsChecklist(c.Body) {
			return c, true
		}
	}
	return sandbox.Comment{}, false
}

// shows says whether the checklist has a line with all of some texts.
func (s *script) shows(texts ...string) func(*sandbox.View) bool {
	return func(v *sandbox.View) bool {
		c, _ := s.checklist(v)
		return slices.ContainsFunc(strings.Split(c.Body, "\n"), func(line string) bool {
			return !slices.ContainsFunc(texts, func(t string) bool { return !strings.Contains(line, t) })
		})
	}
}

// labelled says whether the incident has exactly these of its labels.
func (s *script) labelled(labels ...string) func(*sandbox.View) bool {
	return func(v *sandbox.View) bool {
		i, _ := v.Issue(demoRepo, s.number)
		have := slices.Clone(i.Labels)
		slices.Sort(have)
		want := append([]string{"incident"}, labels...)
		slices.Sort(want)
		return slices.Equal(have, want)
	}
}

// comment writes a comment as a person and prints it.
func (s *script) comment(who, body string) (int64, error) {
	s.event(who, "comments: %s", strings.ReplaceAll(body, "\n", "\n                    "))
	return s.sb.As(who).Comment(demoRepo, s.number, body)
}

// reacted says whether a comment got a reaction from the App.
func (s *script) reacted(comment int64, content string) func(*sandbox.View) bool {
	return func(v *sandbox.View) bool {
		return slices.ContainsFunc(v.Reactions(comment), func(r sandbox.Reaction) bool {
			return r.Content == content && r.User == s.sb.BotLogin()
		})
	}
}

// tick ticks a box of the checklist as a person and prints it.
func (s *script) tick(who, item string) error {
	var c sandbox.Comment
	s.sb.View(func(v *sandbox.View) { c, _ = s.checklist(v) })
	s.event(who, "ticks %s", item)
	return s.sb.As(who).Tick(demoRepo, s.number, c.ID, "step:"+item)
}
