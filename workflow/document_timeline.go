package workflow

import (
	"slices"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// documentTimeline leaves out what stands in other sections, what somebody has
// stated otherwise since, and what the document itself causes, so that publishing
// again changes nothing by itself.
func documentTimeline(inc Incident, timeline []Entry) []postmortem.Entry {
	var out []postmortem.Entry
	marked, stated := map[string]bool{}, map[string]bool{}
	for _, e := range timeline {
		said := string(e.Kind) + e.At.String()
		if slices.Contains(elsewhere, e.Kind) || e.states() && (superseded(inc, e) || stated[said]) {
			continue
		}
		stated[said] = true
		mark := markOf(inc, e)
		if marked[mark] {
			mark = ""
		}
		marked[mark] = mark != ""
		shown := postmortem.Entry{
			At: e.At, What: e.What, Who: e.By.Mention(), URL: e.URL, Evidence: evidenceName(inc, e), Mark: mark,
			Major: slices.Contains(major, e.Kind), Minor: slices.Contains(minor, e.Kind),
		}
		describe(&shown, inc, e)
		out = append(out, shown)
	}
	return out
}

// Which entries matter for the post-mortem's timeline, and how much.
var (
	elsewhere = []EntryKind{EntryPublished, EntryProblem, EntryContent, EntryAction}
	major     = []EntryKind{EntryDeclared, EntrySeverity, EntryState, EntryTime}
	minor     = []EntryKind{EntryTick, EntryPhase, EntryRole, EntryAssigned}
)

// markOf says whether an entry is the moment of detection, mitigation or
// resolution that the durations count with.
func markOf(inc Incident, e Entry) string {
	switch {
	case e.Kind == EntryDetected && e.At.Equal(inc.Times.Detected):
		return postmortem.MarkDetected
	case e.Kind == EntryMitigated && e.At.Equal(inc.Times.Mitigated),
		e.Item == "mitigate.verify" && !e.Unticked && inc.Times.Mitigated.IsZero() && e.At.Equal(inc.Times.Verified):
		return postmortem.MarkMitigated
	case e.Kind == EntryResolved && e.At.Equal(inc.Times.Resolved),
		e.Kind == EntryState && inc.Times.Resolved.IsZero() && e.At.Equal(inc.Times.FirstClosed):
		return postmortem.MarkResolved
	}
	return ""
}

// states says that the entry is a time that somebody stated.
func (e Entry) states() bool {
	return e.Kind == EntryDetected || e.Kind == EntryMitigated || e.Kind == EntryResolved || e.Kind == EntryTime
}

// superseded says that a time was stated that is stated otherwise now. A
// resolution that a reopening undid was one all the same.
func superseded(inc Incident, e Entry) bool {
	now := map[EntryKind]time.Time{
		EntryTime: inc.Times.Started, EntryDetected: inc.Times.Detected,
		EntryMitigated: inc.Times.Mitigated, EntryResolved: inc.Times.Resolved,
	}[e.Kind]
	if e.Kind == EntryResolved && e.At.Before(inc.ReopenedAt) {
		return false
	}
	return !e.At.Equal(now)
}

// evidenceName says what an entry's link leads to.
func evidenceName(inc Incident, e Entry) string {
	page, anchor, _ := strings.Cut(e.URL, "#")
	switch {
	case strings.Contains(e.What, redactedCode):
		return leftThere
	case anchor != "" && e.Item != "" && strings.HasSuffix(inc.Checklist.URL, "#"+anchor):
		return "checklist"
	case strings.HasPrefix(anchor, "issuecomment-"):
		return "comment"
	case anchor == "" && strings.Contains(page, "/issues/"):
		return "issue"
	}
	return ""
}
