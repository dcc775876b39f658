package sandbox

import "fmt"

// Person acts as somebody signed in on the web does, with that person's
// permissions. What is refused is an *Error.
type Person struct {
	sb    *Sandbox
	login string
}

// As gives the hands of a person, or of a bot added by AddBot. Whoever does not
// exist is refused everything.
func (sb *Sandbox) As(login string) *Person { return &Person{sb: sb, login: login} }

// Login is whose hands these are.
func (p *Person) Login() string { return p.login }

// in does something in a repository that the person may see.
func (p *Person) in(repoName string, f func(*world, actor, *repo) error) error {
	return p.sb.act(func(w *world) error {
		u := w.users[fold(p.login)]
		if u == nil {
			return fmt.Errorf("act as %s: %w", p.login, errNoAuth)
		}
		r, err := w.repo(repoName)
		if err != nil {
			return err
		}
		a := actor{user: u}
		if err := a.need(r, RoleRead); err != nil {
			return err
		}
		return f(w, a, r)
	})
}

// on does something about an issue.
func (p *Person) on(repoName string, number int, f func(*world, actor, *issue) error) error {
	return p.in(repoName, func(w *world, a actor, r *repo) error {
		i, err := w.issue(a, r, number)
		if err != nil {
			return err
		}
		return f(w, a, i)
	})
}

// about does something about a comment.
func (p *Person) about(repoName string, id int64, f func(*world, actor, *comment) error) error {
	return p.in(repoName, func(w *world, a actor, r *repo) error {
		c, err := w.comment(a, r, id)
		if err != nil {
			return err
		}
		return f(w, a, c)
	})
}
