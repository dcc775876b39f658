package postmortem

import (
	"fmt"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// What a section says that has no source. Filled knows these lines.
const (
	noTimeline = "*Nothing is on the timeline yet. Add to it with `/incident timeline TEXT | 11:58` on the incident's issue, then comment `/postmortem`.*"
	noCause    = "*No root cause is given yet. Tell the failure chain, a link at a time, with `/incident cause TEXT` on the incident's issue, then comment `/postmortem`.*"
	noImpact   = "*No impact is given yet: users, flows, data, business. Add it with `/incident impact TEXT` on the incident's issue, then comment `/postmortem`.*"
	noActions  = "*No action items yet. Add them with `/incident action [permanent|preventive|process] TEXT @owner due in 2 weeks` on the incident's issue, then comment `/postmortem`.*"
	noLessons  = "*No lessons are given yet: what went well, what went badly, where there was luck. Add them with `/incident lesson TEXT` on the incident's issue, then comment `/postmortem`.*"
	composed   = "*Put together from the facts. Say it in your own words with `/incident summary TEXT` on the incident's issue, then comment `/postmortem`.*"
)

// summary renders the summary as it was given, or the facts in its place.
func (r renderer) summary() string {
	if text := fit(r.d.Summary, r.share(12), block); text != "" {
		return text + "\n"
	}
	return r.composedSummary() + "\n\n" + composed + "\n"
}

// composedSummary tells the bare facts, and no more than is known.
func (r renderer) composedSummary() string {
	kind := "An incident that is not classified yet"
	if r.d.Severity != "" {
		kind = "A " + fit(r.d.Severity, 100, markdown.Inline) + " incident"
	}
	detected := r.d.detected()
	if detected.IsZero() {
		kind += "; when it was detected is not known"
	} else {
		kind += ", detected " + detected.UTC().Format(dateClock) + " UTC"
	}
	text := kind + "; " + r.outcome("mitigated", r.d.Mitigated) + ", " + r.outcome("resolved", r.d.Resolved) + "."
	if systems := fit(r.d.Systems, r.share(2), markdown.Inline); systems != "" {
		text += fmt.Sprintf(" Affected: %s.", strings.TrimRight(systems, ". "))
	}
	return text
}

// outcome says how long after the detection something was reached.
func (r renderer) outcome(what string, at time.Time) string {
	detected := r.d.detected()
	switch {
	case at.IsZero():
		return notYet + " " + what
	case detected.IsZero() || at.Before(detected):
		return what + " " + at.UTC().Format(dateClock) + " UTC"
	}
	return what + " after " + spanBetween(detected, at)
}
