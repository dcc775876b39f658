package sandbox

// Issue gives an issue that is there; false also for deleted and transferred ones.
func (sb *Sandbox) Issue(repoName string, number int) (i Issue, found bool) {
	sb.View(func(v *View) { i, found = v.Issue(repoName, number) })
	return i, found
}

// Issues are a repository's, by number.
func (sb *Sandbox) Issues(repoName string) (list []Issue) {
	sb.View(func(v *View) { list = v.Issues(repoName) })
	return list
}

// Comments are an issue's, oldest first.
func (sb *Sandbox) Comments(repoName string, number int) (list []Comment) {
	sb.View(func(v *View) { list = v.Comments(repoName, number) })
	return list
}

// Comment gives a comment by its id.
func (sb *Sandbox) Comment(id int64) (c Comment, found bool) {
	sb.View(func(v *View) { c, found = v.Comment(id) })
	return c, found
}

// Reactions are those on a comment.
func (sb *Sandbox) Reactions(commentID int64) (list []Reaction) {
	sb.View(func(v *View) { list = v.Reactions(commentID) })
	return list
}

// IssueReactions are those on an issue itself.
func (sb *Sandbox) IssueReactions(repoName string, number int) (list []Reaction) {
	sb.View(func(v *View) { list = v.IssueReactions(repoName, number) })
	return list
}

// Labels are those a repository has.
func (sb *Sandbox) Labels(repoName string) (list []Label) {
	sb.View(func(v *View) { list = v.Labels(repoName) })
	return list
}

// Timeline is what happened to an issue, comments aside.
func (sb *Sandbox) Timeline(repoName string, number int) (list []Happening) {
	sb.View(func(v *View) { list = v.Timeline(repoName, number) })
	return list
}

// Role is what somebody may do in a repository.
func (sb *Sandbox) Role(repoName, login string) (role Role) {
	sb.View(func(v *View) { role = v.Role(repoName, login) })
	return role
}

// Repos are all repositories, by name.
func (sb *Sandbox) Repos() (list []string) {
	sb.View(func(v *View) { list = v.Repos() })
	return list
}

// Users are all people's logins.
func (sb *Sandbox) Users() (list []string) {
	sb.View(func(v *View) { list = v.Users() })
	return list
}

// WikiPage gives a page's text by its title, as a reader finds it.
func (sb *Sandbox) WikiPage(repoName, name string) (body string, found bool) {
	sb.View(func(v *View) { body, found = v.WikiPage(repoName, name) })
	return body, found
}

// WikiPages are the pages' names, sorted.
func (sb *Sandbox) WikiPages(repoName string) (list []string) {
	sb.View(func(v *View) { list = v.WikiPages(repoName) })
	return list
}

// WikiLog is the wiki's history, newest first.
func (sb *Sandbox) WikiLog(repoName string) (list []WikiCommit) {
	sb.View(func(v *View) { list = v.WikiLog(repoName) })
	return list
}

// View reads several things of one moment. f must not call the Sandbox.
func (sb *Sandbox) View(f func(*View)) {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	f(&View{sb})
}
