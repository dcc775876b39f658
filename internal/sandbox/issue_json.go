package sandbox

import "fmt"

func (w *world) issueAPI(i *issue) string {
	return fmt.Sprintf("%s/issues/%d", w.repoAPI(i.repo), i.number)
}

func (w *world) issueWeb(i *issue) string {
	kind := "issues"
	if i.pull {
		kind = "pull"
	}
	return fmt.Sprintf("%s/%s/%d", w.repoWeb(i.repo), kind, i.number)
}

// issueJSON is the schema issue.
func (w *world) issueJSON(i *issue) object {
	api := w.issueAPI(i)
	body := object{
		"id": i.id, "node_id": nodeID("I", i.id), "number": i.number, "title": i.title, "body": orNull(i.body),
		"url": api, "repository_url": w.repoAPI(i.repo), "labels_url": api + "/labels{/name}",
		"comments_url": api + "/comments", "events_url": api + "/events", "timeline_url": api + "/timeline",
		"html_url": w.issueWeb(i), "user": w.userJSON(i.author), "state": i.state, "state_reason": orNull(i.reason),
		"labels": w.labelsJSON(i.repo, i.labels), "assignee": nil, "assignees": w.usersJSON(i.assignees),
		"milestone": nil, "locked": i.locked, "active_lock_reason": orNull(i.lock), "comments": len(i.comments),
		"created_at": stamp(i.created), "updated_at": stamp(i.updated), "closed_at": stamp(i.closed),
		"author_association": i.repo.association(i.author), "reactions": rollup(api+"/reactions", i.reactions),
		"performed_via_github_app": w.via(i.viaApp),
		"sub_issues_summary":       i.childrenJSON(),
		"issue_dependencies_summary": object{
			"blocked_by": 0, "blocking": 0, "total_blocked_by": 0, "total_blocking": 0,
		},
	}
	if len(i.assignees) > 0 {
		body["assignee"] = w.userJSON(i.assignees[0])
	}
	if i.milestone != nil {
		body["milestone"] = w.milestoneJSON(i.milestone)
	}
	if i.parent != nil {
		body["parent_issue_url"] = w.issueAPI(i.parent)
	}
	if i.pull {
		body["draft"], body["pull_request"] = i.draft, w.pullJSON(i)
	}
	return body
}

// issueDetailJSON is what one issue's GET, POST and PATCH have more than lists.
func (w *world) issueDetailJSON(i *issue) object {
	body := w.issueJSON(i)
	body["closed_by"] = w.userJSON(i.closedBy)
	return body
}

func (w *world) pullJSON(i *issue) object {
	html := w.issueWeb(i)
	return object{
		"url": fmt.Sprintf("%s/pulls/%d", w.repoAPI(i.repo), i.number), "html_url": html,
		"diff_url": html + ".diff", "patch_url": html + ".patch", "merged_at": stamp(i.merged),
	}
}

func (i *issue) childrenJSON() object {
	done, percent := 0, 0
	for _, c := range i.children {
		if c.state == "closed" {
			done++
		}
	}
	if len(i.children) > 0 {
		percent = done * 100 / len(i.children)
	}
	return object{"total": len(i.children), "completed": done, "percent_completed": percent}
}

func (w *world) usersJSON(users []*user) []any {
	list := []any{}
	for _, u := range users {
		list = append(list, w.userJSON(u))
	}
	return list
}

func (w *world) issuesJSON(issues []*issue) []object {
	list := []object{}
	for _, i := range issues {
		list = append(list, w.issueJSON(i))
	}
	return list
}

// via is performed_via_github_app, which in webhooks lacks the client's id.
func (w *world) via(app bool) any {
	if !app {
		return nil
	}
	body := w.appJSON()
	delete(body, "client_id")
	return body
}
