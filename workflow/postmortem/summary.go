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
	noImpact   = "*No impact is given yet: users, business, data. Add each with `/incident impact users: TEXT` on the incident's issue, then comment `/postmortem`.*"
	noActions  = "*No action items yet. Add them with `/incident action [permanent|preventive|process] TEXT @owner due in 2 weeks` on the incident's issue, then comment `/postmortem`.*"
	noLessons  = "*No lessons are given yet: what went well, what went badly, where there was luck. Add them with `/incident lesson Went well: TEXT` on the incident's issue, then comment `/postmortem`.*"
	composed   = "*Put together from the facts. Say it in your own words with `/incident summary TEXT` on the incident's issue, then comment `/postmortem`.*"
)

// summary renders the summary as it was given, or the facts in its place.
func (r renderer) summary() string {
	if text := fit(r.d.Summary, r.share(12), block); text != "" {
		return text + "\n"
	}
	return r.composedSummary() + "\n\n" + composed + "\n"
}

// composedSummary tells the bare facts in sentences, and no more than is known.
func (r renderer) composedSummary() string {
	sentences := []string{r.opening()}
	if r.d.Started.Before(r.d.detected()) && !r.d.Started.IsZero() {
		sentences = append(sentences, "It had started at "+r.dates.utc(r.d.Started)+", "+spanBetween(r.d.Started, r.d.detected())+" earlier.")
	}
	if changed := r.escalation(); changed != "" {
		sentences = append(sentences, changed)
	}
	if users := r.users(); users != "" {
		sentences = append(sentences, "Users: "+ended(users))
	}
	if last := r.endedBy(); last != "" {
		sentences = append(sentences, last)
	}
	return strings.Join(append(sentences, r.outcomes()), " ")
}

// opening says what it was, where, and when it was noticed.
func (r renderer) opening() string {
	kind := "an incident that is not classified yet"
	if r.d.Severity != "" {
		kind = "an incident"
	}
	if r.d.Severity != "" && r.escalation() == "" {
		kind = "a " + fit(r.d.Severity, 100, markdown.Inline) + " incident"
	}
	if systems := fit(r.d.Systems, r.share(2), markdown.Inline); systems != "" {
		kind += " of " + strings.TrimRight(systems, ". ")
	}
	detected, verb := r.d.detected(), "was detected"
	if !r.d.DetectedStated {
		verb = "was declared"
	}
	if detected.IsZero() {
		return capital(kind) + "; when it was detected is not known."
	}
	return "On " + detected.UTC().Format(onlyDate) + " at " + detected.UTC().Format(onlyClock) + " UTC, " + kind + " " + verb + "."
}

// escalation says what the severity was first, if that is not what it is.
func (r renderer) escalation() string {
	for _, c := range r.d.settledChanges() {
		if c.To == "" || r.d.Severity == "" {
			continue
		}
		if c.To == r.d.Severity {
			break
		}
		changes := r.d.settledChanges()
		return "Its severity was " + fit(c.To, 100, markdown.Inline) + " at first and is " + fit(r.d.Severity, 100, markdown.Inline) +
			" since " + r.dates.utc(changes[len(changes)-1].At) + "."
	}
	return ""
}

// users is the first line of what is said of the impact on users.
func (r renderer) users() string {
	for _, s := range r.d.Impact {
		if aspect, rest := Aspect(s); aspect == "Users" {
			line, _, _ := strings.Cut(strings.TrimSpace(rest), "\n")
			return fit(line, r.share(1), markdown.Inline)
		}
	}
	return ""
}

// endedBy says what is known of what ended it: the pull requests that did, else
// what was noted last before it was mitigated. Nobody said that this was why.
func (r renderer) endedBy() string {
	var fixes []string
	for _, e := range r.d.PullRequests {
		if e.Fix && e.State == merged && len(fixes) < 3 {
			fixes = append(fixes, e.link())
		}
	}
	if len(fixes) > 0 {
		return "The fix: " + strings.Join(fixes, ", ") + "."
	}
	if note := r.lastNote(); note != "" {
		return "Noted last before it was mitigated: " + ended(note)
	}
	return ""
}

// merged is the state of a pull request that went in.
const merged = "merged"

// lastNote is what people noted last, not more than two hours before the
// mitigation.
func (r renderer) lastNote() string {
	note, at := "", r.d.Mitigated.Add(-2*time.Hour)
	for _, e := range r.d.Timeline {
		plain := e.Kind == "" && !e.Major && !e.Minor && e.mark() == ""
		if plain && !e.At.Before(at) && !e.At.After(r.d.Mitigated) && !r.d.Mitigated.IsZero() {
			note, at = e.What, e.At
		}
	}
	return fit(note, r.share(1), markdown.Inline)
}

// ended closes a sentence that may be closed already.
func ended(text string) string { return strings.TrimRight(text, ". ") + "." }

// outcomes say how long after the detection what was reached, and what was not.
func (r renderer) outcomes() string {
	var reached, missing []string
	for _, o := range []struct {
		what string
		at   time.Time
	}{{"acknowledged", r.d.Acknowledged}, {"mitigated", r.d.Mitigated}, {"resolved", r.d.Resolved}} {
		if o.at.IsZero() {
			missing = append(missing, o.what)
		} else {
			reached = append(reached, r.outcome(o.what, o.at))
		}
	}
	var sentences []string
	if len(reached) > 0 {
		sentences = append(sentences, "It was "+listed(reached, "and")+".")
	}
	switch {
	case r.d.Reopened > 0 && r.d.Resolved.IsZero():
		sentences = append(sentences, "It was reopened "+times(r.d.Reopened)+".")
	case r.d.Reopened > 0:
		sentences = append(sentences, "Before that it had been reopened "+times(r.d.Reopened)+".")
	}
	if len(missing) > 0 {
		sentences = append(sentences, "It is not "+listed(missing, "or")+" yet.")
	}
	return strings.Join(sentences, " ")
}

// listed joins words as a sentence does.
func listed(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// outcome says how long after the detection something was reached.
func (r renderer) outcome(what string, at time.Time) string {
	detected := r.d.detected()
	span := spanBetween(detected, at)
	switch {
	case detected.IsZero() || at.Before(detected):
		return what + " at " + r.dates.utc(at)
	case span == underMinute:
		return what + " within a minute"
	}
	return what + " after " + span
}
