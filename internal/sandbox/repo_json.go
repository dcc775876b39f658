package sandbox

import "maps"

// repoLinks are the templates of a repository's addresses below its own.
var repoLinks = map[string]string{
	"archive_url": "/{archive_format}{/ref}", "assignees_url": "/assignees{/user}", "blobs_url": "/git/blobs{/sha}",
	"branches_url": "/branches{/branch}", "collaborators_url": "/collaborators{/collaborator}",
	"comments_url": "/comments{/number}", "commits_url": "/commits{/sha}", "compare_url": "/compare/{base}...{head}",
	"contents_url": "/contents/{+path}", "contributors_url": "/contributors", "deployments_url": "/deployments",
	"downloads_url": "/downloads", "events_url": "/events", "forks_url": "/forks", "git_commits_url": "/git/commits{/sha}",
	"git_refs_url": "/git/refs{/sha}", "git_tags_url": "/git/tags{/sha}", "hooks_url": "/hooks",
	"issue_comment_url": "/issues/comments{/number}", "issue_events_url": "/issues/events{/number}",
	"issues_url": "/issues{/number}", "keys_url": "/keys{/key_id}", "labels_url": "/labels{/name}",
	"languages_url": "/languages", "merges_url": "/merges", "milestones_url": "/milestones{/number}",
	"notifications_url": "/notifications{?since,all,participating}", "pulls_url": "/pulls{/number}",
	"releases_url": "/releases{/id}", "stargazers_url": "/stargazers", "statuses_url": "/statuses/{sha}",
	"subscribers_url": "/subscribers", "subscription_url": "/subscription", "tags_url": "/tags",
	"teams_url": "/teams", "trees_url": "/git/trees{/sha}",
}

func (w *world) repoAPI(r *repo) string { return w.api + "/repos/" + r.fullName() }
func (w *world) repoWeb(r *repo) string { return w.web + "/" + r.fullName() }

// simpleRepoJSON is the schema simple-repository.
func (w *world) simpleRepoJSON(r *repo) object {
	api := w.repoAPI(r)
	body := object{
		"id": r.id, "node_id": nodeID("R", r.id), "name": r.name, "full_name": r.fullName(),
		"owner": w.userJSON(r.owner), "private": r.opts.Private, "html_url": w.repoWeb(r), "url": api,
		"description": orNull(r.opts.Description), "fork": false,
	}
	for name, tail := range repoLinks {
		body[name] = api + tail
	}
	return body
}

// repoJSON is the schema repository.
func (w *world) repoJSON(r *repo) object {
	html := w.repoWeb(r)
	body := w.simpleRepoJSON(r)
	maps.Copy(body, object{
		"homepage": nil, "language": nil,
		"git_url": "git:" + html[len("http:"):] + ".git", "ssh_url": "git@127.0.0.1:" + r.fullName() + ".git",
		"clone_url": html + ".git", "svn_url": html, "mirror_url": nil, "license": nil,
		"default_branch": "main", "topics": []string{}, "is_template": false, "visibility": visibility(r),
		"has_issues": !r.opts.IssuesDisabled, "has_projects": false, "has_wiki": r.hasWiki(), "has_pages": false,
		"has_downloads": true, "has_discussions": false, "archived": r.opts.Archived, "disabled": false,
		"allow_forking": true, "web_commit_signoff_required": false,
		"created_at": stamp(r.created), "updated_at": stamp(r.updated), "pushed_at": stamp(r.created),
	})
	for _, count := range []string{"forks", "forks_count", "stargazers_count", "watchers_count", "watchers", "size"} {
		body[count] = 0
	}
	body["open_issues"], body["open_issues_count"] = r.openIssues(), r.openIssues()
	return body
}

// fullRepoJSON is the schema full-repository, which one repository's GET gives.
func (w *world) fullRepoJSON(r *repo) object {
	body := w.repoJSON(r)
	body["subscribers_count"], body["network_count"] = 0, 0
	if r.owner.kind == "Organization" {
		body["organization"] = w.userJSON(r.owner)
	}
	return body
}

func visibility(r *repo) string {
	if r.opts.Private {
		return "private"
	}
	return "public"
}
