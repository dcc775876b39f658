package workflow

import (
	"errors"
	"time"
)

// Event is something that happened and bears on one incident. Its texts have
// passed the redaction gate and what the decision needs from GitHub is in it.
type Event interface {
	apply(d *decision)
}

// Meta is what every event carries.
type Meta struct {
	// Key is what the delivery calls the incident, if that may differ from what it
	// is now: the issue may have been transferred since. Zero: it does not.
	Key Key
	// Delivery is the id of the delivery that told of it; for an effect's
	// outcome, the effect's name.
	Delivery string
	// At is when it happened, by GitHub's clock.
	At time.Time
	// Now is the server's clock when it is applied.
	Now time.Time
	By  Person
	// URL leads to the evidence, a comment or the issue.
	URL string
	// Issue is the issue as the delivery shows it; nil for effects' outcomes.
	Issue *Snapshot
	// Redacted counts what the gate took out of a comment's texts, by kind.
	Redacted map[string]int
}

// Step is one event for one incident.
type Step struct {
	Key   Key
	Meta  Meta
	Event Event
}

// Keys are those of the incidents that the step may concern: a transfer gives one
// another.
func (s Step) Keys() []Key {
	switch ev := s.Event.(type) {
	case Transferred:
		return []Key{s.Key, ev.To}
	case MovedAway:
		return []Key{s.Key, ev.To}
	}
	return []Key{s.Key}
}

// ErrUnknown says that nothing is known of what was asked for.
var ErrUnknown = errors.New("not known")

// Snapshot is an issue as a delivery shows it.
type Snapshot struct {
	Place   Place
	Title   string
	Author  Person
	Created time.Time
	Closed  bool
	Labels  []string
	Body    Body
	Actions []Action
	// Severity is what the body says of it, as an issue form asks; empty: nothing.
	Severity string
	// Problems says what of the body was not understood, and why.
	Problems []string
	// Redacted counts what the gate took out of title and body, by kind.
	Redacted map[string]int
}

func (s Snapshot) has(label string) bool {
	for _, l := range s.Labels {
		if SameText(l, label) {
			return true
		}
	}
	return false
}

// Entry is one line of an incident's timeline, append-only.
type Entry struct {
	Seq      int64     `json:"seq"`
	At       time.Time `json:"at"`
	Recorded time.Time `json:"recorded"`
	By       Person    `json:"by"`
	Kind     EntryKind `json:"kind"`
	What     string    `json:"what"`
	// Item is the id of the checklist item that a tick is about, a severity's too; of
	// an assignment, the login.
	Item string `json:"item,omitempty"`
	// Unticked says that the item was unticked, or the assignment taken off.
	Unticked bool   `json:"unticked,omitempty"`
	URL      string `json:"url,omitempty"`
	Delivery string `json:"delivery,omitempty"`
}

// EntryKind says what an entry is about, for marking and folding.
type EntryKind string

// The kinds of entries.
const (
	EntryDeclared  EntryKind = "declared"
	EntrySeverity  EntryKind = "severity"
	EntryPhase     EntryKind = "phase"
	EntryTick      EntryKind = "tick"
	EntryNote      EntryKind = "note"
	EntryContent   EntryKind = "content"
	EntryTime      EntryKind = "time"
	EntryDetected  EntryKind = "detected"
	EntryMitigated EntryKind = "mitigated"
	EntryResolved  EntryKind = "resolved"
	EntryRole      EntryKind = "role"
	EntryAssigned  EntryKind = "assigned"
	EntryState     EntryKind = "state"
	EntryAction    EntryKind = "action"
	EntryPublished EntryKind = "published"
	EntryProblem   EntryKind = "problem"
)

// Effect is one thing about GitHub that may no longer match the incident. It
// names what to look at, never what to write: an effect reads the incident as
// it is when it runs.
type Effect struct {
	Kind EffectKind `json:"kind"`
	Key  Key        `json:"key"`
	// Delivery is the id of the delivery that led to it, for the log.
	Delivery string `json:"delivery,omitempty"`
	// At is when it was asked for: what it made before is not older.
	At time.Time `json:"at,omitzero"`
	// After is the earliest time to run; zero is now.
	After time.Time `json:"after,omitzero"`
	// Comment is the comment that feedback and replies belong to; 0 is the issue.
	Comment int64 `json:"comment,omitempty"`
	// Reaction is GitHub's name of the reaction that feedback gives.
	Reaction string `json:"reaction,omitempty"`
	// Text is the reply, safe to post; for a mend, what a person saved, as it was.
	Text string `json:"text,omitempty"`
	// Wrote is the hash of what overwrote a mend's Text, Happened is when.
	Wrote    string    `json:"wrote,omitempty"`
	Happened time.Time `json:"happened,omitzero"`
	// Again says that it was given up before and is run again since what stood in
	// the way may be gone.
	Again bool `json:"again,omitempty"`
}

// EffectKind names an effect; each has a file of its own in internal/effects.
type EffectKind string

// The effects.
const (
	EffectChecklist EffectKind = "checklist"
	EffectLabels    EffectKind = "labels"
	EffectFeedback  EffectKind = "feedback"
	EffectReply     EffectKind = "reply"
	EffectPublish   EffectKind = "publish"
	EffectNotice    EffectKind = "notice"
	EffectMend      EffectKind = "mend"
	EffectPage      EffectKind = "page"
)

// GitHub's reactions as Firebreak uses them.
const (
	ReactionSeen    = "eyes"
	ReactionDone    = "+1"
	ReactionRefused = "confused"
	ReactionFailed  = "-1"
)
