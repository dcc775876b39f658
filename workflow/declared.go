package workflow

import "slices"

// Declared says that an issue carries the incident label: it was opened with
// it, labelled, or seen with it for the first time.
type Declared struct {
	// Trusted says that whoever declared it has triage permission or more.
	Trusted bool
	// Labeled says that the label was put on just now, which is the declaration.
	Labeled bool
}

func (e Declared) apply(d *decision) {
	if e.Trusted {
		d.trust()
	}
	if !d.inc.Active && !d.meta.At.Before(d.inc.ActiveAt) {
		d.resume()
	}
}

// begin takes an incident up that is not known yet. It says false where there is
// nothing to take up.
func (d *decision) begin(ev Event) bool {
	if past, ok := ev.(Adopted); ok {
		return d.takeOver(past)
	}
	return d.declare(ev)
}

// declare declares an incident from its issue as it stands.
func (d *decision) declare(ev Event) bool {
	s := d.meta.Issue
	if s == nil || !s.has(d.rules.IncidentLabel) {
		return false
	}
	d.inc.Created, d.inc.Declarer, d.inc.Declared = s.Created, s.Author, s.Created
	if e, ok := ev.(Declared); ok && e.Labeled {
		d.inc.Declarer, d.inc.Declared = d.meta.By, d.meta.At
	}
	d.inc.Active, d.inc.ActiveAt = true, d.meta.At
	d.inc.Closed, d.inc.Title = s.Closed, s.Title
	d.takeBody(s)
	d.inc.Checklist.Adopt = true
	d.entries = append(d.entries, Entry{
		At: d.inc.Declared, Recorded: d.meta.Now, By: d.inc.Declarer, Kind: EntryDeclared,
		What: "declared", URL: s.Place.URL, Delivery: d.meta.Delivery,
	})
	d.changed = true
	d.adoptLabels(s)
	return true
}

// adoptLabels takes severity and phase from the labels the issue had already.
// Of several severities the gravest counts, until somebody says otherwise.
func (d *decision) adoptLabels(s *Snapshot) {
	severities := d.severitiesOn(s)
	if len(severities) == 0 {
		return
	}
	d.classify(severities[0], "", d.meta.At)
	for _, phase := range slices.Backward(d.rules.Phases()) {
		if s.has(PhaseLabel(phase)) {
			d.completeSteps(phase, d.meta.By, d.meta.At)
			return
		}
	}
}

// resume goes on with an incident whose label came back: what people did
// meanwhile counts.
func (d *decision) resume() {
	d.inc.Active, d.inc.ActiveAt = true, d.meta.At
	if d.inc.Checklist.Gone {
		d.inc.Checklist = Checklist{}
	}
	d.inc.Checklist.Adopt = true
	d.note(EntryState, "the label "+d.rules.IncidentLabel+" is back: Firebreak goes on")
	d.catchUp()
	d.relabel()
}

// catchUp takes what the issue shows now of what nobody told Firebreak while it
// was stopped.
func (d *decision) catchUp() {
	s := d.meta.Issue
	if s == nil {
		return
	}
	if severities := d.severitiesOn(s); len(severities) == 1 && severities[0] != d.inc.Severity {
		d.classify(severities[0], "", d.meta.At)
	}
	Edited{}.apply(d)
	switch {
	case s.Closed && !d.inc.Closed:
		Closed{}.apply(d)
	case !s.Closed && d.inc.Closed:
		Reopened{}.apply(d)
	}
}

// severitiesOn lists the severities that an issue's labels name.
func (d *decision) severitiesOn(s *Snapshot) []string {
	var names []string
	for _, sev := range d.rules.Definition.Severities {
		if s.has(sev.Name) {
			names = append(names, sev.Name)
		}
	}
	return names
}

// trust records that somebody with triage permission stands behind it.
func (d *decision) trust() {
	if !d.inc.Trusted {
		d.inc.Trusted = true
		d.changed = true
	}
}

// Undeclared says that the incident label was taken off; as an effect's outcome,
// that it was not there when the effect looked.
type Undeclared struct{}

func (Undeclared) apply(d *decision) {
	looked := d.meta.Issue == nil
	if !d.inc.Active || !looked && d.meta.At.Before(d.inc.ActiveAt) {
		return
	}
	d.inc.Active = false
	if !looked {
		// A look is dated by our own clock: the label put back in the same second
		// by GitHub's, or with clocks apart, would seem older than it.
		d.inc.ActiveAt = d.meta.At
	}
	d.note(EntryState, "the label "+d.rules.IncidentLabel+" was taken off: Firebreak stops")
}
