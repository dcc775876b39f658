package workflow

import (
	"maps"
	"slices"
	"time"
)

// Scope says which incidents are meant, by GitHub's ids; a zero matches all.
type Scope struct {
	Installation, Repository, Issue int64
}

// RefusalKind says why GitHub does not let an effect be.
type RefusalKind string

// The kinds of refusals.
const (
	// RefusedLocked: the issue is locked.
	RefusedLocked RefusalKind = "locked"
	// RefusedArchived: the repository is archived.
	RefusedArchived RefusalKind = "archived"
	// RefusedPermission: the installation lacks a permission.
	RefusedPermission RefusalKind = "permission"
	// RefusedForbidden: GitHub forbids it for a reason that only its answer tells.
	RefusedForbidden RefusalKind = "forbidden"
	// RefusedInvalid: GitHub does not take what was sent.
	RefusedInvalid RefusalKind = "invalid"
	// RefusedUninstalled: the App is not installed there, or suspended.
	RefusedUninstalled RefusalKind = "uninstalled"
	// RefusedIssuesOff: issues are switched off in the repository.
	RefusedIssuesOff RefusalKind = "issues off"
	// RefusedMissing: repository or issue are not there, or not for the App.
	RefusedMissing RefusalKind = "missing"
	// RefusedUnanswered: GitHub failed until no attempt was left.
	RefusedUnanswered RefusalKind = "unanswered"
)

// causes says of each kind that people on the issue can be told of what is in the
// way and what takes it out of it. Of the others nothing can be told: there is no
// place to tell it.
var causes = map[RefusalKind]string{
	RefusedLocked:     "the issue is locked. Unlock it, and it is made up for.",
	RefusedArchived:   "the repository is archived. Unarchive it, and it is made up for.",
	RefusedPermission: "the installation lacks Issues: write. An owner can grant it in the App's installation settings.",
	RefusedForbidden:  "GitHub forbids it. An operator finds its answer with `firebreak deliveries`.",
	RefusedInvalid:    "GitHub does not accept it. An operator finds its answer with `firebreak deliveries`.",
	RefusedUnanswered: "GitHub did not take it for a day. An operator can run it again with `firebreak deliveries retry`.",
}

// refusedWhat says what it is that cannot be, by effect.
var refusedWhat = map[EffectKind]string{
	EffectChecklist: "The checklist cannot be written: ",
	EffectLabels:    "Labels cannot be written: ",
	EffectFeedback:  "Reactions cannot be given: ",
	EffectReply:     "Replies cannot be written: ",
	EffectPublish:   "The post-mortem cannot be written: ",
	EffectPage:      "Action items cannot be read from the post-mortem's page: ",
	EffectMend:      "Words overwritten in the checklist cannot be put back: ",
}

// Refusal is why an effect cannot be, for as long as it cannot.
type Refusal struct {
	Kind RefusalKind `json:"kind"`
	// Text is a sentence for people: the cause and the next step. Empty where
	// nobody on the issue could read it.
	Text string    `json:"text,omitempty"`
	At   time.Time `json:"at"`
}

// Sentence says for people that an effect is refused, why, and what to do about
// it; empty where nobody on the issue could read it.
func (k RefusalKind) Sentence(effect EffectKind) string {
	what, cause := refusedWhat[effect], causes[k]
	if what == "" || cause == "" {
		return ""
	}
	return what + cause
}

// EffectRefused is the outcome of an effect that was given up.
type EffectRefused struct {
	Effect EffectKind
	Kind   RefusalKind
}

func (e EffectRefused) apply(d *decision) {
	if d.inc.Refused[e.Effect].Kind == e.Kind {
		return
	}
	r := Refusal{Kind: e.Kind, Text: e.Kind.Sentence(e.Effect), At: d.meta.Now}
	if d.inc.Refused == nil {
		d.inc.Refused = map[EffectKind]Refusal{}
	}
	d.inc.Refused[e.Effect] = r
	if r.Text == "" {
		return
	}
	changed := d.changed
	d.note(EntryProblem, r.Text)
	if e.Effect == EffectChecklist {
		// Another refresh would be refused like this one.
		d.changed = changed
	}
	d.notice(e)
}

// notice asks for a comment where the checklist, which tells of all else, is what
// is refused, and for a reason that may not hold for comments alike.
func (d *decision) notice(e EffectRefused) {
	if e.Effect == EffectChecklist && e.Kind.leavesComments() {
		d.want(Effect{Kind: EffectNotice})
	}
}

func (k RefusalKind) leavesComments() bool { return k == RefusedInvalid || k == RefusedForbidden }

// EffectDone is the outcome of an effect that was refused before and is no
// longer.
type EffectDone struct{ Effect EffectKind }

func (e EffectDone) apply(d *decision) {
	r, refused := d.inc.Refused[e.Effect]
	if !refused {
		return
	}
	delete(d.inc.Refused, e.Effect)
	switch {
	case e.Effect != EffectChecklist:
		d.changed = d.changed || r.Text != ""
	case r.Kind.leavesComments():
		d.want(Effect{Kind: EffectNotice})
	}
}

// refusals are the sentences on what cannot be written, for as long as it cannot.
func refusals(inc Incident) []string {
	var out []string
	for _, kind := range slices.Sorted(maps.Keys(inc.Refused)) {
		if r := inc.Refused[kind]; r.Text != "" && kind != EffectChecklist {
			out = append(out, r.Text)
		}
	}
	return out
}
