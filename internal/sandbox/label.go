package sandbox

import (
	"net/url"
	"regexp"
	"slices"
)

// label belongs to a repository; its name is unique whatever the case.
type label struct {
	id          int64
	name        string
	color       string
	description string
}

// strayColor is what labels get that are made by being put on an issue.
const strayColor = "ededed"

var hexColor = regexp.MustCompile(`^[0-9a-fA-F]{6}$`)

func (r *repo) label(name string) *label {
	for _, l := range r.labels {
		if fold(l.name) == fold(name) {
			return l
		}
	}
	return nil
}

func (r *repo) sameNamed(labels []*label) []*label {
	var same []*label
	for _, l := range labels {
		if mine := r.label(l.name); mine != nil {
			same = append(same, mine)
		}
	}
	return same
}

// labelsFor finds labels by name, without doubles; one that the repository lacks
// is made, grey.
func (w *world) labelsFor(a actor, r *repo, names []string) []*label {
	var found []*label
	for _, name := range names {
		l := r.label(name)
		if l == nil {
			l = w.addLabel(a, r, name, strayColor, "")
		}
		if !slices.Contains(found, l) {
			found = append(found, l)
		}
	}
	return found
}

// setLabels makes the issue's labels those given.
func (w *world) setLabels(a actor, i *issue, labels []*label) {
	for _, l := range slices.Clone(i.labels) {
		if !slices.Contains(labels, l) {
			w.unlabelIssue(a, i, l)
		}
	}
	for _, l := range labels {
		w.labelIssue(a, i, l)
	}
}

func (w *world) labelIssue(a actor, i *issue, l *label) {
	if slices.Contains(i.labels, l) {
		return
	}
	i.labels = append(i.labels, l)
	w.tellLabel(a, i, "labeled", l)
}

func (w *world) unlabelIssue(a actor, i *issue, l *label) {
	at := slices.Index(i.labels, l)
	if at < 0 {
		return
	}
	i.labels = slices.Delete(i.labels, at, at+1)
	w.tellLabel(a, i, "unlabeled", l)
}

func (w *world) tellLabel(a actor, i *issue, action string, l *label) {
	i.updated = w.now()
	w.occur(i, a, action, occurrence{label: l})
	w.issueEvent(action, a.user, i, object{"label": w.labelJSON(i.repo, l)})
}

// labelJSON is the schema label.
func (w *world) labelJSON(r *repo, l *label) object {
	return object{
		"id": l.id, "node_id": nodeID("LA", l.id), "url": w.repoAPI(r) + "/labels/" + url.PathEscape(l.name),
		"name": l.name, "color": l.color, "default": false, "description": orNull(l.description),
	}
}

func (w *world) labelsJSON(r *repo, labels []*label) []object {
	list := []object{}
	for _, l := range labels {
		list = append(list, w.labelJSON(r, l))
	}
	return list
}
