package workflow

// overtaken has the post-mortem written again if what was just heard happened
// before somebody asked for it: it belongs there.
func (d *decision) overtaken() {
	if d.meta.Issue == nil || !d.changed || !d.askedSince() {
		return
	}
	d.outOfDate()
}

// askedSince says whether somebody asked for the post-mortem after the event.
func (d *decision) askedSince() bool { return d.meta.At.Before(d.inc.Postmortem.AskedAt) }
