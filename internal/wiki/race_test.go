package wiki_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

const (
	// Each of the publishes is beaten by so many pushes: a hundred in all.
	publishes, beatings = 20, 5
	// byProgram: each so many-th push is followed by one by the git program.
	byProgram = 20
	racePage  = "Incident-42-x.md"
)

// race is a wiki in which Firebreak publishes a post-mortem while a person pushes.
type race struct {
	*repo
	t *testing.T
	// doc is the document, base what was published of it last.
	doc  postmortem.Document
	base string
	// clone is the person's own, for what they push by the git program.
	clone string
	// round counts the publishes, beaten the attempts that came too late.
	round, beaten int
}

// A person pushes between Firebreak's fetch and its push, a hundred times: to
// another section of the same page, to other pages, to the index. Every edit of
// either is there in the end.
func TestCommit_APersonIsFasterAHundredTimes(t *testing.T) {
	quick := append([]string{"receive.autogc=false", "gc.auto=0", "maintenance.auto=false", "core.fsync=none"}, filtering...)
	r := &race{t: t, repo: host(t).bare("o", "master", quick...), clone: t.TempDir()}
	r.doc = postmortem.Document{Key: "6/1", Number: 42, Title: "x"}
	r.base = postmortem.Render(r.doc)
	r.imported("master", map[string][]byte{
		racePage: []byte(r.base + "\n## Notes of ours\n\nNothing yet.\n"), "Notes.md": []byte("# Notes\n"), "Incidents.md": []byte("All:\n"),
	})
	r.run(r.clone, "clone", "-q", r.dir, ".")
	c := client(t)
	for r.round = range publishes {
		r.doc.Causes = append(r.doc.Causes, fmt.Sprintf("cause %d.", r.round))
		done, err := c.Commit(t.Context(), r.remote(), bot, r.publish)
		if err != nil || done.Attempts != beatings+1 {
			t.Fatalf("round %d: %+v, %v", r.round, done, err)
		}
		r.base = postmortem.Render(r.doc)
	}
	r.allThere()
}

// publish merges the page, and has somebody push before that is pushed.
func (r *race) publish(ctx context.Context, now wiki.Snapshot) (wiki.Change, error) {
	if err := now.Fetch(ctx, []string{racePage, "Incidents.md"}); err != nil {
		return wiki.Change{}, err
	}
	theirs, err := now.Read(ctx, racePage)
	if err != nil {
		return wiki.Change{}, err
	}
	index, err := now.Read(ctx, "Incidents.md")
	if err != nil {
		return wiki.Change{}, err
	}
	if r.beaten < beatings*(r.round+1) {
		r.push(string(theirs), string(index))
		r.beaten++
	}
	merged := postmortem.Merge(r.base, string(theirs), postmortem.Render(r.doc))
	return wiki.Change{Message: fmt.Sprintf("publish %d", r.round), Write: map[string][]byte{
		racePage: []byte(merged.Text), "Incidents.md": fmt.Appendf(index, "app %d\n", r.round),
	}}, nil
}

// push is what the person does: a section of the page, a line of the index and
// another page, and now and then an edit by the git program over HTTP.
func (r *race) push(page, index string) {
	r.imported("master", map[string][]byte{
		racePage:                            fmt.Appendf(nil, "%snote %d.\n", page, r.beaten),
		"Incidents.md":                      fmt.Appendf(nil, "%sperson %d\n", index, r.beaten),
		fmt.Sprintf("Page-%d.md", r.beaten): []byte("x\n"),
	})
	if r.beaten%byProgram > 0 {
		return
	}
	at := strings.Replace(r.remote().URL, "://", "://x-access-token:"+r.token+"@", 1)
	r.run(r.clone, "pull", "-q", "--rebase", at, "master")
	r.run(r.clone, "commit", "-q", "--allow-empty", "-m", fmt.Sprintf("by hand %d", r.beaten))
	r.run(r.clone, "push", "-q", at, "HEAD:master")
}

func (r *race) allThere() {
	page, index, files := r.show("master:"+racePage), r.show("master:Incidents.md"), r.run(r.dir, "ls-tree", "--name-only", "master")
	once := func(text, format string, i int) {
		if word := fmt.Sprintf(format, i); strings.Count(text, word) != 1 {
			r.t.Errorf("%q is there %d times", word, strings.Count(text, word))
		}
	}
	for i := range publishes {
		once(page, " cause %d.\n", i)
		once(index, "\napp %d\n", i)
	}
	for i := range publishes * beatings {
		once(page, "\nnote %d.\n", i)
		once(index, "\nperson %d\n", i)
		once(files, "Page-%d.md\n", i)
	}
	if n, want := r.commits("master"), 1+publishes+publishes*beatings*(byProgram+1)/byProgram; n != want {
		r.t.Errorf("%d commits, want %d", n, want)
	}
	if merges := r.run(r.dir, "rev-list", "--min-parents=2", "master"); merges != "" {
		r.t.Errorf("merges: %s", merges)
	}
	r.sound()
}
