package sandbox

import "maps"

// event is something that happened and that the App may be told.
type event struct {
	name    string
	action  string // empty where GitHub has none
	repo    *repo  // nil for what concerns the installation only
	install *installation
	payload object
}

// issueEvent reports about an issue; about pull requests GitHub sends events of
// another name, to which the App is not subscribed.
func (w *world) issueEvent(action string, sender *user, i *issue, more object) {
	if i.pull {
		return
	}
	body := w.issueJSON(i)
	delete(body, "parent_issue_url") // which the webhooks' schemas lack
	fields := object{"issue": body}
	maps.Copy(fields, more)
	w.repoEvent("issues", action, sender, i.repo, fields)
}

// commentEvent reports about a comment, also one on a pull request.
func (w *world) commentEvent(action string, sender *user, c *comment, more object) {
	fields := object{"issue": w.issueJSON(c.issue), "comment": w.commentJSON(c)}
	maps.Copy(fields, more)
	w.repoEvent("issue_comment", action, sender, c.issue.repo, fields)
}

// repoEvent reports something in a repository, if the App is installed there and
// subscribed.
func (w *world) repoEvent(name, action string, sender *user, r *repo, fields object) {
	inst := w.installationOf(r)
	if inst == nil || inst.suspended || !w.subscribed(name) {
		return
	}
	payload := object{
		"repository": w.repoJSON(r), "sender": w.userJSON(sender),
		"installation": object{"id": inst.id, "node_id": nodeID("MDIzOk", inst.id)},
	}
	if action != "" {
		payload["action"] = action
	}
	if r.owner.kind == "Organization" {
		payload["organization"] = w.organizationJSON(r.owner)
	}
	maps.Copy(payload, fields)
	w.events = append(w.events, event{name: name, action: action, repo: r, install: inst, payload: payload})
}

// installEvent reports about the installation, which comes unsubscribed.
func (w *world) installEvent(name, action string, sender *user, inst *installation, fields object) {
	payload := object{"action": action, "installation": w.installationJSON(inst), "sender": w.userJSON(sender)}
	maps.Copy(payload, fields)
	w.events = append(w.events, event{name: name, action: action, install: inst, payload: payload})
}

func (w *world) subscribed(name string) bool {
	for _, e := range w.opts.Events {
		if e == name {
			return true
		}
	}
	return false
}

// takeEvents hands over what the critical section caused.
func (w *world) takeEvents() []event {
	caused := w.events
	w.events = nil
	return caused
}
