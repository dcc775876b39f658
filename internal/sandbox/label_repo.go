package sandbox

import (
	"slices"
	"unicode/utf8"
)

func (w *world) createLabel(a actor, r *repo, name, color, description string) (*label, error) {
	if err := a.need(r, RoleWrite); err != nil {
		return nil, err
	}
	if err := r.writable(); err != nil {
		return nil, err
	}
	if r.label(name) != nil {
		return nil, invalid(FieldError{Resource: "Label", Field: "name", Code: "already_exists"})
	}
	if color == "" {
		color = strayColor
	}
	if err := checkLabel(name, color, description); err != nil {
		return nil, err
	}
	return w.addLabel(a, r, name, color, description), nil
}

func (w *world) addLabel(a actor, r *repo, name, color, description string) *label {
	l := &label{id: w.id("label"), name: name, color: color, description: description}
	r.labels = append(r.labels, l)
	w.repoEvent("label", "created", a.user, r, object{"label": w.labelJSON(r, l)})
	return l
}

func checkLabel(name, color, description string) error {
	switch {
	case name == "":
		return invalid(FieldError{Resource: "Label", Field: "name", Code: "missing_field"})
	case utf8.RuneCountInString(name) > 50:
		return invalid(FieldError{Resource: "Label", Field: "name", Code: "custom", Message: "name is too long (maximum is 50 characters)"})
	case !hexColor.MatchString(color):
		return invalid(FieldError{Resource: "Label", Field: "color", Code: "invalid", Value: color})
	case utf8.RuneCountInString(description) > 100:
		return invalid(FieldError{Resource: "Label", Field: "description", Code: "custom",
			Message: "description is too long (maximum is 100 characters)"})
	}
	return nil
}

func (w *world) deleteLabel(a actor, r *repo, name string) error {
	if err := a.need(r, RoleWrite); err != nil {
		return err
	}
	l := r.label(name)
	if l == nil {
		return errNotFound
	}
	is := func(other *label) bool { return other == l }
	r.labels = slices.DeleteFunc(r.labels, is)
	for _, i := range r.list() {
		if !slices.Contains(i.labels, l) {
			continue
		}
		// GitHub tells of each issue, and no longer knows which label it was.
		// https://github.com/octokit/webhooks/issues/639
		i.labels, i.updated = slices.DeleteFunc(i.labels, is), w.now()
		w.issueEvent("unlabeled", a.user, i, nil)
	}
	w.repoEvent("label", "deleted", a.user, r, object{"label": w.labelJSON(r, l)})
	return nil
}

// changeLabel renames or repaints; nil leaves a thing as it is.
func (w *world) changeLabel(a actor, r *repo, l *label, name, color, description *string) error {
	next := *l
	for _, set := range []struct{ to, from *string }{{&next.name, name}, {&next.color, color}, {&next.description, description}} {
		if set.from != nil {
			*set.to = *set.from
		}
	}
	if other := r.label(next.name); other != nil && other != l {
		return invalid(FieldError{Resource: "Label", Field: "name", Code: "already_exists"})
	}
	if err := checkLabel(next.name, next.color, next.description); err != nil {
		return err
	}
	changes := object{}
	if next.name != l.name {
		changes["name"] = object{"from": l.name}
	}
	if next.color != l.color {
		changes["color"] = object{"from": l.color}
	}
	*l = next
	w.repoEvent("label", "edited", a.user, r, object{"label": w.labelJSON(r, l), "changes": changes})
	return nil
}
