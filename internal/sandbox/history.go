package sandbox

import (
	"fmt"
	"time"
)

// occurrence is one entry of an issue's timeline.
type occurrence struct {
	id        int64
	kind      string
	actor     *user
	viaApp    bool
	at        time.Time
	label     *label
	user      *user
	milestone string
	from, to  string
	reason    string
	other     *issue
}

// occur appends to an issue's timeline.
func (w *world) occur(i *issue, a actor, kind string, o occurrence) {
	o.id, o.kind, o.actor, o.viaApp, o.at = w.id("event"), kind, a.user, a.app, w.now()
	i.history = append(i.history, &o)
}

// eventJSON is the schema issue-event, which says who assigned.
func (w *world) eventJSON(i *issue, o *occurrence) object {
	body := w.occurrenceJSON(i, o)
	if o.kind == "assigned" || o.kind == "unassigned" {
		body["assigner"] = w.userJSON(o.actor)
	}
	return body
}

// timelineJSON is one of the schemas of timeline-issue-events, which say why.
func (w *world) timelineJSON(i *issue, o *occurrence) object {
	body := w.occurrenceJSON(i, o)
	if o.kind == "closed" || o.kind == "reopened" {
		body["state_reason"] = orNull(o.reason)
	}
	return body
}

// occurrenceJSON is what events have in common with the timeline.
func (w *world) occurrenceJSON(i *issue, o *occurrence) object {
	body := object{
		"id": o.id, "node_id": nodeID("EV", o.id), "url": fmt.Sprintf("%s/issues/events/%d", w.repoAPI(i.repo), o.id),
		"actor": w.userJSON(o.actor), "event": o.kind, "commit_id": nil, "commit_url": nil,
		"created_at": stamp(o.at), "performed_via_github_app": w.via(o.viaApp),
	}
	switch o.kind {
	case "labeled", "unlabeled":
		body["label"] = object{"name": o.label.name, "color": o.label.color}
	case "assigned", "unassigned":
		body["assignee"] = w.userJSON(o.user)
	case "milestoned", "demilestoned":
		body["milestone"] = object{"title": o.milestone}
	case "renamed":
		body["rename"] = object{"from": o.from, "to": o.to}
	case "locked":
		body["lock_reason"] = orNull(o.reason)
	case "sub_issue_added", "sub_issue_removed":
		body["sub_issue"] = w.referenceJSON(o.other)
	case "parent_issue_added", "parent_issue_removed":
		body["parent_issue"] = w.referenceJSON(o.other)
	}
	return body
}

// referenceJSON is the schema nullable-issue-reference.
func (w *world) referenceJSON(i *issue) object {
	return object{
		"number": i.number, "title": i.title, "state": i.state, "state_reason": orNull(i.reason),
		"repository": w.simpleRepoJSON(i.repo), "issue_type": nil,
	}
}

// commentedJSON is the schema timeline-comment-event.
func (w *world) commentedJSON(c *comment) object {
	body := w.commentJSON(c)
	body["event"], body["actor"] = "commented", w.userJSON(c.author)
	return body
}
