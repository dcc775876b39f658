package workflow

import (
	"slices"
	"time"
)

// Evidence is what GitHub shows around an incident that no delivery tells of:
// pull requests that name it, and deployments while it went on. It is asked for
// when the post-mortem is, and read as it was then. Texts are past the gate.
type Evidence struct {
	// AsOf is the newest request, or close, that it was gathered for; zero: never.
	// Comments are those that asked.
	AsOf     time.Time `json:"asOf,omitzero"`
	Comments []int64   `json:"comments,omitempty"`
	// PullRequests are those of the incident's own repository; Elsewhere counts
	// others, of which nothing is told: not everybody who reads the page may read them.
	PullRequests []PullRequest `json:"pullRequests,omitempty"`
	Elsewhere    int           `json:"elsewhere,omitempty"`
	// Commit is the one whose message closed the issue last; zero: none did.
	Commit Commit `json:"commit,omitzero"`
	// Deployments are the newest within Window, newest first.
	Deployments []Deployment `json:"deployments,omitempty"`
	// Ungranted says that the installation may not read deployments; Told that
	// somebody was told so.
	Ungranted bool `json:"ungranted,omitempty"`
	Told      bool `json:"told,omitempty"`
	// Problem is a sentence on what could not be read; empty: all was.
	Problem string `json:"problem,omitempty"`
	// Redacted counts what the gate took out of its texts, by kind.
	Redacted map[string]int `json:"redacted,omitempty"`
}

// PullRequest is one that names the incident.
type PullRequest struct {
	ID     int64  `json:"id"`
	Number int    `json:"number"`
	Title  string `json:"title"`
	URL    string `json:"url"`
	Author Person `json:"author"`
	// State is "open", "draft", "merged" or "closed"; At is since when, for the
	// first two when it was opened.
	State string    `json:"state"`
	At    time.Time `json:"at"`
	// Fix says that it was merged and closed the incident, or says that it closes it.
	Fix bool `json:"fix,omitempty"`
}

// PullMerged is the State of a pull request that was merged.
const PullMerged = "merged"

// Commit is one of the incident's repository that closed the issue.
type Commit struct {
	SHA string    `json:"sha"`
	At  time.Time `json:"at"`
}

// Deployment is one of the incident's repository.
type Deployment struct {
	ID          int64     `json:"id"`
	Environment string    `json:"environment"`
	Ref         string    `json:"ref"`
	By          Person    `json:"by"`
	At          time.Time `json:"at"`
	// State is GitHub's word for how it went; empty: not known.
	State string `json:"state,omitempty"`
	// URL leads to what was deployed, or to the log of it.
	URL string `json:"url,omitempty"`
}

// Settled says that a deployment's state does not change any more, but for being
// replaced by the next.
func (d Deployment) Settled() bool {
	return d.State == "success" || d.State == "failure" || d.State == "error"
}

// The bounds of where deployments are looked for.
const (
	beforeStarted  = time.Hour
	beforeDetected = 24 * time.Hour
	longestWindow  = 7 * 24 * time.Hour
)

// Window returns from when to when deployments bear on the incident: from an hour
// before it started, since what causes it comes first, or a day before it was
// detected where its start is not known; until it was resolved, or now; at most
// seven days.
func (i Incident) Window(now time.Time) (from, to time.Time) {
	from = i.DetectedAt().Add(-beforeDetected)
	if started := i.StartedAt(); !started.IsZero() {
		from = started.Add(-beforeStarted)
	}
	to = first(i.ResolvedAt(), now)
	if last := from.Add(longestWindow); to.After(last) {
		to = last
	}
	return from, to
}

// Occasion is why evidence is gathered: the newest request for the post-mortem, or
// the close since, and the comments that wait for the answer.
type Occasion struct {
	At       time.Time
	Comments []int64
}

// GatherFor returns why evidence is to be gathered now. False: it was, for all who
// asked and for the close. Bringing a page up to date asks for nothing.
func (i Incident) GatherFor() (Occasion, bool) {
	why := Occasion{At: i.Postmortem.AskedAt}
	if i.Closed && i.ClosedAt.After(why.At) {
		why.At = i.ClosedAt
	}
	due := why.At.After(i.Evidence.AsOf)
	for _, r := range i.Postmortem.Requests {
		why.Comments = append(why.Comments, r.Comment)
		due = due || !slices.Contains(i.Evidence.Comments, r.Comment)
	}
	return why, due
}

// Gathered says what GitHub shows around the incident now. It replaces what was
// known, so that it may be told twice; what could not be read stays as it was.
type Gathered struct {
	// For is GatherFor as it was when it was gathered.
	For Occasion
	// Pulls says that the pull requests were read.
	Pulls        bool
	PullRequests []PullRequest
	Elsewhere    int
	Commit       Commit
	// Deployed says that the deployments were read, Ungranted that they may not be.
	Deployed    bool
	Deployments []Deployment
	Ungranted   bool
	Problem     string
	Redacted    map[string]int
}

func (e Gathered) apply(d *decision) {
	is := &d.inc.Evidence
	if e.For.At.Before(is.AsOf) {
		return
	}
	is.AsOf, is.Comments = e.For.At, e.For.Comments
	is.Problem, is.Redacted = e.Problem, e.Redacted
	if e.Pulls {
		is.PullRequests, is.Elsewhere, is.Commit = e.PullRequests, e.Elsewhere, e.Commit
	}
	if e.Ungranted || e.Deployed {
		is.Deployments, is.Ungranted = e.Deployments, e.Ungranted
	}
	is.Told = is.Told && is.Ungranted
}

// Untold returns sentences on what the evidence lacks, for whoever asked: a
// missing permission is told once.
func (i Incident) Untold() []string {
	var out []string
	if e := i.Evidence; e.Ungranted && !e.Told {
		out = append(out, "Deployments are not on the timeline: this App's installation does not have the permission Deployments: read. "+
			"An owner can grant it in the App's installation settings.")
	}
	if i.Evidence.Problem != "" {
		out = append(out, i.Evidence.Problem)
	}
	return out
}
