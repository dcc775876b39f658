package workflow

import (
	"slices"
	"strings"
	"time"
)

// PageEdit is one edit of a wiki page by a person that was not looked at yet.
type PageEdit struct {
	// Page is the page's name as the wiki tells it, SHA the commit.
	Page string `json:"page"`
	SHA  string `json:"sha"`
	By   Person `json:"by"`
	// May says that they have write permission: what they add to the action items
	// counts.
	May bool `json:"may,omitempty"`
	// Tell says that they are no stranger: if what they add is not taken, it is said.
	Tell bool      `json:"tell,omitempty"`
	At   time.Time `json:"at"`
}

// maxEdits bounds the edits that wait to be looked at. One that does not fit is
// not looked at: what it adds is not taken.
const maxEdits = 100

// SamePage says whether two names mean one page to a wiki: case does not count,
// and hyphen and space are one.
func SamePage(a, b string) bool {
	key := func(name string) string { return strings.ReplaceAll(strings.ToLower(name), "-", " ") }
	return key(a) == key(b)
}

// InWiki says whether the incident's post-mortem is in the wiki, and is looked
// after there.
func (i Incident) InWiki() bool {
	p := i.Postmortem
	return i.Active && !i.Departed() && !p.PublishedAt.IsZero() && p.Store == StoreWiki && p.Page != ""
}

// PageEdited says that a person edited a wiki page: the incident's own, or one
// that may be the page of some incident under another name.
type PageEdited struct {
	Page, SHA string
	// May says that they have write permission.
	May bool
	// Tell says that they are no stranger.
	Tell bool
	// Moved says that it is known to be the incident's own under another name.
	Moved bool
}

func (e PageEdited) apply(d *decision) {
	if !d.inc.InWiki() {
		return
	}
	p := &d.inc.Postmortem
	if len(p.Edits) < maxEdits {
		p.Edits = append(p.Edits, PageEdit{Page: e.Page, SHA: e.SHA, By: d.meta.By, May: e.May, Tell: e.Tell, At: d.meta.At})
	}
	d.want(Effect{Kind: EffectPage})
	if e.Moved || SamePage(e.Page, p.Page) {
		d.stale()
	}
}

// looked takes edits off the list of those that wait.
func (p *Postmortem) looked(edits []PageEdit) {
	p.Edits = slices.DeleteFunc(p.Edits, func(have PageEdit) bool {
		return slices.ContainsFunc(edits, func(e PageEdit) bool {
			return e.SHA == have.SHA && e.Page == have.Page && e.By == have.By && e.At.Equal(have.At)
		})
	})
}
