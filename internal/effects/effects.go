// Package effects is what goes out: each effect reads the incident as it is now
// and makes GitHub match it. It may run twice, late, or after a newer one; it
// looks first and writes only the difference.
package effects

import (
	"context"
	"time"

	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/internal/seal"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow"
)

// Store is what effects need to know of incidents.
type Store interface {
	Incident(ctx context.Context, key workflow.Key) (workflow.Incident, error)
	Timeline(ctx context.Context, key workflow.Key) ([]workflow.Entry, error)
	Incidents(ctx context.Context, repository int64) ([]workflow.Incident, error)
	Base(ctx context.Context, key workflow.Key) (string, error)
	SetBase(ctx context.Context, key workflow.Key, base string) error
	Record(ctx context.Context, delivery string, steps ...store.Step) error
	Refuse(ctx context.Context, f store.Failure, steps ...store.Step) error
	Succeeded(ctx context.Context, e workflow.Effect) error
}

// Wiki commits to the git of a repository's wiki.
type Wiki interface {
	Commit(ctx context.Context, to wiki.Remote, by wiki.Author, edit wiki.Edit) (wiki.Commit, error)
	Trace(ctx context.Context, from wiki.Remote, read func(ctx context.Context, h *wiki.History) error) error
}

// Gate takes secrets out of what is about to be written, and finds what people
// wrote where Firebreak leaves it alone.
type Gate interface {
	Scan(text string) (string, redact.Findings, error)
	Clean(text string) (string, redact.Findings, error)
}

// Effects carries effects out.
type Effects struct {
	Store Store
	App   *github.App
	Wiki  Wiki
	Gate  Gate
	Seal  seal.Seal
	Rules workflow.Rules
	// WebURL is where wikis' git is; tokens are sent nowhere else, whatever a
	// delivery says.
	WebURL string
	// Zone is shown beside UTC; nil is UTC alone.
	Zone  *time.Location
	Clock func() time.Time
	Log   zerolog.Logger
}

// task is one effect under way.
type task struct {
	*Effects
	effect workflow.Effect
	inc    workflow.Incident
	repo   *github.Repository
	// bot is the App's own user: only its comments and issues are ours.
	bot workflow.Person
	// since is when the effect was asked for, with room for clocks that differ.
	since time.Time
	// owners and labelled keep what was found out about people and labels.
	owners, labelled map[string]bool
	// attempt counts from one; last says that a failure of this attempt is final.
	attempt int
	last    bool
	// idle says that there was nothing to do: it shows nothing of what GitHub takes.
	idle bool
}

// carryOut runs one effect.
func (t *task) carryOut(ctx context.Context) error {
	switch t.effect.Kind {
	case workflow.EffectChecklist:
		return t.checklist(ctx)
	case workflow.EffectLabels:
		return t.labels(ctx)
	case workflow.EffectFeedback:
		return t.feedback(ctx)
	case workflow.EffectReply:
		return t.reply(ctx)
	case workflow.EffectPublish:
		return t.publish(ctx)
	case workflow.EffectNotice:
		return t.notice(ctx)
	case workflow.EffectMend:
		return t.mend(ctx)
	case workflow.EffectPage:
		return t.readEdits(ctx)
	}
	return nil
}

// record tells the incident what came of the effect.
func (t *task) record(ctx context.Context, events ...workflow.Event) error {
	return t.Store.Record(ctx, "", t.steps(events...)...)
}

func (t *task) steps(events ...workflow.Event) []store.Step {
	now := t.Clock()
	steps := make([]store.Step, len(events))
	for n, ev := range events {
		meta := workflow.Meta{Delivery: string(t.effect.Kind), At: now, Now: now}
		steps[n] = store.Step{Key: t.inc.Key, Meta: meta, Event: ev}
	}
	return steps
}

// reload reads the incident again after what was recorded.
func (t *task) reload(ctx context.Context) error {
	inc, err := t.Store.Incident(ctx, t.inc.Key)
	if err == nil {
		t.inc = inc
	}
	return err
}

// clean takes out of a rendered text what must not be written anywhere. If it
// cannot tell, nothing is written.
func (t *task) clean(text string) (string, error) {
	out, _, err := t.Gate.Scan(text)
	return out, err
}
