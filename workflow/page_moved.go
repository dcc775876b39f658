package workflow

import "fmt"

// followed takes over the name that people gave the page in the wiki; false if
// it has the one that is known.
func (d *decision) followed(e Published) bool {
	p := &d.inc.Postmortem
	if e.Page == "" || e.Page == p.Page || p.Page == "" {
		return false
	}
	p.Page = e.Page
	d.note(EntryPublished, "post-mortem found under the name it has now in the wiki: "+e.URL)
	return true
}

// relink has the follow-ups' links brought up to date by the next publish, as
// each kept text is: they lead to where the page was.
func (d *decision) relink() {
	opened := false
	for n := range d.inc.Actions {
		d.inc.Actions[n].Issue.Siblings = ""
		opened = opened || d.inc.Actions[n].Opened()
	}
	if opened {
		d.stale()
	}
}

// missing notes that people deleted the page, or that it is there again.
func (d *decision) missing(e Published) {
	p := &d.inc.Postmortem
	if e.Missing && !p.Missing {
		d.note(EntryProblem, "the post-mortem's page was deleted in the wiki; comment /postmortem to write it again")
	}
	p.Missing = e.Missing
}

// found says what was found in the wiki, to those who asked.
func (e Published) found() []string {
	var parts []string
	if e.Renamed {
		parts = append(parts, "The page was renamed in the wiki; it stays under its new name, and the links to it follow.")
	}
	if e.Revived {
		parts = append(parts, "The page had been deleted in the wiki; it was written again.")
	}
	if e.Joined {
		parts = append(parts, "A page of that name was there before. What it says stays, and the post-mortem was added to it.")
	}
	if e.Files > 0 {
		parts = append(parts, fmt.Sprintf("The wiki has %d files. GitHub's wikis are made for %d: beyond, pages may not be shown. Take out what is not needed any longer.", e.Files, WikiFiles))
	}
	return parts
}

// WikiFiles is how many files GitHub says a wiki is made for, a soft limit.
const WikiFiles = 5_000
