package sandbox

// Lock locks an issue's conversation; reason may be empty.
func (p *Person) Lock(repoName string, number int, reason string) error {
	return p.on(repoName, number, func(w *world, a actor, i *issue) error { return w.lockIssue(a, i, true, reason) })
}

// Unlock unlocks it.
func (p *Person) Unlock(repoName string, number int) error {
	return p.on(repoName, number, func(w *world, a actor, i *issue) error { return w.lockIssue(a, i, false, "") })
}

// DeleteIssue deletes an issue, which only admins may.
func (p *Person) DeleteIssue(repoName string, number int) error {
	return p.on(repoName, number, func(w *world, a actor, i *issue) error { return w.deleteIssue(a, i) })
}

// Transfer moves an issue to another repository and gives its number there.
func (p *Person) Transfer(repoName string, number int, to string) (newNumber int, err error) {
	err = p.on(repoName, number, func(w *world, a actor, i *issue) error {
		target, err := w.repo(to)
		if err != nil {
			return err
		}
		moved, err := w.transferIssue(a, i, target)
		if err == nil {
			newNumber = moved.number
		}
		return err
	})
	return newNumber, err
}

// AddSubIssue makes an issue of the same repository a sub-issue of another.
func (p *Person) AddSubIssue(repoName string, parent, child int) error {
	return p.on(repoName, parent, func(w *world, a actor, i *issue) error {
		return w.addChild(a, i, i.repo.issues[child], false)
	})
}

// MakeLabel adds a label to the repository; colour is six hex digits, or empty.
func (p *Person) MakeLabel(repoName, name, color, description string) error {
	return p.in(repoName, func(w *world, a actor, r *repo) error {
		_, err := w.createLabel(a, r, name, color, description)
		return err
	})
}

// RenameLabel gives a label another name, on all issues that carry it, which
// sends nothing about them.
func (p *Person) RenameLabel(repoName, name, newName string) error {
	return p.changeLabel(repoName, name, &newName, nil)
}

// PaintLabel gives a label another colour, six hex digits.
func (p *Person) PaintLabel(repoName, name, color string) error {
	return p.changeLabel(repoName, name, nil, &color)
}

func (p *Person) changeLabel(repoName, name string, newName, color *string) error {
	return p.in(repoName, func(w *world, a actor, r *repo) error {
		if err := a.need(r, RoleWrite); err != nil {
			return err
		}
		l := r.label(name)
		if l == nil {
			return errNotFound
		}
		return w.changeLabel(a, r, l, newName, color, nil)
	})
}

// DeleteLabel takes a label out of the repository and off all its issues, of
// each of which an unlabeled tells that names no label.
func (p *Person) DeleteLabel(repoName, name string) error {
	return p.in(repoName, func(w *world, a actor, r *repo) error { return w.deleteLabel(a, r, name) })
}
