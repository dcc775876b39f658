package sandbox

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// RepoOptions says what repository to make. The zero value is a public one with
// issues, sub-issues and an enabled but uninitialised wiki, the App installed.
type RepoOptions struct {
	Private  bool
	Archived bool
	// Description is shown below the name.
	Description string
	// FreePlan: a private repository of a free plan has no wiki.
	FreePlan bool
	// IssuesDisabled answers 410 to whatever concerns issues.
	IssuesDisabled bool
	// SubIssuesMissing answers 404 to sub-issues, as older servers do.
	SubIssuesMissing bool
	// WikiInitialised makes the wiki's first page, Home.
	WikiInitialised bool
	// WikiDisabled switches the wiki off.
	WikiDisabled bool
	// WikiOpen lets whoever may read edit the wiki.
	WikiOpen bool
	// NotInstalled keeps the App out.
	NotInstalled bool
	// Files are those of the code repository's default branch, by path.
	Files map[string]string
}

type repo struct {
	id         int64
	owner      *user
	name       string
	opts       RepoOptions
	created    time.Time
	updated    time.Time
	grants     map[int64]grant // by user id
	installed  bool
	lastNumber int
	issues     map[int]*issue // by number, deleted and transferred ones included
	labels     []*label
	milestones []*milestone
	deploys    []*deployment
	wiki       *wiki
}

func (r *repo) fullName() string { return r.owner.login + "/" + r.name }

// AddRepo makes a repository "owner/name". An owner who is no user yet is made as
// an organization, on which the App is installed.
func (sb *Sandbox) AddRepo(fullName string, opts RepoOptions) error {
	err := sb.act(func(w *world) error {
		r, err := w.addRepo(fullName, opts)
		if err != nil || !opts.WikiInitialised {
			return err
		}
		return w.firstPage(r, r.owner)
	})
	if err != nil {
		return fmt.Errorf("add repository %s: %w", fullName, err)
	}
	return nil
}

func (w *world) addRepo(fullName string, opts RepoOptions) (*repo, error) {
	owner, name, ok := strings.Cut(fullName, "/")
	if !ok || owner == "" || name == "" || strings.Contains(name, "/") {
		return nil, fmt.Errorf("%q is not owner/name", fullName)
	}
	if w.names[fold(fullName)] != nil {
		return nil, fmt.Errorf("%s exists", fullName)
	}
	r := &repo{
		id: w.id("repo"), owner: w.addUser(owner, "Organization"), name: name, opts: opts,
		created: w.now(), updated: w.now(), grants: map[int64]grant{}, issues: map[int]*issue{},
	}
	r.wiki = &wiki{dir: filepath.Join(w.dir, fmt.Sprintf("%d.git", r.id))}
	w.repos[r.id] = r
	w.names[fold(fullName)] = r
	delete(w.moved, fold(fullName))
	if !opts.NotInstalled {
		w.install(r)
	}
	return r, nil
}

// ChangeRepo alters a repository's switches: archives it, disables its wiki, …
func (sb *Sandbox) ChangeRepo(fullName string, alter func(*RepoOptions)) error {
	return sb.act(func(w *world) error {
		r, err := w.repo(fullName)
		if err != nil {
			return err
		}
		was := r.opts
		alter(&r.opts)
		r.updated = w.now()
		w.tellArchived(r, was.Archived)
		return nil
	})
}

// tellArchived reports that a repository was archived, or is no longer.
func (w *world) tellArchived(r *repo, was bool) {
	switch {
	case r.opts.Archived && !was:
		w.repoEvent("repository", "archived", r.owner, r, object{})
	case was && !r.opts.Archived:
		w.repoEvent("repository", "unarchived", r.owner, r, object{})
	}
}

// RenameRepo gives a repository a new name, or with "other/name" a new owner. Its
// former name answers 301 from then on.
func (sb *Sandbox) RenameRepo(fullName, newName string) error {
	return sb.act(func(w *world) error {
		r, err := w.repo(fullName)
		if err != nil {
			return err
		}
		was, wasName := r.owner, r.name
		if owner, name, ok := strings.Cut(newName, "/"); ok {
			r.owner, newName = w.addUser(owner, "Organization"), name
		}
		delete(w.names, fold(fullName))
		w.moved[fold(fullName)] = r
		r.name = newName
		delete(w.moved, fold(r.fullName()))
		w.names[fold(r.fullName())] = r
		w.tellRenamed(r, was, wasName)
		return nil
	})
}

// tellRenamed reports a new owner to that owner alone, as GitHub does, and a new
// name otherwise. Its owner did it.
func (w *world) tellRenamed(r *repo, was *user, wasName string) {
	r.updated = w.now()
	if was == r.owner {
		w.repoEvent("repository", "renamed", r.owner, r, object{"changes": object{
			"repository": object{"name": object{"from": wasName}}}})
		return
	}
	from := object{"user": w.userJSON(was)}
	if was.kind == "Organization" {
		from = object{"organization": w.organizationJSON(was)}
	}
	w.repoEvent("repository", "transferred", r.owner, r, object{"changes": object{"owner": object{"from": from}}})
}

// RepoID is the id of a repository, which renaming it leaves; 0 if there is none.
func (sb *Sandbox) RepoID(fullName string) (id int64) {
	sb.look(func(w *world) {
		if r, err := w.repo(fullName); err == nil {
			id = r.id
		}
	})
	return id
}

// repo finds a repository by its present name.
func (w *world) repo(fullName string) (*repo, error) {
	if r := w.names[fold(fullName)]; r != nil {
		return r, nil
	}
	return nil, fmt.Errorf("repository %s: %w", fullName, errNotFound)
}

// hasWiki says whether the wiki is switched on and paid for.
func (r *repo) hasWiki() bool {
	return !r.opts.WikiDisabled && !(r.opts.Private && r.opts.FreePlan)
}

func (r *repo) openIssues() int {
	n := 0
	for _, i := range r.issues {
		if i.present() && i.state == "open" {
			n++
		}
	}
	return n
}
