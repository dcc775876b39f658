package workflow

import (
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/workflow/command"
)

// maxActions bounds the action items of one incident.
const maxActions = 200

// runAction adds an action item. The same words twice are one item.
func runAction(d *decision, e Commanded, c command.Command, _ *answer) string {
	for _, a := range d.inc.Actions {
		if SameText(a.Text, c.Action.Text) {
			return "This action item is on the list already" + where(a) + "."
		}
	}
	if len(d.inc.Actions) >= maxActions {
		return fmt.Sprintf("There are %d action items already, which is the most kept for one incident.", maxActions)
	}
	a := NewAction(c.Action)
	a.ID = fmt.Sprintf("c%d-%d", e.Comment, c.Line)
	a.By, a.At, a.Late = d.meta.By, d.meta.At, d.askedSince()
	a.Priority = orElse(a.Priority, d.inc.Severity)
	d.inc.Actions = inOrder(d.inc.Actions, a, Action.after)
	d.note(EntryAction, "action item: "+a.Text)
	return ""
}

func where(a Action) string {
	if a.Opened() {
		return fmt.Sprintf(": #%d", a.Issue.Number)
	}
	return "; `/postmortem` opens its follow-up"
}

// NewAction makes an action item of what the parser read.
func NewAction(p command.Action) Action {
	return Action{Kind: p.Kind, Text: p.Text, Owner: p.Owner, Priority: p.Priority, Due: p.Due}
}

// takeActions brings the action items of the issue's own list up to date.
// Items whose follow-up is open are kept as they are; a reworded item keeps
// its identity, so that it does not open a second follow-up.
func (d *decision) takeActions(list []Action) {
	var fresh []Action
	for _, a := range list {
		if !d.hasAction(a.Text) && !hasText(fresh, a.Text) {
			fresh = append(fresh, a)
		}
	}
	d.dropUnlisted(list, &fresh)
	for _, a := range fresh {
		if len(d.inc.Actions) >= maxActions {
			return
		}
		d.inc.Actions = append(d.inc.Actions, d.named(a))
		d.changed = true
	}
}

// named gives an item of the body an id that no other item has or ever had: a
// follow-up opened for another must not be taken for its own.
func (d *decision) named(a Action) Action {
	a.FromBody, a.By, a.At, a.Late = true, d.meta.By, d.meta.At, d.askedSince()
	d.inc.Named++
	a.ID = fmt.Sprintf("b%d", d.inc.Named)
	return a
}

// dropUnlisted handles the items that are no longer in the issue's list: each
// takes over the new item that is worded most like it, else it goes, unless
// its follow-up exists.
func (d *decision) dropUnlisted(list []Action, fresh *[]Action) {
	kept := d.inc.Actions[:0]
	for _, a := range d.inc.Actions {
		if !a.FromBody || hasText(list, a.Text) {
			kept = append(kept, a)
			continue
		}
		d.changed = true
		if n := likest(a.Text, *fresh); n >= 0 {
			f := (*fresh)[n]
			a.Text, a.Kind, a.Owner, a.Due, a.Priority = f.Text, f.Kind, f.Owner, f.Due, f.Priority
			*fresh = append((*fresh)[:n], (*fresh)[n+1:]...)
			kept = append(kept, a)
		} else if a.Opened() {
			kept = append(kept, a)
		}
	}
	d.inc.Actions = kept
}

func (d *decision) hasAction(text string) bool { return hasText(d.inc.Actions, text) }

func hasText(list []Action, text string) bool {
	for _, a := range list {
		if SameText(a.Text, text) {
			return true
		}
	}
	return false
}

// likest returns the index of the item that shares the most words with a text,
// at least half of them; -1 if there is none.
func likest(text string, list []Action) int {
	best, at := 0.5, -1
	for n, a := range list {
		if s := overlap(text, a.Text); s >= best {
			best, at = s, n
		}
	}
	return at
}

// overlap returns the share of words that two texts have in common, 0 to 1.
func overlap(a, b string) float64 {
	words := map[string]bool{}
	for _, w := range strings.Fields(strings.ToLower(a)) {
		words[w] = true
	}
	other := strings.Fields(strings.ToLower(b))
	common := 0
	for _, w := range other {
		if words[w] {
			common++
		}
	}
	if n := max(len(words), len(other)); n > 0 {
		return float64(common) / float64(n)
	}
	return 0
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
