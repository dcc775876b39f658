package sandbox

import "fmt"

// OpenIssue opens an issue. Labels of somebody without triage are dropped, as
// GitHub does; SubmitForm keeps them. Labels that the repository lacks are made.
func (p *Person) OpenIssue(repoName, title, body string, labels ...string) (number int, err error) {
	return p.open(repoName, newIssue{title: title, body: body, labels: labels})
}

// SubmitForm opens an issue by a form, whose labels apply whoever fills it in.
func (p *Person) SubmitForm(repoName, title, body string, labels ...string) (number int, err error) {
	return p.open(repoName, newIssue{title: title, body: body, labels: labels, form: true})
}

// OpenPull opens a pull request, which shares the issues' numbers and comments.
func (p *Person) OpenPull(repoName, title, body string, labels ...string) (number int, err error) {
	return p.open(repoName, newIssue{title: title, body: body, labels: labels, pull: true})
}

func (p *Person) open(repoName string, n newIssue) (number int, err error) {
	err = p.in(repoName, func(w *world, a actor, r *repo) error {
		i, err := w.openIssue(a, r, n)
		if err == nil {
			number = i.number
		}
		return err
	})
	return number, err
}

// EditIssue replaces title and body; an empty title leaves the title.
func (p *Person) EditIssue(repoName string, number int, title, body string) error {
	return p.on(repoName, number, func(w *world, a actor, i *issue) error {
		e := issueEdit{body: &body}
		if title != "" {
			e.title = &title
		}
		return w.editIssue(a, i, e)
	})
}

// Close closes an issue as completed.
func (p *Person) Close(repoName string, number int) error {
	return p.setState(repoName, number, "closed", "completed")
}

// CloseAs closes an issue for another reason: not_planned or duplicate.
func (p *Person) CloseAs(repoName string, number int, reason string) error {
	return p.setState(repoName, number, "closed", reason)
}

// Reopen opens a closed issue again.
func (p *Person) Reopen(repoName string, number int) error {
	return p.setState(repoName, number, "open", "reopened")
}

func (p *Person) setState(repoName string, number int, state, reason string) error {
	return p.on(repoName, number, func(w *world, a actor, i *issue) error {
		return w.editIssue(a, i, issueEdit{state: &state, reason: &reason})
	})
}

// Label puts labels on an issue; the web offers only those that the repository
// has.
func (p *Person) Label(repoName string, number int, labels ...string) error {
	return p.on(repoName, number, func(w *world, a actor, i *issue) error {
		if err := w.mayTriage(a, i); err != nil {
			return err
		}
		for _, name := range labels {
			l := i.repo.label(name)
			if l == nil {
				return fmt.Errorf("label %s: %w", name, errNotFound)
			}
			w.labelIssue(a, i, l)
		}
		return nil
	})
}

// Unlabel takes labels off; those that are not on stay off.
func (p *Person) Unlabel(repoName string, number int, labels ...string) error {
	return p.on(repoName, number, func(w *world, a actor, i *issue) error {
		if err := w.mayTriage(a, i); err != nil {
			return err
		}
		for _, name := range labels {
			w.unlabelIssue(a, i, i.repo.label(name))
		}
		return nil
	})
}

// Assign assigns people; one who cannot be assigned fails all.
func (p *Person) Assign(repoName string, number int, logins ...string) error {
	return p.on(repoName, number, func(w *world, a actor, i *issue) error {
		if err := w.mayTriage(a, i); err != nil {
			return err
		}
		people, err := w.assigneesFor(a, i.repo, logins)
		for _, u := range people {
			w.assign(a, i, u)
		}
		return err
	})
}

// Unassign takes people off.
func (p *Person) Unassign(repoName string, number int, logins ...string) error {
	return p.on(repoName, number, func(w *world, a actor, i *issue) error {
		if err := w.mayTriage(a, i); err != nil {
			return err
		}
		for _, login := range logins {
			w.unassign(a, i, w.users[fold(login)])
		}
		return nil
	})
}

func (w *world) mayTriage(a actor, i *issue) error {
	if err := a.need(i.repo, RoleTriage); err != nil {
		return err
	}
	return i.repo.writable()
}
