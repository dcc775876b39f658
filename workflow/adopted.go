package workflow

import (
	"fmt"
	"slices"
	"strings"
)

// Adopted is an incident as it was rebuilt from what GitHub shows of its past. It
// is taken over only where nothing is known of the incident.
type Adopted struct {
	Incident Incident
	Entries  []Entry
	// Effects are those that somebody still waits for.
	Effects []Effect
}

func (Adopted) apply(*decision) {}

// takeOver starts with the incident that was rebuilt, and looks whether GitHub
// shows it.
func (d *decision) takeOver(e Adopted) bool {
	d.inc = e.Incident.clone()
	d.inc.Key = d.before.Key
	for _, entry := range e.Entries {
		entry.Recorded, entry.Delivery = d.meta.Now, d.meta.Delivery
		d.entries = append(d.entries, entry)
	}
	for _, effect := range e.Effects {
		d.want(effect)
	}
	if p := d.inc.Postmortem; len(p.Requests) > 0 || !p.StaleSince.IsZero() || p.Waiting != "" {
		d.want(Effect{Kind: EffectPublish, After: d.meta.Now.Add(d.rules.Quiet)})
	}
	d.changed = true
	return d.inc.Known()
}

// Replay lets the past of an incident happen once more, event by event in the
// order given, and returns what came of it. Nothing of it is to be carried out:
// it was, at its time. Effects returned are those it led to then.
func (r Rules) Replay(key Key, past []Step) Adopted {
	out := Adopted{Incident: Incident{Key: key}}
	for _, s := range past {
		s.Meta.Now = s.Meta.At
		is, o := r.Apply(out.Incident, s.Meta, s.Event)
		out.Incident = is
		out.Entries = append(out.Entries, o.Entries...)
		out.Effects = append(out.Effects, o.Effects...)
	}
	i := &out.Incident
	i.Labels = Labels{}
	i.Checklist.FirstChange, i.Checklist.LastChange = zeroTime, zeroTime
	return out
}

// Recalled ends the replay of a past: it says what GitHub shows now, so that
// what nobody can tell any longer counts as it was found.
type Recalled struct {
	// Comment and URL are the checklist's; Comment is 0 if there is none.
	Comment int64
	URL     string
	// Boxes are those found in it. Shown are the items of which it is certain that
	// Firebreak showed them ticked when it wrote the comment last: one of them found
	// unticked was unticked by a person.
	Boxes, Shown map[string]bool
	// Gone says that the checklist that was there is not any longer.
	Gone bool
	// Page is the wiki page's name as it was found, empty if none was.
	Page string
	// Origin is the key that markers call the incident by if it was transferred.
	Origin Key
	// Short says that more happened than was read.
	Short bool
}

func (e Recalled) apply(d *decision) {
	d.inc.HeardAt, d.inc.Origin = d.meta.At, e.Origin
	c := &d.inc.Checklist
	c.CommentID, c.URL, c.Gone = e.Comment, e.URL, e.Gone
	if e.Page != "" {
		d.inc.Postmortem.Page = e.Page
	}
	if s := d.meta.Issue; s != nil {
		if s.Title != d.inc.Title {
			Edited{}.apply(d)
		}
		d.inc.TextAt = d.meta.At
		if names := d.severitiesOn(s); d.inc.Severity == "" && len(names) == 1 {
			d.classify(names[0], "", d.meta.At)
		}
	}
	if e.Comment != 0 {
		c.Adopt = false
		d.foundBoxes(e)
		c.Shown = d.rules.BoxesShown(d.inc)
	}
	if e.Short {
		d.note(EntryProblem, fmt.Sprintf("taken up again after the database was lost: what the issue shows after %s was not read", d.meta.At.UTC().Format("2006-01-02 15:04")))
	}
}

// foundBoxes takes what the checklist shows of items of which nobody can say who
// ticked or unticked them. What follows from others comes after them: what
// Firebreak ticks by itself, and steps that their items complete.
func (d *decision) foundBoxes(e Recalled) {
	var items, done, steps []string
	for id := range e.Boxes {
		switch {
		case d.rules.isStep(id):
			steps = append(steps, id)
		case strings.HasPrefix(id, "done."):
			done = append(done, id)
		default:
			items = append(items, id)
		}
	}
	for _, list := range [][]string{items, done, steps} {
		slices.Sort(list)
		d.foundIn(e, list)
		d.derive()
	}
}

func (d *decision) foundIn(e Recalled, list []string) {
	now := d.rules.BoxesShown(d.inc)
	var ticked []string
	for _, id := range list {
		switch {
		case e.Boxes[id] && !now[id]:
			ticked = append(ticked, id)
		case !e.Boxes[id] && now[id] && e.Shown[id]:
			d.foundUnticked(id)
		}
	}
	d.adoptTicks(ticked)
}

func (d *decision) foundUnticked(id string) {
	if _, severity := d.rules.Severity(trimClassify(id)); severity || !d.rules.knows(id) {
		return
	}
	if d.mark(id, Mark{At: d.meta.At}) {
		d.note(EntryTick, "found unticked: "+d.rules.item(id))
	}
}

func (r Rules) isStep(id string) bool {
	for _, s := range r.Definition.Steps {
		if s.ID == id {
			return true
		}
	}
	return false
}

// heard says whether an event was in the past that the incident was rebuilt from,
// which a delivery of it told of before or tells of again.
func (d *decision) heard() bool { return !d.meta.At.After(d.inc.HeardAt) }

// Answered says that Firebreak answered the comment that asked for the
// post-mortem, and what came of it.
type Answered struct {
	Comment int64
	// Published is what every publish comes to by what is there now; nil: it failed.
	Published *Published
}

func (e Answered) apply(d *decision) {
	if e.Published == nil {
		d.settle(e.Comment)
		return
	}
	p := *e.Published
	p.AsOf = d.inc.Postmortem.StaleSince
	for _, r := range d.inc.Postmortem.Requests {
		if r.Comment == e.Comment {
			p.Answered = append(p.Answered, r)
		}
	}
	p.apply(d)
}

// Silenced says that a comment's commands were answered and are not known any
// more: the comment was edited since.
type Silenced struct{ Comment int64 }

func (e Silenced) apply(d *decision) {
	if d.see(e.Comment) {
		d.note(EntryProblem, "a command was edited after it was carried out, and is not taken over; give it again if it should count")
	}
}
