// Package workflow says what an incident is and what follows from an event. It
// is pure: no HTTP, no SQL, no clock. Handlers bring events in, effects make
// GitHub match what comes out.
package workflow

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Key identifies an incident for ever: GitHub's ids of the repository and of
// the issue. Names and numbers change when a repository is renamed or an issue
// is transferred; ids do not.
type Key struct {
	Repository int64 `json:"repository"`
	Issue      int64 `json:"issue"`
}

// String returns "repository/issue", the form used in hidden markers and logs.
func (k Key) String() string { return fmt.Sprintf("%d/%d", k.Repository, k.Issue) }

// ParseKey reads a key as String writes it.
func ParseKey(text string) (k Key, ok bool) {
	repository, issue, _ := strings.Cut(text, "/")
	k.Repository, _ = strconv.ParseInt(repository, 10, 64)
	k.Issue, _ = strconv.ParseInt(issue, 10, 64)
	return k, k.Repository > 0 && k.Issue > 0 && k.String() == text
}

// Place says where an incident is to be found now. Every event brings it up to
// date, so that a rename is followed.
type Place struct {
	Installation int64  `json:"installation"`
	Owner        string `json:"owner"`
	Repo         string `json:"repo"`
	Number       int    `json:"number"`
	Private      bool   `json:"private"`
	URL          string `json:"url"`
}

// Person is who did something. The zero value stands for nobody known.
type Person struct {
	ID    int64  `json:"id,omitempty"`
	Login string `json:"login,omitempty"`
	Bot   bool   `json:"bot,omitempty"`
}

// Mention returns the login as people write it, or "" for nobody.
func (p Person) Mention() string {
	if p.Login == "" {
		return ""
	}
	return "@" + p.Login
}

// Mark is the state of one checklist item.
type Mark struct {
	Ticked   bool      `json:"ticked"`
	At       time.Time `json:"at"`
	By       Person    `json:"by"`
	Evidence string    `json:"evidence,omitempty"`
	// Own says that Firebreak ticked it, from a fact that it knows.
	Own bool `json:"own,omitempty"`
}

// found says that the box was found ticked and nobody knows who ticked it.
func (m Mark) found() bool { return m.Ticked && !m.Own && m.By == Person{} }

// Incident is all that is known of one incident, except for its timeline,
// which the store keeps entry by entry.
type Incident struct {
	Key Key `json:"key"`
	// Origin is the key that it was declared under; zero unless it was
	// transferred since.
	Origin  Key   `json:"origin,omitzero"`
	Place   Place `json:"place"`
	Version int64 `json:"version"`

	// PlaceAt and TextAt are the times of the newest news of place and text.
	PlaceAt time.Time `json:"placeAt,omitzero"`
	TextAt  time.Time `json:"textAt,omitzero"`

	// HeardAt is up to when the incident was rebuilt from what GitHub shows of its
	// past; zero if it never was.
	HeardAt time.Time `json:"heardAt,omitzero"`
	// Departure says why the issue is gone; zero while it is there.
	Departure Departure `json:"departure,omitzero"`

	// Created is when the issue was opened; it may have become an incident later.
	Created  time.Time `json:"created"`
	Title    string    `json:"title"`
	Declarer Person    `json:"declarer"`
	Declared time.Time `json:"declared"`
	// Trusted says that somebody with triage permission stands behind it: the
	// declarer, or whoever classified it or gave a command.
	Trusted bool `json:"trusted"`
	// Active says that the incident label is on the issue.
	Active   bool      `json:"active"`
	ActiveAt time.Time `json:"activeAt"`
	Closed   bool      `json:"closed"`
	// ClosedAt is the time of the newest news of closing and reopening.
	ClosedAt time.Time `json:"closedAt,omitzero"`
	// ReopenedAt is when it was last reopened, Closes when it was closed since.
	ReopenedAt time.Time   `json:"reopenedAt,omitzero"`
	Closes     []time.Time `json:"closes,omitempty"`
	Severity   string      `json:"severity,omitempty"`
	SeverityAt time.Time   `json:"severityAt,omitzero"`
	Severities []Change    `json:"severities,omitempty"`
	// Asked is the phase, in Evidence, that a label asked for before any severity
	// was heard of, by whom and when; zero if none did.
	Asked Mark `json:"asked,omitzero"`

	Marks map[string]Mark   `json:"marks,omitempty"`
	Roles map[string]Person `json:"roles,omitempty"`

	Times   Times       `json:"times"`
	Summary string      `json:"summary,omitempty"`
	Systems string      `json:"systems,omitempty"`
	Impact  []Statement `json:"impact,omitempty"`
	Causes  []Statement `json:"causes,omitempty"`
	Lessons []Statement `json:"lessons,omitempty"`
	Body    Body        `json:"body"`
	Actions []Action    `json:"actions,omitempty"`
	// Said is when each of what can be said again was said last: a role, a time,
	// the summary. Older news of it does not undo newer.
	Said map[string]time.Time `json:"said,omitempty"`

	// Named counts the ids given to items of the body.
	Named int `json:"named,omitempty"`
	// FromPage counts those given to items that people added to the wiki page.
	FromPage int `json:"fromPage,omitempty"`

	Checklist  Checklist  `json:"checklist"`
	Labels     Labels     `json:"labels"`
	Postmortem Postmortem `json:"postmortem"`
	Evidence   Evidence   `json:"evidence,omitzero"`
	// Seen holds the comments whose commands ran, so that none runs twice.
	Seen map[int64]bool `json:"seen,omitempty"`
	// Failed holds those of which somebody was told that they did not run.
	Failed map[int64]bool `json:"failed,omitempty"`
	// Promoted holds what people put on the timeline of comments, so that nothing is
	// there twice.
	Promoted map[string]bool `json:"promoted,omitempty"`
	// Redacted counts what the gate took out of this incident's texts, by kind.
	Redacted map[string]int `json:"redacted,omitempty"`
	// Refused holds the effects that GitHub does not let be, and why.
	Refused map[EffectKind]Refusal `json:"refused,omitempty"`
}

