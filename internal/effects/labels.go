package effects

import (
	"context"
	"slices"
	"strings"

	"github.com/riverqueue/river"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/workflow"
)

// labels gives the issue exactly one severity label, once classified, and
// exactly one phase label, straight to the latest state.
func (t *task) labels(ctx context.Context) error {
	l := t.inc.Labels
	if l.Wanted == l.Written || !t.inc.Active && l.Written != 0 {
		t.idle = true
		return nil
	}
	if wait := l.WrittenAt.Add(t.Rules.LabelGap).Sub(t.Clock()); wait > 0 {
		return river.JobSnooze(wait)
	}
	issue, err := t.here(ctx)
	if err != nil {
		return err
	}
	current := issue.Labels
	switch is := has(current, t.Rules.IncidentLabel); {
	case !is && l.Moved && t.inc.Active:
		// The repository that the issue was transferred to does not have it.
		if err := t.putOn(ctx, []string{t.Rules.IncidentLabel}); err != nil {
			return err
		}
	case !is:
		// It was taken off while nobody could tell, or the news came first.
		return t.record(ctx, workflow.Undeclared{}, workflow.LabelsWritten{Answered: l.Wanted})
	case !t.inc.Active:
		// It is back, as when a renamed label gets its name again.
		return t.record(ctx, workflow.LabelsWritten{Answered: l.Wanted}, workflow.Declared{})
	}
	if l.Written == 0 {
		if err := t.makeLabels(ctx); err != nil {
			return err
		}
	}
	wanted := t.Rules.Shown(t.inc)
	if err := t.putOn(ctx, missing(wanted, current)); err != nil {
		return err
	}
	for _, name := range current {
		if t.Rules.Managed(name) && !has(wanted, name) {
			if err := t.repo.RemoveLabel(ctx, t.inc.Place.Number, name); err != nil {
				return err
			}
		}
	}
	return t.record(ctx, workflow.LabelsWritten{Answered: l.Wanted})
}

func (t *task) putOn(ctx context.Context, names []string) error {
	if len(names) == 0 {
		return nil
	}
	for _, name := range names {
		if err := t.ensureLabel(ctx, name); err != nil {
			return err
		}
	}
	return t.repo.AddLabels(ctx, t.inc.Place.Number, names)
}

// makeLabels makes all labels of ours that the repository lacks, once per
// incident: people move an incident along by labels, and can only put on what
// is there.
func (t *task) makeLabels(ctx context.Context) error {
	there, err := t.repo.Labels(ctx)
	if err != nil {
		return err
	}
	for _, name := range missing(append(t.Rules.Labels(), FollowUpLabel), there) {
		if err := t.repo.CreateLabel(ctx, t.label(name)); err != nil {
			return err
		}
	}
	return nil
}

// ensureLabel makes a label with colour and description the first time a
// repository needs it. One that is there stays as people made it.
func (t *task) ensureLabel(ctx context.Context, name string) error {
	if t.labelled[name] {
		return nil
	}
	there, err := t.repo.HasLabel(ctx, name)
	if err == nil && !there {
		err = t.repo.CreateLabel(ctx, t.label(name))
	}
	if t.labelled == nil {
		t.labelled = map[string]bool{}
	}
	t.labelled[name] = err == nil
	return err
}

// FollowUpLabel is on every issue that Firebreak opens.
const FollowUpLabel = "incident-follow-up"

var severityColors = []string{"b60205", "d93f0b", "fbca04", "c5def5"}

// label returns the colour and description of a label of ours.
func (t *task) label(name string) github.Label {
	l := github.Label{Name: name, Color: "5319e7", Description: "Incident: " + strings.TrimPrefix(name, "incident/")}
	if name == t.Rules.IncidentLabel {
		l.Color, l.Description = "b60205", "Firebreak runs the incident response"
	}
	for n, s := range t.Rules.Definition.Severities {
		if s.Name == name {
			l.Color = severityColors[min(n, len(severityColors)-1)]
			l.Description = "Severity: " + s.Means
		}
	}
	if phase, ok := t.Rules.PhaseOf(name); ok {
		l.Color, l.Description = "1d76db", "Incident phase: "+phase
	}
	if name == FollowUpLabel {
		l.Color, l.Description = "0e8a16", "Follow-up of an incident, opened from its action items"
	}
	if r := []rune(l.Description); len(r) > 100 {
		l.Description = string(r[:99]) + "…"
	}
	return l
}

func missing(wanted, current []string) []string {
	var out []string
	for _, w := range wanted {
		if !has(current, w) {
			out = append(out, w)
		}
	}
	return out
}

func has(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}
