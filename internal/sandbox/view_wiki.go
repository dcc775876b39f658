package sandbox

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// WikiCommit is one commit of a wiki.
type WikiCommit struct {
	SHA     string
	Author  string
	Email   string
	Message string
	When    time.Time
	// Files are those it changed.
	Files []string
}

// WikiPage gives a page's text by its title, as a reader finds it: whatever the
// case, a hyphen for a space.
func (v *View) WikiPage(repoName, name string) (string, bool) {
	k, files := v.wikiFiles(repoName)
	f, found := find(files, name)
	if !found {
		return "", false
	}
	body, err := k.text(f.blob)
	return body, err == nil
}

// WikiPages are the pages' names, sorted.
func (v *View) WikiPages(repoName string) []string {
	_, files := v.wikiFiles(repoName)
	var names []string
	for _, f := range files {
		if f.isPage() {
			names = append(names, f.page())
		}
	}
	slices.Sort(names)
	return names
}

func (v *View) wikiFiles(repoName string) (*wiki, []wikiFile) {
	r := v.repo(repoName)
	if r == nil || !r.hasWiki() {
		return nil, nil
	}
	files, err := r.wiki.files(r.wiki.head())
	if err != nil {
		return nil, nil
	}
	return r.wiki, files
}

// WikiLog is the wiki's history, newest first.
func (v *View) WikiLog(repoName string) []WikiCommit {
	r := v.repo(repoName)
	if r == nil || r.wiki.head() == "" {
		return nil
	}
	out, err := r.wiki.git("", nil, "log", "-z", "--name-only", "--format=%x1e%H%x1f%an%x1f%ae%x1f%at%x1f%B%x1f", wikiBranch)
	if err != nil {
		return nil
	}
	var list []WikiCommit
	for _, entry := range strings.Split(out, "\x1e")[1:] {
		list = append(list, readCommit(strings.SplitN(entry, "\x1f", 6)))
	}
	return list
}

func readCommit(parts []string) WikiCommit {
	if len(parts) < 6 {
		return WikiCommit{}
	}
	c := WikiCommit{SHA: parts[0], Author: parts[1], Email: parts[2], Message: strings.TrimSpace(parts[4])}
	seconds, _ := strconv.ParseInt(parts[3], 10, 64)
	c.When = time.Unix(seconds, 0).UTC()
	c.Files = strings.FieldsFunc(parts[5], func(r rune) bool { return r == 0 || r == '\n' })
	return c
}