// Statement is one of what people added to the post-mortem, in the order in
// which they did.
type Statement struct {
	At time.Time `json:"at"`
	// Comment is the comment that it was in; of two in one second, the later has
	// the higher number.
	Comment int64  `json:"comment,omitempty"`
	Text    string `json:"text"`
}

// Change is what somebody said of the severity; it changed nothing where From is
// To.
type Change struct {
	At   time.Time `json:"at"`
	From string    `json:"from,omitempty"`
	To   string    `json:"to,omitempty"`
	// Off is the severity that was taken off; empty where one was given.
	Off    string `json:"off,omitempty"`
	By     Person `json:"by"`
	Reason string `json:"reason,omitempty"`
}

// Times are the moments that durations count from. A zero time is not known.
type Times struct {
	Started      time.Time `json:"started,omitzero"`
	Detected     time.Time `json:"detected,omitzero"`
	Acknowledged time.Time `json:"acknowledged,omitzero"`
	// AcknowledgedBy is who did what counts as the acknowledgement.
	AcknowledgedBy Person `json:"acknowledgedBy,omitzero"`
	// Mitigated is as stated; Verified is when mitigate.verify was first ticked.
	Mitigated time.Time `json:"mitigated,omitzero"`
	Verified  time.Time `json:"verified,omitzero"`
	// Resolved is as stated; FirstClosed is when the issue was closed first
	// since it was last reopened.
	Resolved    time.Time `json:"resolved,omitzero"`
	FirstClosed time.Time `json:"firstClosed,omitzero"`
}

// MitigatedAt returns when it was mitigated: as stated, else the first
// verification; zero if neither.
func (i Incident) MitigatedAt() time.Time { return first(i.Times.Mitigated, i.Times.Verified) }

// ResolvedAt returns when it was resolved: as stated, else the first close.
func (i Incident) ResolvedAt() time.Time { return first(i.Times.Resolved, i.Times.FirstClosed) }

func first(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

// Known says whether the incident has been declared; the zero value has not.
func (i Incident) Known() bool { return !i.Declared.IsZero() }

// Body is what the issue's own text contributes.
type Body struct {
	Summary string   `json:"summary,omitempty"`
	Systems string   `json:"systems,omitempty"`
	Impact  []string `json:"impact,omitempty"`
	Causes  []string `json:"causes,omitempty"`
	Lessons []string `json:"lessons,omitempty"`
	// Started and Detected are as stated; zero: not.
	Started  time.Time `json:"started,omitzero"`
	Detected time.Time `json:"detected,omitzero"`
	Links    []Link    `json:"links,omitempty"`
	// Problems says which of it was not understood, and why.
	Problems []string `json:"problems,omitempty"`
	// Redacted counts what the gate took out of title and body, by kind.
	Redacted map[string]int `json:"redacted,omitempty"`
}

// Link is a place to read on. Text is plain, and may be empty.
type Link struct {
	Text string `json:"text,omitempty"`
	URL  string `json:"url"`
}

// Checklist is what is known of the checklist comment.
type Checklist struct {
	CommentID int64  `json:"commentId,omitempty"`
	URL       string `json:"url,omitempty"`
	// Shown is what the boxes showed when Firebreak wrote them last, and those known
	// to be ticked at any time since. Another that is found ticked is a tick not
	// heard of yet.
	Shown map[string]bool `json:"shown,omitempty"`
	// Writes are the last edits that Firebreak made of it, the newest last.
	Writes []Write `json:"writes,omitempty"`
	// FirstChange and LastChange bound the burst of changes not yet shown.
	FirstChange time.Time `json:"firstChange,omitzero"`
	LastChange  time.Time `json:"lastChange,omitzero"`
	// Gone says that a person deleted the comment.
	Gone bool `json:"gone,omitempty"`
	// Moved says that it came along with a transferred issue and was not met there
	// yet: its id may have changed.
	Moved bool `json:"moved,omitempty"`
	// Adopt says that ticks found in the comment count although no delivery
	// told of them: it was edited while Firebreak was stopped or unknowing.
	Adopt bool `json:"adopt,omitempty"`
}

// Due returns when a changed checklist is to be written: quiet after the last
// change, at most six times that after the first. Zero: nothing to write.
func (c Checklist) Due(quiet time.Duration) time.Time {
	if c.LastChange.IsZero() {
		return time.Time{}
	}
	due, latest := c.LastChange.Add(quiet), c.FirstChange.Add(6*quiet)
	if latest.Before(due) {
		return latest
	}
	return due
}

// Labels is what is known of the labels that Firebreak keeps.
type Labels struct {
	// WrittenAt is when they were written last; they are written at most once a
	// second.
	WrittenAt time.Time `json:"writtenAt,omitzero"`
	// Wanted counts how often the labels were found to need a look; Written is
	// the count that the last write answered, 0 while the repository's own labels
	// are to be looked at too. They differ while a look is owed.
	Wanted  int64 `json:"wanted,omitempty"`
	Written int64 `json:"written,omitempty"`
	// Moved says that the issue was transferred and its labels not written since:
	// one that is missing got lost on the way, the incident label too.
	Moved bool `json:"moved,omitempty"`
}
