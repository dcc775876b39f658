package workflow

import (
	"net/url"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// Postmortem is what is known of the incident's post-mortem.
type Postmortem struct {
	// Page is the wiki page's name, fixed when it is first asked for. Where people
	// rename the page, it is what they call it.
	Page string `json:"page,omitempty"`
	// Requests are the comments whose /postmortem is not answered yet.
	Requests []Request `json:"requests,omitempty"`
	// Failed are those that were told that there will be none: they are taken up
	// again when what stood in the way is gone.
	Failed []Request `json:"failed,omitempty"`
	// PublishedAt is when a store first held it; Store is "wiki" or "issue".
	PublishedAt time.Time `json:"publishedAt,omitzero"`
	Store       string    `json:"store,omitempty"`
	URL         string    `json:"url,omitempty"`
	Commit      string    `json:"commit,omitempty"`
	// Blob is git's id of the page as it was published.
	Blob string `json:"blob,omitempty"`
	// Missing says that people deleted the page: it stays away until somebody asks
	// for it.
	Missing bool `json:"missing,omitempty"`
	// Crowded says that somebody was told how many files the wiki has.
	Crowded bool `json:"crowded,omitempty"`
	// Filled names the sections that say something.
	Filled []string `json:"filled,omitempty"`
	// Untold is what people's text on the page stands in the way of and nobody who
	// asked has been told yet, the newest last.
	Untold []postmortem.Left `json:"untold,omitempty"`
	// Waiting is why the wiki does not hold it; empty when it does.
	Waiting      string    `json:"waiting,omitempty"`
	WaitingSince time.Time `json:"waitingSince,omitzero"`
	// RetryAt is when the wiki is tried again while it is waited for.
	RetryAt time.Time `json:"retryAt,omitzero"`
	// CommentID is the comment that stands in for the page.
	CommentID int64 `json:"commentId,omitempty"`
	// AskedAt is when somebody asked last.
	AskedAt time.Time `json:"askedAt,omitzero"`
	// StaleSince is the last change that a published page does not show yet,
	// StaleFirst the first.
	StaleSince time.Time `json:"staleSince,omitzero"`
	StaleFirst time.Time `json:"staleFirst,omitzero"`
	// Edits are those of the page, by people, that were not looked at yet.
	Edits []PageEdit `json:"edits,omitempty"`
	// Foreign are the fingerprints of action items that people without write
	// permission wrote into the page.
	Foreign []string `json:"foreign,omitempty"`
}

// latest is how long after the first change a published page shows it at the
// latest, however many come after it.
const latest = 50 * time.Second

// Due returns when a published page is to be brought up to date: quiet after the
// last change that it does not show, at most six times that and 50 seconds after
// the first. Zero: it shows all.
func (p Postmortem) Due(quiet time.Duration) time.Time {
	if p.StaleSince.IsZero() {
		return time.Time{}
	}
	due := p.StaleSince.Add(quiet)
	if end := first(p.StaleFirst, p.StaleSince).Add(min(6*quiet, latest)); end.Before(due) {
		return end
	}
	return due
}

// Request is one /postmortem waiting for its outcome.
type Request struct {
	// Comment is the comment's id; 0 stands for the issue's own body.
	Comment int64     `json:"comment"`
	At      time.Time `json:"at"`
	By      Person    `json:"by"`
	// Text is what the comment's other commands have to be answered.
	Text string `json:"text,omitempty"`
	// Refused says that other commands of the same comment were refused, so
	// that success is 😕 rather than 👍.
	Refused bool `json:"refused,omitempty"`
}

// Where a post-mortem is kept.
const (
	StoreWiki  = "wiki"
	StoreIssue = "issue"
)

// PageURL returns where a wiki page is read, beside the incident's issue.
func (p Place) PageURL(page string) string {
	if base := p.RepositoryURL(); base != "" {
		return base + "/wiki/" + escaped(page)
	}
	return ""
}

// escaped is a page's name as GitHub has it in URLs. People may call a page
// anything; nothing of it is to be read as another part of a URL, or a mention.
func escaped(page string) string {
	page = url.PathEscape(strings.ReplaceAll(page, " ", "-"))
	return strings.ReplaceAll(page, "@", "%40")
}

// RepositoryURL returns where the repository is read.
func (p Place) RepositoryURL() string {
	end := strings.LastIndex(p.URL, "/issues/")
	if end < 0 {
		return ""
	}
	return p.URL[:end]
}

// nextTry returns when a wiki that could not be had is tried again: each half
// minute for ten minutes, hourly from then on.
func (p Postmortem) nextTry(now time.Time) time.Time {
	if now.Sub(p.WaitingSince) < 10*time.Minute {
		return now.Add(30 * time.Second)
	}
	return now.Add(time.Hour)
}
