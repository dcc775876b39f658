package workflow

import (
	"fmt"
	"strings"
)

// Moved says where an incident's repository is now, as GitHub says or a look at
// it showed: it has another name or owner, or the App was installed anew. The
// issue's number stays. Of the place, the URL is not needed.
type Moved struct {
	To Place
}

func (e Moved) apply(d *decision) {
	to := d.inc.Place
	to.URL = to.renamed(e.To.Owner, e.To.Repo)
	to.Installation, to.Owner, to.Repo, to.Private = e.To.Installation, e.To.Owner, e.To.Repo, e.To.Private
	d.relocate(to)
	// News from before it moved may still arrive and must not lead back.
	if d.meta.At.After(d.inc.PlaceAt) {
		d.inc.PlaceAt = d.meta.At
	}
}

// renamed returns the issue's address once the repository is called otherwise.
func (p Place) renamed(owner, repo string) string {
	host, ok := strings.CutSuffix(p.RepositoryURL(), "/"+p.Owner+"/"+p.Repo)
	if !ok {
		return p.URL
	}
	return fmt.Sprintf("%s/%s/%s/issues/%d", host, owner, repo, p.Number)
}

// relocate makes addresses below the repository follow it, and what shows them.
// Links in people's text and on the timeline stay: GitHub redirects them.
func (d *decision) relocate(to Place) {
	was := d.inc.Place
	d.inc.Place = to
	from, base := was.RepositoryURL(), to.RepositoryURL()
	if from == "" || base == "" || strings.EqualFold(from, base) {
		return
	}
	follow := func(url *string) {
		if rest, below := strings.CutPrefix(*url, from+"/"); below {
			*url = base + "/" + rest
		}
	}
	follow(&d.inc.Checklist.URL)
	follow(&d.inc.Postmortem.URL)
	for n := range d.inc.Actions {
		follow(&d.inc.Actions[n].Issue.URL)
		d.inc.Actions[n].Issue.Siblings = "" // its links lead to the old address
	}
	d.note(EntryState, fmt.Sprintf("the repository is now %s/%s", to.Owner, to.Repo))
	d.stale()
}
