package workflow

import (
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// request asks for the post-mortem to be published. The page's name is fixed
// the first time, so that follow-ups can link to it before it exists.
func (d *decision) request(r Request) {
	p := &d.inc.Postmortem
	if p.Page == "" {
		p.Page = postmortem.PageName(d.inc.Place.Number, d.inc.Title)
	}
	p.Requests = append(p.Requests, r)
	if r.At.After(p.AskedAt) {
		p.AskedAt = r.At
	}
	d.want(Effect{Kind: EffectPublish})
}

// stale notes that a published page no longer shows the facts and asks for it
// to be brought up to date once the burst of changes is over.
func (d *decision) stale() {
	p := &d.inc.Postmortem
	if p.PublishedAt.IsZero() || p.Page == "" {
		return
	}
	d.outOfDate()
}

// outOfDate notes one more change in the burst that the page does not show.
func (d *decision) outOfDate() {
	p := &d.inc.Postmortem
	if p.StaleSince.IsZero() {
		p.StaleFirst = d.meta.Now
	}
	p.StaleSince = d.meta.Now
	d.want(Effect{Kind: EffectPublish, After: p.Due(d.rules.Quiet)})
}

// shown notes up to which change the page shows the facts. What came while it was
// written is a burst of its own: it may have looked for its time before.
func (d *decision) shown(asOf time.Time) {
	p := &d.inc.Postmortem
	switch {
	case p.StaleSince.Equal(asOf):
		p.StaleSince, p.StaleFirst = zeroTime, zeroTime
	case !p.StaleSince.IsZero() && p.StaleFirst.Before(asOf):
		p.StaleFirst = asOf
		d.want(Effect{Kind: EffectPublish, After: p.Due(d.rules.Quiet)})
	}
}

// Published is the outcome of a publish: a store holds the post-mortem.
type Published struct {
	Store  string
	URL    string
	Commit string
	// Page is the wiki page's name as people have it now, empty if there is none;
	// Blob is git's id of its content.
	Page, Blob string
	// Missing says that people deleted the page and nobody has asked for it since;
	// Revived that they had, and it was written again.
	Missing, Revived bool
	// Joined says that a page of that name was there before the first publish.
	Joined bool
	// Files is how many files the wiki has, if that is nearly too many.
	Files  int
	Filled []string
	// Kept names the sections that hold what people wrote, Deleted what they took
	// out and what stays out. Left is what people's text stands in the way of.
	Kept, Deleted []string
	Left          []postmortem.Left
	// Open says that the page was left alone, since a code fence or an HTML comment
	// in it is not closed.
	Open bool
	// Found counts by kind what people's words in the page hold that Firebreak
	// would have redacted; it is told, and left to them.
	Found map[string]int
	// Unchanged says that the store held this very text already.
	Unchanged bool
	// CommentID is the comment that stands in for the wiki page.
	CommentID int64
	// Waiting is why the wiki does not hold it, empty if it does. Remedy says
	// what a person can do about it. Both are told once, when they are news.
	Waiting, Remedy string
	// Again says that action items still have no issue and are tried again.
	Again bool
	// More says that action items which nobody has to ask for are left to the next
	// publish.
	More bool
	// AsOf is the incident's StaleSince that this publish shows.
	AsOf time.Time
	// Renamed says that people renamed the page; it follows from Page.
	Renamed bool
	// Answered are the requests that it answers.
	Answered []Request
	// Problems are sentences for those who asked, such as which items have no
	// issue and why; Incomplete says that some have none.
	Problems   []string
	Incomplete bool
}

func (e Published) apply(d *decision) {
	p := &d.inc.Postmortem
	if p.Waiting == e.Waiting {
		e.Remedy = ""
	}
	d.firstPublish(e)
	e.Renamed = d.followed(e)
	d.missing(e)
	p.Store, p.URL, p.Filled = e.Store, e.URL, e.Filled
	p.Commit, p.Blob = orElse(e.Commit, p.Commit), orElse(e.Blob, p.Blob)
	p.Crowded = p.Crowded || e.Files > 0
	if e.CommentID != 0 {
		p.CommentID = e.CommentID
	}
	d.wait(e)
	p.Untold = withNews(p.Untold, e.Left)
	if !e.Again {
		d.shown(e.AsOf)
		d.inc.Evidence.Told = d.inc.Evidence.Ungranted && (d.inc.Evidence.Told || len(e.Answered) > 0)
		if e.More {
			d.outOfDate()
		}
		d.answer(e)
		p.Failed = nil
	}
	if e.Renamed {
		d.relink()
	}
}

func (d *decision) firstPublish(e Published) {
	p := &d.inc.Postmortem
	if e.Missing {
		return
	}
	if p.PublishedAt.IsZero() || !e.Unchanged && len(e.Answered) > 0 {
		d.note(EntryPublished, "post-mortem published: "+e.URL)
	}
	if p.PublishedAt.IsZero() {
		p.PublishedAt = d.meta.Now
		d.changed = true
	}
}

// wait keeps why the wiki cannot hold the document, and when it is tried again.
func (d *decision) wait(e Published) {
	p := &d.inc.Postmortem
	if e.Waiting == "" {
		p.Waiting, p.WaitingSince, p.RetryAt = "", zeroTime, zeroTime
		return
	}
	if p.Waiting == "" {
		p.WaitingSince = d.meta.Now
		d.note(EntryProblem, e.Waiting)
	}
	p.Waiting = e.Waiting
	p.RetryAt = p.nextTry(d.meta.Now)
	d.want(Effect{Kind: EffectPublish, After: p.RetryAt})
}

// answer tells those who asked what came of it.
func (d *decision) answer(e Published) {
	told := false
	for _, r := range e.Answered {
		if !d.settle(r.Comment) {
			continue
		}
		told = true
		d.reply(r.Comment, r.Text, e.reply(d.inc.Postmortem.Untold, redacted(d.inc)))
		if r.Refused || e.Incomplete {
			d.feedback(r.Comment, ReactionRefused)
		} else {
			d.feedback(r.Comment, ReactionDone)
		}
	}
	if told {
		d.inc.Postmortem.Untold = nil
	}
}

// settle takes a request off the list; false if it was answered before.
func (d *decision) settle(comment int64) bool {
	p := &d.inc.Postmortem
	for n, r := range p.Requests {
		if r.Comment == comment {
			p.Requests = append(p.Requests[:n], p.Requests[n+1:]...)
			return true
		}
	}
	return false
}

// PublishFailed says that no store could be given the post-mortem, after all
// attempts.
type PublishFailed struct {
	Answered []Request
	// Reason is a sentence for people; it names no internals.
	Reason string
}

func (e PublishFailed) apply(d *decision) {
	for _, r := range e.Answered {
		if d.settle(r.Comment) {
			d.feedback(r.Comment, ReactionFailed)
			d.reply(r.Comment, r.Text, e.Reason)
			d.inc.Postmortem.Failed = append(d.inc.Postmortem.Failed, r)
		}
	}
}

// PublishRetried says that what stood in the way of a publish may be gone: those
// who were told that there will be none wait again.
type PublishRetried struct{}

func (PublishRetried) apply(d *decision) {
	p := &d.inc.Postmortem
	p.Requests, p.Failed = append(p.Requests, p.Failed...), nil
}

// WikiTouched says that somebody edited the repository's wiki: one that could
// not be had may be there now.
type WikiTouched struct{}

func (WikiTouched) apply(d *decision) {
	p := &d.inc.Postmortem
	if p.Waiting == "" {
		return
	}
	p.RetryAt = d.meta.Now
	d.want(Effect{Kind: EffectPublish})
}
