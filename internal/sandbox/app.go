package sandbox

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// installation is the App installed on an account, on selected repositories.
type installation struct {
	id        int64
	account   *user
	created   time.Time
	suspended bool
}

// install puts the App on a repository, and on its owner if need be.
func (w *world) install(r *repo) {
	inst := w.installations[fold(r.owner.login)]
	if r.installed && inst != nil {
		return
	}
	r.installed = true
	minimal := []object{minimalRepoJSON(r)}
	if inst == nil {
		inst = &installation{id: w.id("installation"), account: r.owner, created: w.now()}
		w.installations[fold(r.owner.login)] = inst
		w.installEvent("installation", "created", r.owner, inst, object{"repositories": minimal, "requester": nil})
		return
	}
	w.installEvent("installation_repositories", "added", r.owner, inst, object{
		"repository_selection": "selected", "repositories_added": minimal, "repositories_removed": []object{}, "requester": nil})
}

func minimalRepoJSON(r *repo) object {
	return object{"id": r.id, "node_id": nodeID("R", r.id), "name": r.name, "full_name": r.fullName(), "private": r.opts.Private}
}

// Install puts the App on a repository that it was kept out of.
func (sb *Sandbox) Install(repoName string) error {
	return sb.act(func(w *world) error {
		r, err := w.repo(repoName)
		if err != nil {
			return err
		}
		w.install(r)
		return nil
	})
}

// Uninstall takes the App off a repository. Its tokens stop working there.
func (sb *Sandbox) Uninstall(repoName string) error {
	return sb.act(func(w *world) error {
		r, err := w.repo(repoName)
		if err != nil {
			return err
		}
		inst := w.installationOf(r)
		if inst == nil {
			return nil
		}
		r.installed = false
		w.installEvent("installation_repositories", "removed", r.owner, inst, object{
			"repository_selection": "selected", "repositories_added": []object{},
			"repositories_removed": []object{minimalRepoJSON(r)}, "requester": nil})
		return nil
	})
}

// RemoveApp takes the App off an account: its installation is gone, with its
// tokens, and an installation made later has another id.
func (sb *Sandbox) RemoveApp(owner string) error {
	return sb.act(func(w *world) error {
		inst := w.installations[fold(owner)]
		if inst == nil {
			return fmt.Errorf("remove the App from %s: %w", owner, errNotFound)
		}
		covered := []object{}
		for _, id := range slices.Sorted(maps.Keys(w.repos)) {
			if r := w.repos[id]; w.installationOf(r) == inst {
				covered = append(covered, minimalRepoJSON(r))
				r.installed = false
			}
		}
		delete(w.installations, fold(owner))
		maps.DeleteFunc(w.tokens, func(_ string, t *token) bool { return t.inst == inst })
		w.installEvent("installation", "deleted", inst.account, inst, object{"repositories": covered, "requester": nil})
		return nil
	})
}

// Suspend suspends an account's installation, or with false takes it up again.
func (sb *Sandbox) Suspend(owner string, suspended bool) error {
	return sb.act(func(w *world) error {
		inst := w.installations[fold(owner)]
		if inst == nil {
			return fmt.Errorf("suspend the installation of %s: %w", owner, errNotFound)
		}
		inst.suspended = suspended
		action := "unsuspend"
		if suspended {
			action = "suspend"
		}
		w.installEvent("installation", action, inst.account, inst, nil)
		return nil
	})
}

// InstallationID is the id of an account's installation; 0 if there is none.
func (sb *Sandbox) InstallationID(owner string) (id int64) {
	sb.look(func(w *world) {
		if inst := w.installations[fold(owner)]; inst != nil {
			id = inst.id
		}
	})
	return id
}

// installationOf is the installation that covers a repository; nil if none does.
func (w *world) installationOf(r *repo) *installation {
	if !r.installed {
		return nil
	}
	return w.installations[fold(r.owner.login)]
}

func (w *world) installationByID(id int64) *installation {
	for _, inst := range w.installations {
		if inst.id == id {
			return inst
		}
	}
	return nil
}

// appJSON is the schema integration.
func (w *world) appJSON() object {
	owner := w.addUser("firebreak-app", "Organization")
	return object{
		"id": w.opts.AppID, "slug": w.opts.AppSlug, "node_id": nodeID("A", w.opts.AppID),
		"client_id": fmt.Sprintf("Iv23li%014d", w.opts.AppID), "owner": w.userJSON(owner), "name": w.opts.AppSlug,
		"description": "", "external_url": "https://example.com", "html_url": w.web + "/apps/" + w.opts.AppSlug,
		"created_at": stamp(w.born), "updated_at": stamp(w.born),
		"permissions": w.opts.Permissions, "events": w.opts.Events,
	}
}

// installationJSON is the schema installation.
func (w *world) installationJSON(inst *installation) object {
	body := object{
		"id": inst.id, "account": w.userJSON(inst.account), "repository_selection": "selected",
		"access_tokens_url": fmt.Sprintf("%s/app/installations/%d/access_tokens", w.api, inst.id),
		"repositories_url":  w.api + "/installation/repositories",
		"html_url":          fmt.Sprintf("%s/organizations/%s/settings/installations/%d", w.web, inst.account.login, inst.id),
		"app_id":            w.opts.AppID, "app_slug": w.opts.AppSlug, "target_id": inst.account.id, "target_type": inst.account.kind,
		"permissions": w.opts.Permissions, "events": w.opts.Events,
		"created_at": stamp(inst.created), "updated_at": stamp(inst.created),
		"single_file_name": nil, "has_multiple_single_files": false, "single_file_paths": []string{},
		"suspended_by": nil, "suspended_at": nil, "contact_email": nil,
	}
	if inst.suspended {
		body["suspended_by"], body["suspended_at"] = w.userJSON(inst.account), stamp(w.now())
	}
	return body
}
