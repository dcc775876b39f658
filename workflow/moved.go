package workflow

// Moved says where an incident's repository is now, as a look at it showed: it
// has another name or owner, or the App was installed anew. The number
// stays.
type Moved struct {
	To Place
}

func (e Moved) apply(d *decision) {
	p := &d.inc.Place
	p.Installation, p.Owner, p.Repo, p.Private = e.To.Installation, e.To.Owner, e.To.Repo, e.To.Private
	// News from before it moved may still arrive and must not lead back.
	if d.meta.At.After(d.inc.PlaceAt) {
		d.inc.PlaceAt = d.meta.At
	}
}
