package workflow

import (
	"fmt"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// Home is the repository of a follow-up that is not in its incident's.
type Home struct {
	Repository int64  `json:"repository"`
	Owner      string `json:"owner"`
	Repo       string `json:"repo"`
}

// Marker is what hidden markers call the incident: the key it was declared
// under, for ever. What was written before a transfer is found by it afterwards.
func (i Incident) Marker() Key {
	if i.Origin != (Key{}) {
		return i.Origin
	}
	return i.Key
}

// Ref is how other repositories' texts refer to the issue, "acme/shop#42".
func (p Place) Ref() string { return fmt.Sprintf("%s/%s#%d", p.Owner, p.Repo, p.Number) }

// Transferred says that the issue was transferred to another repository that the
// App is installed on. It has another id and number there; the incident goes on.
type Transferred struct {
	To    Key
	Place Place
	// Labeled says that it is known to have carried the incident label then, so
	// that older news of the label does not count.
	Labeled bool
}

func (e Transferred) apply(d *decision) {
	if d.inc.Key == e.To || d.inc.Departure.Why == DepartedDeleted {
		return
	}
	was := d.inc.Place
	if d.inc.Origin == (Key{}) {
		d.inc.Origin = d.inc.Key
	}
	d.leaveFollowUps(e.To)
	d.inc.Key, d.inc.Departure = e.To, Departure{}
	d.inc.Place, d.inc.PlaceAt = e.Place, d.meta.At
	if e.Labeled && d.inc.Active && d.inc.ActiveAt.Before(d.meta.At) {
		d.inc.ActiveAt = d.meta.At
	}
	d.inc.Checklist.URL, d.inc.Checklist.Moved, d.inc.Checklist.Adopt = "", true, true
	d.inc.Labels.Written, d.inc.Labels.Moved = 0, true
	d.inc.Refused = nil // what stood in the way was there
	// Who reads the new page need not be allowed to read of the old repository.
	d.inc.Evidence = Evidence{}
	d.leavePage()
	d.note(EntryState, "moved here from "+was.Ref())
	d.relabel()
}

// leaveFollowUps keeps where the follow-ups are, which stay behind. Those that
// were left behind before may be at home again.
func (d *decision) leaveFollowUps(to Key) {
	for n := range d.inc.Actions {
		f := &d.inc.Actions[n].Issue
		switch {
		case f.ID == 0:
		case f.Home == (Home{}):
			f.Home = Home{Repository: d.inc.Key.Repository, Owner: d.inc.Place.Owner, Repo: d.inc.Place.Repo}
		case f.Home.Repository == to.Repository:
			f.Home = Home{}
		}
	}
}

// leavePage leaves a page where it is and as it is: what people wrote in a
// wiki stays in that wiki. The next /postmortem writes one in the wiki of where
// the incident is now, under a name of its number there; one that was asked for
// or that waits for a wiki goes there at once.
func (d *decision) leavePage() {
	p := &d.inc.Postmortem
	if p.Page == "" {
		return
	}
	p.Page, p.StaleSince, p.StaleFirst, p.Edits = "", zeroTime, zeroTime, nil
	p.Commit, p.Blob = "", ""
	if p.Store == StoreWiki {
		p.Store = "" // of the new repository's wiki nothing is known
	}
	if len(p.Requests) > 0 || p.Store == StoreIssue {
		p.Page = postmortem.PageName(d.inc.Place.Number, d.inc.Title)
		d.want(Effect{Kind: EffectPublish})
	}
}
