package handlers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// past is the past of one incident while it is being put together.
type past struct {
	*Base
	p     payload
	key   workflow.Key
	bot   workflow.Person
	issue *workflow.Snapshot
	all   []entry
	whole bool
	// origin is the key that hidden markers call the incident by if it was
	// transferred; zero if it was not.
	origin workflow.Key
	// ours says that Firebreak has been here before.
	ours bool
	// frames are what the issue's labels, title and state were, from when on.
	frames []frame
	// steps are what is replayed, in the order of when.
	steps []pastStep
	// anew are commands that nobody answered and that are carried out now.
	anew []workflow.Step
	// waiting are the comments of which somebody still waits for the answer.
	waiting map[int64]bool
	// published are the steps that say that /postmortem was answered.
	published []answer
	may       map[string]command.Permission
	// declared is when it became an incident.
	declared time.Time
}

// pastStep is a step in its place: by its time, and within a second by where it
// stands on the issue's timeline.
type pastStep struct {
	when time.Time
	nth  int
	workflow.Step
}

func (s pastStep) compare(o pastStep) int {
	return cmp.Or(s.when.Compare(o.when), cmp.Compare(s.nth, o.nth))
}

// recall returns the steps by which an issue that carries the incident label is
// taken up; none if it carries it no longer. The given steps are about to follow:
// what they tell is left to them.
func (b *Base) recall(ctx context.Context, key workflow.Key, at workflow.Place, following []workflow.Step) ([]workflow.Step, error) {
	bot, err := b.GitHub.Bot(ctx)
	if err != nil {
		return nil, fmt.Errorf("ask who the App is: %w", err)
	}
	p, err := b.current(ctx, key, at)
	if errors.Is(err, workflow.ErrUnknown) {
		return nil, nil
	}
	if err != nil || !p.isIssue() || p.key() != key || !b.isIncident(p) {
		return nil, err
	}
	r := &past{Base: b, p: p, key: key, bot: bot, may: map[string]command.Permission{}, waiting: map[int64]bool{}}
	if r.issue, err = b.snapshot(p); err != nil {
		return nil, fmt.Errorf("read issue: %w", err)
	}
	list, whole, err := b.Past.Timeline(ctx, p.place())
	if err != nil {
		return nil, fmt.Errorf("read timeline: %w", err)
	}
	r.all, r.whole = unpack[entry](list), whole
	r.origin = r.transferred()
	return r.rebuild(ctx, following)
}

func (r *past) rebuild(ctx context.Context, following []workflow.Step) ([]workflow.Step, error) {
	for _, part := range []func(context.Context) error{r.declare, r.events, r.body, r.comments} {
		if err := part(ctx); err != nil {
			return nil, err
		}
	}
	end := workflow.Recalled{Origin: r.origin, Short: !r.whole}
	if r.ours {
		if err := r.followUps(ctx); err != nil {
			return nil, err
		}
		if err := r.postmortem(ctx, &end); err != nil {
			return nil, err
		}
		r.findChecklist(&end, following)
	}
	slices.SortStableFunc(r.steps, pastStep.compare)
	replay := make([]workflow.Step, len(r.steps), len(r.steps)+1)
	for n, s := range r.steps {
		replay[n] = s.Step
	}
	last := r.step(r.p.Issue.UpdatedAt, user{}, end).Step
	last.Meta.Issue, last.Meta.URL = r.issue, cmp.Or(end.URL, last.Meta.URL)
	replay = append(replay, last)
	adopted := r.Rules.Replay(r.key, replay)
	adopted.Effects = slices.DeleteFunc(adopted.Effects, func(e workflow.Effect) bool {
		answer := e.Kind == workflow.EffectFeedback || e.Kind == workflow.EffectReply
		return !answer || !r.waiting[e.Comment]
	})
	first := workflow.Step{Key: r.key, Event: adopted}
	return append([]workflow.Step{first}, r.anew...), nil
}

// trace says that an entry of the timeline is Firebreak's own: it wrote a comment,
// or put one of its labels on.
func (r *past) trace(h entry) bool {
	switch h.Event {
	case "commented":
		return r.own(h.User)
	case "labeled":
		return r.own(h.Actor) && r.Rules.Managed(h.Label.Name)
	}
	return false
}

func (r *past) own(u user) bool { return u.ID == r.bot.ID }

// add puts in its place what the nth entry of the timeline tells.
func (r *past) add(nth int, by user, ev workflow.Event) {
	s := r.step(r.all[nth].CreatedAt, by, ev)
	s.nth = nth
	r.steps = append(r.steps, s)
}

// outcome puts in its place what came of an effect.
func (r *past) outcome(when time.Time, ev workflow.Event) {
	s := workflow.Step{Key: r.key, Event: ev, Meta: workflow.Meta{At: when}}
	r.steps = append(r.steps, pastStep{when, len(r.all), s})
}

func (r *past) step(when time.Time, by user, ev workflow.Event) pastStep {
	now := r.asOf(when)
	return pastStep{when: when, Step: workflow.Step{Key: r.key, Event: ev, Meta: workflow.Meta{
		At: when, By: by.person(), URL: r.p.Issue.HTMLURL, Issue: now,
	}}}
}

// allowed says what a person may do now, asked for once.
func (r *past) allowed(ctx context.Context, who user) (command.Permission, error) {
	if granted, known := r.may[who.Login]; known {
		return granted, nil
	}
	granted, err := r.permission(ctx, r.p, who)
	if err == nil {
		r.may[who.Login] = granted
	}
	return granted, err
}
