// Package postmortem makes the post-mortem of an incident: a document rendered
// from facts, merged section by section with what people wrote in the page, and
// an index of all of them.
//
// It is pure. Texts are taken as they are and made safe for Markdown here;
// secrets and personal data must have been taken out of them before.
package postmortem

import "time"

// The headings of the sections. What comes before the first of them, the facts,
// has none.
const (
	HeadingSummary     = "Summary"
	HeadingTimeline    = "Timeline"
	HeadingRootCause   = "Root cause"
	HeadingImpact      = "Impact"
	HeadingActionItems = "Action items"
	HeadingLessons     = "Lessons learned"
)

// Document is everything that a post-mortem says. Its zero value renders as a
// page that says what is missing. In its URLs, what is no absolute http or https
// URL is left out.
type Document struct {
	// Key identifies the incident in the page's hidden marker, as
	// "repository id/issue id"; without one Find does not find the page.
	Key      string
	Number   int
	Title    string
	IssueURL string
	// Severity is "P0" to "P3"; empty: not classified.
	Severity        string
	SeverityChanges []SeverityChange

	// The moments of the incident; zero: not known. Durations count from
	// Detected, or from Declared where that is not known.
	Started, Detected, Declared, Acknowledged, Mitigated, Resolved time.Time
	// What was stated in so many words, not taken from the declaration, a tick or
	// a close.
	DetectedStated, MitigatedStated, ResolvedStated bool
	// DeclaredBy and AcknowledgedBy are as Entry.Who.
	DeclaredBy, AcknowledgedBy string
	// Reopened counts how often it was reopened, the last time at ReopenedAt.
	// ResolvedBefore is when it had been resolved before that; zero: not known.
	Reopened                   int
	ReopenedAt, ResolvedBefore time.Time

	Roles []Role
	// Summary is Markdown; empty: composed from the facts.
	Summary string
	// Systems says in plain text of one line what is affected.
	Systems string
	// Timeline is in any order.
	Timeline []Entry
	// Causes is the failure chain as it was told. Each of Causes, Impact and
	// Lessons is Markdown of one line or several. What begins with "Users:",
	// "Business:", "Data:" or "Duration:" says that of the impact.
	Causes  []string
	Impact  []string
	Lessons []string
	Actions []Action

	// Deployments and PullRequests are those that bear on the incident, in the order
	// in which they are shown; Links are other places to read on.
	Deployments, PullRequests, Links []Evidence

	// Zone is shown beside UTC; nil and UTC: UTC alone.
	Zone *time.Location
	// Redacted counts by kind what was taken out of the texts.
	Redacted map[string]int
}

// SeverityChange is one change of severity. By is as Entry.Who; From is empty
// for the first.
type SeverityChange struct {
	At       time.Time
	From, To string
	By       string
	Reason   string
}

// Role is who had a part in the response, such as "lead". Login is without @.
type Role struct {
	Name  string
	Login string
}

// Entry is one line of the timeline.
type Entry struct {
	At time.Time
	// What is plain text.
	What string
	// Who is "@login" for an account, or any other name; empty: not known.
	Who string
	// With are others who had a part in it, each as Who.
	With []string
	// URL leads to the evidence; Evidence is what the link says, empty: "link".
	URL, Evidence string
	// Mark is one of the marks below where the entry is that moment.
	Mark string
	// Major entries are drawn before others when not all fit in the drawing: the
	// declaration, changes of severity, deployments.
	Major bool
	// Minor entries stand in the table and are not drawn: ticks, phases.
	Minor bool

	// Kind says of what kind the entry is where entries of that kind are folded into
	// one row; empty: it has a row of its own.
	Kind EntryKind
	// About is what it is about, as such a row names it. Off says that it was unticked
	// or unassigned.
	About string
	Off   bool
	// From and To are the severity or the phase before and after; an empty severity:
	// not classified.
	From, To string
}

// EntryKind is the kind of an entry that may be folded.
type EntryKind string

// The kinds of entries that are folded. About is the item ticked, the reason for
// the severity, the login with its @; a phase has none.
const (
	KindTick     EntryKind = "tick"
	KindSeverity EntryKind = "severity"
	KindPhase    EntryKind = "phase"
	KindAssigned EntryKind = "assigned"
)

// The marks that set an entry of the timeline off.
const (
	MarkDetected  = "detected"
	MarkMitigated = "mitigated"
	MarkResolved  = "resolved"
)

// Action is one action item and its follow-up issue.
type Action struct {
	// Kind is "permanent", "preventive" or "process".
	Kind string
	// Text is plain text of one line.
	Text string
	// Owner is a login, with or without its @; empty: nobody yet.
	Owner    string
	Priority string
	Due      time.Time
	// Number and URL are those of the follow-up issue; zero: not opened yet.
	Number int
	URL    string
	// State is Open or Closed; empty: not opened yet.
	State    string
	ClosedAt time.Time
	// Problem says what went wrong: why it was not opened, or that its owner
	// cannot be assigned. Empty: nothing.
	Problem string
}

// The states of a follow-up issue.
const (
	Open   = "open"
	Closed = "closed"
)
