package checklist

import (
	"strings"
	"time"
)

// Mark is what is known of one box.
type Mark struct {
	Ticked bool
	// Evidence is plain text shown beside the item: "told 12:09", or a URL.
	Evidence string
}

// View is an incident as its checklist is to show it. All texts are plain and
// may be hostile, except for Commands. The zero value shows an incident that
// nothing is known of yet.
type View struct {
	// Key identifies the incident in the comment's hidden marker, for whoever has
	// lost the database. Only letters, digits and ./:_- of it are kept.
	Key string
	// Label is the label that makes an issue an incident; empty is "incident".
	Label string

	// Severity is empty until the incident is classified. Its box is ticked.
	Severity string
	// Phase is worked out from the marks where it is empty.
	Phase string

	DeclaredAt          time.Time
	DeclaredBy          string
	Lead, Comms, Scribe string // logins; empty: nobody
	// Links stand in the head: what is known, the channel, the post-mortem.
	Links []Link
	// UpdatedAt is when stakeholders were last told; zero: not yet.
	UpdatedAt time.Time
	// Elapsed is how long the incident has run, or ran.
	Elapsed time.Duration

	// Stopped says that the incident label was taken off.
	Stopped bool
	Closed  bool
	// Untrusted says that nobody with triage permission stands behind the
	// incident yet: logins are then shown without notifying anybody.
	Untrusted bool

	// Marks holds the boxes by id. Boxes of the definition that it lacks are shown
	// unticked; boxes that the definition lacks are changed only if it has them.
	// The box of the classify step follows the severity's and needs no mark.
	Marks map[string]Mark
	// Notes are shown below the head, a line each: what Firebreak could not do.
	Notes     []string
	FollowUps []FollowUp
	// Timeline is shown in order of time; its newest rows are kept where not all
	// fit.
	Timeline []Row
	// Ledger is set hidden below the timeline: see Sealed.
	Ledger string
	// Commands is Markdown written by Firebreak, folded at the end.
	Commands string
}

// Link is a link with its text; a URL that is not http or https shows the text.
type Link struct{ Text, URL string }

// FollowUp is one action item and where it stands.
type FollowUp struct {
	// Number is the issue's; zero while it has none.
	Number int
	URL    string
	Text   string
	Owner  string    // a login; empty: nobody yet
	Due    time.Time // a date, in UTC; zero: none
	Closed bool
}

// Row is one entry of the timeline.
type Row struct {
	At   time.Time
	What string
	// Who is a login, or what else is known; it may be empty.
	Who string
	// URL is the evidence; it may be empty.
	URL string
}

// Ticked reports whether a box is shown ticked.
func (v View) Ticked(id string) bool {
	if id == Classify {
		return v.classified()
	}
	if name, ok := strings.CutPrefix(id, Classify+"."); ok && name == v.Severity {
		return true
	}
	return v.Marks[id].Ticked
}

func (v View) classified() bool {
	if v.Severity != "" {
		return true
	}
	for id, m := range v.Marks {
		if m.Ticked && strings.HasPrefix(id, Classify+".") {
			return true
		}
	}
	return false
}
