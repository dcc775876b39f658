package checklist

import (
	"strconv"
	"strings"
)

// Done is the phase of an incident whose steps are all complete.
const Done = "done"

// Resolve returns the id of the box that ref names: by its number ("3.2", "3"
// for a step's own box), its id ("mitigate.verify", also as it is hidden in the
// comment, "step:mitigate.verify"), a severity's name ("P1"), or its place in the
// definition of done ("done.2"). Case does not count.
func (d Definition) Resolve(ref string) (id string, ok bool) {
	ref = strings.Trim(strings.ToLower(strings.TrimSpace(ref)), "`")
	ref = strings.TrimRight(strings.TrimPrefix(ref, "step:"), ".,;:")
	if ref == "" {
		return "", false
	}
	for _, e := range d.entries() {
		if strings.ToLower(e.id) == ref || e.number == ref {
			return e.id, true
		}
	}
	for _, s := range d.Severities {
		if strings.ToLower(s.Name) == ref {
			return SeverityID(s.Name), true
		}
	}
	for n, i := range d.Done {
		if ref == Done+"."+strconv.Itoa(n+1) {
			return i.ID, true
		}
	}
	return "", false
}

// Complete reports whether a step is complete: its own box is ticked, or all its
// items are. Classify is complete by any severity, and by nothing else. What is
// no step never is.
func (d Definition) Complete(stepID string, ticked func(id string) bool) bool {
	if stepID == Classify {
		return d.classified(ticked)
	}
	for _, s := range d.Steps {
		if s.ID == stepID {
			return ticked(s.ID) || allTicked(s.Items, ticked)
		}
	}
	return false
}

func (d Definition) classified(ticked func(id string) bool) bool {
	for _, s := range d.Severities {
		if ticked(SeverityID(s.Name)) {
			return true
		}
	}
	return false
}

func allTicked(items []Item, ticked func(id string) bool) bool {
	for _, i := range items {
		if !ticked(i.ID) {
			return false
		}
	}
	return len(items) > 0
}

// Phase returns the id of the first step that is not complete, else Done.
func (d Definition) Phase(ticked func(id string) bool) string {
	for _, s := range d.Steps {
		if !d.Complete(s.ID, ticked) {
			return s.ID
		}
	}
	return Done
}

// Progress returns how many of how many are ticked: the severity counts as one,
// then the items of the steps and those of the definition of done; the boxes of
// the steps themselves do not count, nor do items that people wrote.
func (d Definition) Progress(ticked func(id string) bool) (n, of int) {
	count := func(is bool) {
		of++
		if is {
			n++
		}
	}
	if len(d.Severities) > 0 {
		count(d.classified(ticked))
	}
	for _, s := range d.Steps {
		for _, i := range s.Items {
			count(ticked(i.ID))
		}
	}
	for _, i := range d.Done {
		count(ticked(i.ID))
	}
	return n, of
}
