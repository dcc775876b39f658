package workflow

import "time"

// Departure says that an incident's issue is gone, and since when; the zero
// value: it is not.
type Departure struct {
	Why DepartureReason `json:"why,omitempty"`
	At  time.Time       `json:"at,omitzero"`
	// To is the issue's key where it was transferred to, and URL its address.
	To  Key    `json:"to,omitzero"`
	URL string `json:"url,omitempty"`
}

// DepartureReason says why an issue is gone.
type DepartureReason string

// Why issues go.
const (
	// DepartedDeleted: somebody deleted it. It does not come back.
	DepartedDeleted DepartureReason = "deleted"
	// DepartedMoved: it was transferred to a repository that the App is not
	// installed on. It goes on when it comes to one.
	DepartedMoved DepartureReason = "moved"
)

// Departed says whether the issue is gone, so that nothing is written about it
// any more. What is known of the incident stays, and what arrives late of what
// happened to it is added; that brings nothing back.
func (i Incident) Departed() bool { return i.Departure.Why != "" }

// Deleted says that somebody deleted the issue.
type Deleted struct{}

func (Deleted) apply(d *decision) {
	if d.inc.Departure.Why == DepartedDeleted {
		return
	}
	d.inc.Departure = Departure{Why: DepartedDeleted, At: d.meta.At}
	d.note(EntryState, "the issue was deleted")
}

// MovedAway says that the issue was transferred to a repository that the App is
// not installed on.
type MovedAway struct {
	To  Key
	URL string
}

func (e MovedAway) apply(d *decision) {
	if d.inc.Departed() || d.inc.Key == e.To {
		return
	}
	d.inc.Departure = Departure{Why: DepartedMoved, At: d.meta.At, To: e.To, URL: e.URL}
	d.note(EntryState, "moved to "+e.URL+", where Firebreak is not installed: it stops")
	d.entries[len(d.entries)-1].URL = e.URL
}

// meet takes an incident up again whose issue is met in the repository that it
// went to, since the App is there now.
func (d *decision) meet() {
	gone, s := d.inc.Departure, d.meta.Issue
	if gone.To != (Key{}) && s != nil && d.meta.Key == gone.To {
		Transferred{To: gone.To, Place: s.Place}.apply(d)
	}
}
