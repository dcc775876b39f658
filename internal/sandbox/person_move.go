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

// DeleteLabel takes a label out of the repository and off all its issues, which
// sends no unlabeled.
func (p *Person) DeleteLabel(repoName, name string) error {
	return p.in(repoName, func(w *world, a actor, r *repo) error { return w.deleteLabel(a, r, name) })
}
