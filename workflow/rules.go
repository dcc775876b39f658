package workflow

import (
	"time"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// Rules are the settings that decisions depend on.
type Rules struct {
	Definition checklist.Definition
	// IncidentLabel is the label that makes an issue an incident.
	IncidentLabel string
	// Quiet is how long after the last change the checklist is refreshed.
	Quiet time.Duration
	// LabelGap is the least time between two writes of an incident's labels.
	LabelGap time.Duration
}

// DefaultRules are the rules before anything is configured.
func DefaultRules() Rules {
	return Rules{
		Definition:    checklist.Default(),
		IncidentLabel: "incident",
		Quiet:         5 * time.Second,
		LabelGap:      time.Second,
	}
}

// Outcome is what follows from an event besides the new state.
type Outcome struct {
	Entries []Entry
	Effects []Effect
}

// Apply decides what an event does to an incident. The incident given is not
// changed. An event for an incident not known yet declares it first, if its
// issue carries the incident label; otherwise nothing follows.
func (r Rules) Apply(inc Incident, meta Meta, ev Event) (Incident, Outcome) {
	d := &decision{rules: r, inc: inc.clone(), meta: meta, before: inc}
	if !d.inc.Known() && !d.begin(ev) {
		return inc, Outcome{}
	}
	d.meet()
	d.follow()
	ev.apply(d)
	d.derive()
	d.rememberTicks()
	d.overtaken()
	d.project()
	if d.changed {
		d.inc.Version++
	}
	if d.inc.Departed() {
		d.effects = nil
	}
	return d.inc, Outcome{Entries: d.entries, Effects: d.effects}
}

// follow keeps up with where the issue is and what it is called now.
func (d *decision) follow() {
	s := d.meta.Issue
	if s == nil {
		return
	}
	here := d.meta.Key == Key{} || d.meta.Key == d.inc.Key
	if here && !d.meta.At.Before(d.inc.PlaceAt) {
		d.inc.PlaceAt = d.meta.At
		d.relocate(s.Place)
	}
	for kind, n := range d.meta.Redacted {
		if d.inc.Redacted == nil {
			d.inc.Redacted = map[string]int{}
		}
		d.inc.Redacted[kind] += n
	}
}
