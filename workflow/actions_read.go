package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// MaxFromPage bounds how many action items one edit of the page adds.
const MaxFromPage = 30

// maxForeign bounds how many items of people without write permission are
// remembered. Beyond, nothing more is taken from the page: forgetting one would
// let it in by a later edit.
const maxForeign = 500

// ActionsRead is what came of looking at edits of the page.
type ActionsRead struct {
	// Edits are those that were looked at.
	Edits []PageEdit
	// Items are the action items that people with write permission added and that
	// are there still, with By, At and FromPage.
	Items []Action
	// Foreign are the fingerprints of those that others added.
	Foreign []string
	// Moved says that one of the edits was of the incident's page under a name that
	// is not known yet.
	Moved bool
	// Problems are sentences for people: what was not taken, and why.
	Problems []string
}

func (e ActionsRead) apply(d *decision) {
	p := &d.inc.Postmortem
	p.looked(e.Edits)
	d.remember(e.Foreign)
	added := false
	for _, a := range e.Items {
		added = d.takeFromPage(a) || added
	}
	for _, problem := range e.Problems {
		d.note(EntryProblem, problem)
	}
	if added || e.Moved {
		d.stale()
	}
}

// remember keeps what people without write permission added, until somebody with
// it takes it by a command: what they wrote counts no more for coming back by
// another person's edit, such as one that takes back what was deleted.
func (d *decision) remember(foreign []string) {
	p := &d.inc.Postmortem
	for _, f := range foreign {
		if len(p.Foreign) < maxForeign && !slices.Contains(p.Foreign, f) {
			p.Foreign = append(p.Foreign, f)
		}
	}
}

// takeFromPage makes an item of the page an action item; false if it is one
// already, or must not be one.
func (d *decision) takeFromPage(a Action) bool {
	p := &d.inc.Postmortem
	switch {
	case d.hasAction(a.Text):
		return false
	case len(p.Foreign) >= maxForeign:
		d.note(EntryProblem, "not taken from the post-mortem's page: “"+a.Text+"”. People without write permission wrote too much there for telling who wrote what; `/incident action` takes it")
		return false
	case slices.Contains(p.Foreign, TextPrint(a.Text)):
		d.note(EntryProblem, "not taken from the post-mortem's page: “"+a.Text+"”. Somebody without write permission wrote it first; `/incident action` takes it")
		return false
	case len(d.inc.Actions) >= maxActions:
		d.note(EntryProblem, fmt.Sprintf("not taken from the post-mortem's page: “%s”. There are %d action items already, which is the most kept for one incident", a.Text, maxActions))
		return false
	}
	d.inc.FromPage++
	a.ID = fmt.Sprintf("w%d", d.inc.FromPage)
	a.Late = true
	a.Priority = orElse(a.Priority, d.inc.Severity)
	d.inc.Actions = append(d.inc.Actions, a)
	d.entries = append(d.entries, Entry{
		At: a.At, Recorded: d.meta.Now, By: a.By, Kind: EntryAction, What: "action item, in the wiki: " + a.Text,
		URL: p.URL, Delivery: d.meta.Delivery,
	})
	d.changed = true
	return true
}

// TextPrint is a fingerprint of an action item's words; case and spacing do not
// count.
func TextPrint(text string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.Join(strings.Fields(text), " "))))
	return hex.EncodeToString(sum[:8])
}
