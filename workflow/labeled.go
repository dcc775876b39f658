package workflow

import "time"

// Labeled says that a person put a severity or phase label on.
type Labeled struct {
	Label string
	// Trusted says that whoever put it on has triage permission or more.
	Trusted bool
}

func (e Labeled) apply(d *decision) {
	if severity, ok := d.rules.Severity(e.Label); ok {
		if e.Trusted {
			d.trust()
		}
		d.classify(severity, "", d.meta.At)
		d.acknowledge()
		d.relabel()
		return
	}
	if phase, ok := d.rules.PhaseOf(e.Label); ok {
		d.moveTo(phase)
	}
}

// moveTo ticks the step boxes before a phase, not their items. Nobody skips
// the classification, and nobody goes back by label: the label goes back
// instead.
func (d *decision) moveTo(phase string) {
	d.relabel()
	if d.inc.Severity == "" && phase != "classify" {
		d.inc.Asked = Mark{Ticked: true, At: d.meta.At, By: d.meta.By, Evidence: phase}
		d.note(EntryPhase, "asked for "+PhaseLabel(phase)+": a severity comes first, so it stays "+PhaseLabel("classify"))
		return
	}
	d.completeBefore(phase, d.meta.By, d.meta.At)
}

// moveAsAsked moves to the phase that was asked for too early as it seemed, once
// it turns out that the incident had been classified before.
func (d *decision) moveAsAsked(classified time.Time) {
	asked := d.inc.Asked
	d.inc.Asked = Mark{}
	if asked.Ticked && !classified.After(asked.At) {
		d.completeBefore(asked.Evidence, asked.By, asked.At)
	}
}

// phaseWord begins what the timeline says of a change of phase.
const phaseWord = "phase "

// completeBefore ticks the own box of every step before a phase that is not
// complete yet, in the name of who asked for the phase.
func (d *decision) completeBefore(phase string, by Person, at time.Time) {
	was := d.rules.Phase(d.inc)
	d.completeSteps(phase, by, at)
	if is := d.rules.Phase(d.inc); is != was {
		d.noteAt(at, EntryPhase, phaseWord+was+" → "+is)
	}
}

func (d *decision) completeSteps(phase string, by Person, at time.Time) {
	for _, step := range d.rules.Definition.Steps {
		if step.ID == phase {
			return
		}
		ticked := func(id string) bool { return d.rules.Ticked(d.inc, id) }
		if step.ID != "classify" && !d.rules.Definition.Complete(step.ID, ticked) {
			d.mark(step.ID, Mark{Ticked: true, At: at, By: by})
		}
	}
}

// LabelsTouched says that a label of ours was renamed or deleted in the
// repository, or another renamed to one of ours. GitHub does not say which
// issues carried it, so each is looked at, and the labels that are missing are
// made again. That a label is gone is nobody's word about an incident: severity
// and phase stay as they are.
type LabelsTouched struct{}

func (LabelsTouched) apply(d *decision) {
	d.inc.Labels.Wanted++
	d.inc.Labels.Written = 0
	d.want(Effect{Kind: EffectLabels, After: d.inc.Labels.WrittenAt.Add(d.rules.LabelGap)})
}

// Unlabeled says that a person took a severity or phase label off.
type Unlabeled struct{ Label string }

func (e Unlabeled) apply(d *decision) {
	d.relabel()
	severity, ok := d.rules.Severity(e.Label)
	if ok {
		d.declassify(severity, d.meta.At)
	}
}
