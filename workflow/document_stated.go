package workflow

import (
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// StartedAt returns when the incident began, as a command says, else as its issue's
// text does; zero: not stated.
func (i Incident) StartedAt() time.Time { return first(i.Times.Started, i.stated().Started) }

// DetectedAt returns when the incident was detected: as stated by a command, else
// in its issue's text, else when it was declared.
func (i Incident) DetectedAt() time.Time {
	return first(i.Times.Detected, i.stated().Detected, i.Declared)
}

// stated is what the text states, which counts once somebody with triage
// permission stands behind the incident.
func (i Incident) stated() Body {
	if !i.Trusted {
		return Body{}
	}
	return i.Body
}

// stated adds to the timeline what the text alone states, and its links.
func stated(doc *postmortem.Document, inc Incident) {
	body := inc.stated()
	add := func(at time.Time, what, mark string, major bool) {
		doc.Timeline = append(doc.Timeline, postmortem.Entry{
			At: at, What: what + ", by the issue's text", URL: inc.Place.URL, Evidence: "issue", Mark: mark, Major: major,
		})
	}
	if inc.Times.Started.IsZero() && !body.Started.IsZero() {
		add(body.Started, "started", "", true)
	}
	if inc.Times.Detected.IsZero() && !body.Detected.IsZero() {
		add(body.Detected, "detected", postmortem.MarkDetected, false)
	}
	for _, l := range body.Links {
		doc.Links = append(doc.Links, postmortem.Evidence{Title: l.Text, URL: l.URL})
	}
}
