package sandbox

import "slices"

// Issue gives an issue that is there; false also for deleted and transferred ones.
func (v *View) Issue(repoName string, number int) (Issue, bool) {
	i := v.find(repoName, number)
	if i == nil {
		return Issue{}, false
	}
	return v.sb.world.viewIssue(i), true
}

func (v *View) find(repoName string, number int) *issue {
	r := v.repo(repoName)
	if r == nil || r.issues[number] == nil || !r.issues[number].present() {
		return nil
	}
	return r.issues[number]
}

// repo is nil for one that is not there.
func (v *View) repo(name string) *repo { return v.sb.world.names[fold(name)] }

// Issues are a repository's, by number.
func (v *View) Issues(repoName string) []Issue {
	r := v.repo(repoName)
	if r == nil {
		return nil
	}
	var list []Issue
	for _, i := range r.list() {
		list = append(list, v.sb.world.viewIssue(i))
	}
	return list
}

// Comments are an issue's, oldest first.
func (v *View) Comments(repoName string, number int) []Comment {
	i := v.find(repoName, number)
	if i == nil {
		return nil
	}
	var list []Comment
	for _, c := range i.comments {
		list = append(list, v.sb.world.viewComment(c))
	}
	return list
}

// Comment gives a comment by its id.
func (v *View) Comment(id int64) (Comment, bool) {
	c := v.sb.world.comments[id]
	if c == nil {
		return Comment{}, false
	}
	return v.sb.world.viewComment(c), true
}

// Reactions are those on a comment.
func (v *View) Reactions(commentID int64) []Reaction {
	if c := v.sb.world.comments[commentID]; c != nil {
		return viewReactions(c.reactions)
	}
	return nil
}

// IssueReactions are those on an issue itself.
func (v *View) IssueReactions(repoName string, number int) []Reaction {
	if i := v.find(repoName, number); i != nil {
		return viewReactions(i.reactions)
	}
	return nil
}

// Labels are those a repository has.
func (v *View) Labels(repoName string) []Label {
	r := v.repo(repoName)
	if r == nil {
		return nil
	}
	var list []Label
	for _, l := range r.labels {
		list = append(list, Label{Name: l.name, Color: l.color, Description: l.description})
	}
	return list
}

// Timeline is what happened to an issue, comments aside.
func (v *View) Timeline(repoName string, number int) []Happening {
	i := v.find(repoName, number)
	if i == nil {
		return nil
	}
	var list []Happening
	for _, o := range i.history {
		list = append(list, viewHappening(o))
	}
	return list
}

// Role is what somebody may do in a repository.
func (v *View) Role(repoName, login string) Role {
	r, u := v.repo(repoName), v.sb.world.users[fold(login)]
	if r == nil || u == nil {
		return RoleNone
	}
	return r.roleOf(u)
}

// Repos are all repositories, by name.
func (v *View) Repos() []string {
	var list []string
	for _, r := range v.sb.world.repos {
		list = append(list, r.fullName())
	}
	slices.Sort(list)
	return list
}

// Users are all people's logins.
func (v *View) Users() []string {
	var list []string
	for _, u := range v.sb.world.users {
		if u.kind == "User" {
			list = append(list, u.login)
		}
	}
	slices.Sort(list)
	return list
}

// Deliveries are all webhook attempts so far, in order.
func (v *View) Deliveries() []Delivery { return copies(v.sb.hooks.log) }

// Requests are those recorded so far, in order of arrival.
func (v *View) Requests() []Request { return v.sb.record.list() }
