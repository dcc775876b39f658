package workflow

import (
	"slices"
	"strings"
)

// PhaseLabel returns the label of a phase, "incident/triage".
func PhaseLabel(phase string) string { return "incident/" + phase }

// Ticked says whether a box is ticked: an item's, a step's or a severity's.
func (r Rules) Ticked(inc Incident, id string) bool {
	if name, ok := strings.CutPrefix(id, "classify."); ok {
		return inc.Severity != "" && inc.Severity == name
	}
	if id == "classify" {
		return inc.Severity != ""
	}
	return inc.Marks[id].Ticked
}

// Phase returns the first of the six steps that is not complete, else "done".
func (r Rules) Phase(inc Incident) string {
	return r.Definition.Phase(func(id string) bool { return r.Ticked(inc, id) })
}

// Shown returns the labels of ours that an incident's issue carries: its
// severity, if classified, and its phase.
func (r Rules) Shown(inc Incident) []string {
	labels := []string{PhaseLabel(r.Phase(inc))}
	if inc.Severity != "" {
		labels = append(labels, inc.Severity)
	}
	return labels
}

// Severity says whether a label names a severity, and which.
func (r Rules) Severity(label string) (string, bool) {
	for _, s := range r.Definition.Severities {
		if strings.EqualFold(s.Name, label) {
			return s.Name, true
		}
	}
	return "", false
}

// PhaseOf says whether a label names a phase, and which.
func (r Rules) PhaseOf(label string) (string, bool) {
	name, ok := strings.CutPrefix(strings.ToLower(label), "incident/")
	if !ok || !slices.Contains(r.Phases(), name) {
		return "", false
	}
	return name, true
}

// Phases lists the phases in order: the six steps, then "done".
func (r Rules) Phases() []string {
	var names []string
	for _, s := range r.Definition.Steps {
		names = append(names, s.ID)
	}
	return append(names, "done")
}

// Managed says whether a label is one that Firebreak keeps on an incident.
func (r Rules) Managed(label string) bool {
	_, severity := r.Severity(label)
	_, phase := r.PhaseOf(label)
	return severity || phase
}

// Labels lists the labels that incidents carry: severities and phases.
func (r Rules) Labels() []string {
	var names []string
	for _, s := range r.Definition.Severities {
		names = append(names, s.Name)
	}
	for _, phase := range r.Phases() {
		names = append(names, PhaseLabel(phase))
	}
	return names
}

// knows says whether an id is one of the definition's steps or items.
func (r Rules) knows(id string) bool {
	known, ok := r.Definition.Resolve(id)
	return ok && known == id
}

// item returns a checklist item's own words, its id if there are none.
func (r Rules) item(id string) string {
	for _, s := range r.Definition.Steps {
		if s.ID == id {
			return "step " + s.Number + ", " + s.Title
		}
		for _, i := range s.Items {
			if i.ID == id {
				return i.Number + " " + i.Text
			}
		}
	}
	for _, i := range r.Definition.Done {
		if i.ID == id {
			return i.Text
		}
	}
	return id
}
