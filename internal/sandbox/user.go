package sandbox

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// user is an account: a person, an organization or a bot.
type user struct {
	id      int64
	login   string
	kind    string // User, Organization, Bot
	created time.Time
}

// AddUser makes a person's account. One that exists already stays as it is.
func (sb *Sandbox) AddUser(login string) {
	_ = sb.act(func(w *world) error {
		w.addUser(login, "User")
		return nil
	})
}

// AddBot makes the account of another App, whose login ends in "[bot]".
func (sb *Sandbox) AddBot(slug string) {
	_ = sb.act(func(w *world) error {
		w.addUser(strings.TrimSuffix(slug, "[bot]")+"[bot]", "Bot")
		return nil
	})
}

func (w *world) addUser(login, kind string) *user {
	if u := w.users[fold(login)]; u != nil {
		return u
	}
	u := &user{id: w.id("user"), login: login, kind: kind, created: w.now()}
	w.users[fold(login)] = u
	return u
}

// userJSON is the schema simple-user; nil is null.
func (w *world) userJSON(u *user) any {
	if u == nil {
		return nil
	}
	api := w.api + "/users/" + url.PathEscape(u.login)
	html := w.web + "/" + u.login
	if u.kind == "Bot" {
		html = w.web + "/apps/" + strings.TrimSuffix(u.login, "[bot]")
	}
	return object{
		"login": u.login, "id": u.id, "node_id": nodeID("U", u.id), "type": u.kind, "site_admin": false,
		"avatar_url": fmt.Sprintf("%s/avatars/u/%d", w.web, u.id), "gravatar_id": "",
		"url": api, "html_url": html,
		"followers_url": api + "/followers", "following_url": api + "/following{/other_user}",
		"gists_url": api + "/gists{/gist_id}", "starred_url": api + "/starred{/owner}{/repo}",
		"subscriptions_url": api + "/subscriptions", "organizations_url": api + "/orgs",
		"repos_url": api + "/repos", "events_url": api + "/events{/privacy}",
		"received_events_url": api + "/received_events",
	}
}

// publicUserJSON is the schema public-user.
func (w *world) publicUserJSON(u *user) object {
	body := w.userJSON(u).(object)
	for _, unknown := range []string{"name", "company", "location", "email", "hireable", "bio"} {
		body[unknown] = nil
	}
	body["blog"], body["user_view_type"] = "", "public"
	for _, count := range []string{"public_repos", "public_gists", "followers", "following"} {
		body[count] = 0
	}
	body["created_at"], body["updated_at"] = stamp(u.created), stamp(u.created)
	return body
}

// organizationJSON is the schema organization-simple, as webhooks carry it.
func (w *world) organizationJSON(u *user) object {
	api := w.api + "/orgs/" + url.PathEscape(u.login)
	return object{
		"login": u.login, "id": u.id, "node_id": nodeID("O", u.id), "url": api, "repos_url": api + "/repos",
		"events_url": api + "/events", "hooks_url": api + "/hooks", "issues_url": api + "/issues",
		"members_url": api + "/members{/member}", "public_members_url": api + "/public_members{/member}",
		"avatar_url": fmt.Sprintf("%s/avatars/u/%d", w.web, u.id), "description": "",
	}
}
