package workflow

// Assigned says that somebody was assigned to the incident's issue, or taken off
// it. GitHub's assignees are no roles: who leads is said by a command.
type Assigned struct {
	// Login is whose the assignment is.
	Login string
	// Off says that it was taken off.
	Off bool
}

func (e Assigned) apply(d *decision) {
	if e.Login == "" || d.heard() {
		return
	}
	what := "assigned to @" + e.Login
	if e.Off {
		what = "no longer assigned to @" + e.Login
	}
	d.note(EntryAssigned, what)
	last := &d.entries[len(d.entries)-1]
	last.Item, last.Unticked = e.Login, e.Off
}
