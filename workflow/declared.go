package workflow

import "slices"

// Declared says that an issue carries the incident label: it was opened with
// it, labelled, or seen with it for the first time.
type Declared struct {
	// Trusted says that whoever declared it has triage permission or more.
	Trusted bool
}

func (e Declared) apply(d *decision) {
	if e.Trusted {
		d.trust()
	}
	if !d.inc.Active {
		d.resume()
	}
}

// adopt declares an incident from its issue as it stands. It says false where
// there is nothing to declare.
func (d *decision) adopt() bool {
	s := d.meta.Issue
	if s == nil || !s.has(d.rules.IncidentLabel) {
		return false
	}
	d.inc.Place, d.inc.Title = s.Place, s.Title
	d.inc.Declarer, d.inc.Declared = s.Author, s.Created
	d.inc.Active, d.inc.ActiveAt = true, d.meta.At
	d.inc.Closed = s.Closed
	d.takeBody(s)
	d.inc.Checklist.Adopt = true
	d.entries = append(d.entries, Entry{
		At: s.Created, Recorded: d.meta.Now, By: s.Author, Kind: EntryDeclared,
		What: "declared", URL: s.Place.URL, Delivery: d.meta.Delivery,
	})
	d.changed = true
	d.adoptLabels(s)
	return true
}

// adoptLabels takes severity and phase from the labels the issue had already.
// Of several severities the gravest counts, until somebody says otherwise.
func (d *decision) adoptLabels(s *Snapshot) {
	for _, sev := range d.rules.Definition.Severities {
		if s.has(sev.Name) {
			d.classify(sev.Name, "", d.meta.At)
			break
		}
	}
	if d.inc.Severity == "" {
		return
	}
	for _, phase := range slices.Backward(d.rules.Phases()) {
		if s.has(PhaseLabel(phase)) {
			d.completeBefore(phase)
			return
		}
	}
}

// resume goes on with an incident whose label came back: what people ticked
// meanwhile counts.
func (d *decision) resume() {
	d.inc.Active, d.inc.ActiveAt = true, d.meta.At
	d.inc.Checklist.Adopt = true
	if d.inc.Checklist.Gone {
		d.inc.Checklist = Checklist{}
	}
	d.note(EntryState, "the label "+d.rules.IncidentLabel+" is back: Firebreak goes on")
	d.relabel()
}

// trust records that somebody with triage permission stands behind it.
func (d *decision) trust() {
	if !d.inc.Trusted {
		d.inc.Trusted = true
		d.changed = true
	}
}

// Undeclared says that the incident label was taken off.
type Undeclared struct{}

func (Undeclared) apply(d *decision) {
	if !d.inc.Active || d.meta.At.Before(d.inc.ActiveAt) {
		return
	}
	d.inc.Active, d.inc.ActiveAt = false, d.meta.At
	d.note(EntryState, "the label "+d.rules.IncidentLabel+" was taken off: Firebreak stops")
}
