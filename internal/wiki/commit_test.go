package wiki_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/internal/wiki"
)

// servers differ in what they can leave out of a fetch and hand out later.
var servers = map[string][]string{
	"server that leaves files out": filtering,
	"server that sends everything": nil,
}

func TestCommit_WritesAPage(t *testing.T) {
	for name, options := range servers {
		t.Run(name, func(t *testing.T) {
			r := host(t).bare("o", "master", options...)
			r.seed("master", map[string]string{
				"Home.md": "welcome\n", "_Sidebar.md": "side\n", "uploads/a b.png": "\x00png", "Übung.md": "é\n",
			})
			before := r.run(r.dir, "ls-tree", "-r", "master")
			done, err := client(t).Commit(t.Context(), r.remote(), bot, put("Incident-42-x.md", "# 42\n"))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := done, (wiki.Commit{SHA: head(r, "master"), Attempts: 1}); got != want {
				t.Errorf("commit = %+v, want %+v", got, want)
			}
			if got := r.show("master:Incident-42-x.md"); got != "# 42\n" {
				t.Errorf("page = %q", got)
			}
			added := r.run(r.dir, "ls-tree", "master", "Incident-42-x.md")
			if diff := cmp.Diff(lines(before+added), lines(r.run(r.dir, "ls-tree", "-r", "master")), sorted); diff != "" {
				t.Errorf("other files changed (-before +after):\n%s", diff)
			}
			r.sound()
		})
	}
}

func TestCommit_SignsAndDates(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	edit := func(context.Context, wiki.Snapshot) (wiki.Change, error) {
		return wiki.Change{Write: map[string][]byte{"A.md": nil}, Message: "Publish\x00 it\r\n\r\nall of it\n\n"}, nil
	}
	by := wiki.Author{Name: "evil> <x\ncommitter y", Email: "a@b\x00c"}
	if _, err := client(t).Commit(t.Context(), r.remote(), by, edit); err != nil {
		t.Fatal(err)
	}
	want := "evil xcommitter y|a@bc|1795435200|evil xcommitter y|Publish it\n\nall of it\n\n"
	if got := r.run(r.dir, "log", "--format=%an|%ae|%at|%cn|%B", "master"); got != want {
		t.Errorf("log = %q, want %q", got, want)
	}
	r.sound()
}

func TestCommit_EmptyWikiGetsMaster(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	edit := func(ctx context.Context, now wiki.Snapshot) (wiki.Change, error) {
		if len(now.Pages()) != 0 || now.Head() != "" {
			t.Errorf("empty wiki has pages %q at %q", now.Pages(), now.Head())
		}
		return put("Home.md", "hi\n")(ctx, now)
	}
	done, err := client(t).Commit(t.Context(), r.remote(), bot, edit)
	if err != nil {
		t.Fatal(err)
	}
	if done.SHA != head(r, "refs/heads/master") || r.commits("master") != 1 {
		t.Errorf("commit = %+v, master at %s", done, head(r, "master"))
	}
	r.sound()
}

func TestCommit_FollowsTheRemotesHEAD(t *testing.T) {
	r := host(t).bare("o", "pages", filtering...)
	r.seed("pages", map[string]string{"Home.md": "live\n"})
	r.seed("master", map[string]string{"Old.md": "dead\n"})
	master := head(r, "master")
	if _, err := client(t).Commit(t.Context(), r.remote(), bot, put("New.md", "n\n")); err != nil {
		t.Fatal(err)
	}
	if got := r.show("pages:New.md"); got != "n\n" {
		t.Errorf("page = %q", got)
	}
	if got := head(r, "master"); got != master {
		t.Errorf("master moved to %s", got)
	}
}

func TestCommit_FollowsADetachedHEAD(t *testing.T) {
	r := host(t).bare("o", "pages", filtering...)
	r.seed("pages", map[string]string{"Home.md": "live\n"})
	r.run(r.dir, "update-ref", "--no-deref", "HEAD", head(r, "pages"))
	if _, err := client(t).Commit(t.Context(), r.remote(), bot, put("New.md", "n\n")); err != nil {
		t.Fatal(err)
	}
	if got := r.show("pages:New.md"); got != "n\n" {
		t.Errorf("page = %q", got)
	}
}

func TestCommit_SameContentIsNoCommit(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	r.seed("master", map[string]string{"Home.md": "hi\n"})
	edit := func(context.Context, wiki.Snapshot) (wiki.Change, error) {
		return wiki.Change{Write: map[string][]byte{"Home.md": []byte("hi\n")}, Delete: []string{"Gone.md"}}, nil
	}
	done, err := client(t).Commit(t.Context(), r.remote(), bot, edit)
	if err != nil {
		t.Fatal(err)
	}
	if want := (wiki.Commit{SHA: head(r, "master"), Unchanged: true, Attempts: 1}); done != want {
		t.Errorf("commit = %+v, want %+v", done, want)
	}
	if n := r.commits("master"); n != 1 {
		t.Errorf("%d commits, want 1", n)
	}
}

func TestCommit_ManyFilesAtOnce(t *testing.T) {
	r := host(t).bare("o", "master", append(filtering, "receive.unpackLimit=1")...)
	r.seed("master", map[string]string{"Old.md": "old\n", "Home.md": "hi\n", "a/b.md": "in a folder\n"})
	edit := func(context.Context, wiki.Snapshot) (wiki.Change, error) {
		same := []byte("same\n")
		return wiki.Change{
			Write:   map[string][]byte{"a.md": same, "a0.md": same, "Home.md": same, "b.md": nil},
			Delete:  []string{"Old.md", "Home.md"},
			Message: "Move",
		}, nil
	}
	if _, err := client(t).Commit(t.Context(), r.remote(), bot, edit); err != nil {
		t.Fatal(err)
	}
	want := []string{"Home.md", "a.md", "a/b.md", "a0.md", "b.md"}
	if diff := cmp.Diff(want, lines(r.run(r.dir, "ls-tree", "-r", "--name-only", "master"))); diff != "" {
		t.Error(diff)
	}
	const pushed = "in-pack: 10\n" // six by hand; two contents, the tree, the commit
	if got := r.run(r.dir, "count-objects", "-v"); !strings.Contains(got, pushed) {
		t.Errorf("objects are not %q:\n%s", pushed, got)
	}
	r.sound()
}

func TestCommit_KeepsModes(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	r.seed("master", map[string]string{"run.md": "#!/bin/sh\n", "Home.md": "hi\n"})
	blob := strings.TrimSpace(r.run(r.dir, "rev-parse", "master:Home.md"))
	listing := fmt.Sprintf("100755 blob %[1]s\trun.md\n120000 blob %[1]s\tlink.md\n160000 commit %[2]s\tsub\n",
		blob, head(r, "master"))
	tree := r.pipe(listing, "mktree", "--missing")
	r.run(r.dir, "update-ref", "refs/heads/master", strings.TrimSpace(r.run(r.dir, "commit-tree", "-m", "odd", tree)))

	if _, err := client(t).Commit(t.Context(), r.remote(), bot, put("run.md", "new\n")); err != nil {
		t.Fatal(err)
	}
	new := strings.TrimSpace(r.run(r.dir, "rev-parse", "master:run.md"))
	want := strings.Replace(listing, blob+"\trun", new+"\trun", 1)
	got := r.run(r.dir, "ls-tree", "master")
	if diff := cmp.Diff(lines(want), lines(got), sorted); diff != "" {
		t.Errorf("modes (-want +got):\n%s", diff)
	}
}

func TestCommit_RefusesNamesThatAreNoPages(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	r.seed("master", map[string]string{"folder/x.md": "x\n"})
	before := head(r, "master")
	for _, name := range []string{
		"", ".", "..", ".git", ".gitmodules", "GIT~1", "a/b.md", "folder/.git", "folder//x.md", "folder/", "/x.md", `a\b.md`, "a\x00b", "a\nb", "\xff.md",
		strings.Repeat("a", 256), "folder",
	} {
		if _, err := client(t).Commit(t.Context(), r.remote(), bot, put(name, "x")); err == nil {
			t.Errorf("name %q was accepted", name)
		}
	}
	if head(r, "master") != before {
		t.Error("something was committed")
	}
}

func TestCommit_TwoPublishersLoseNothing(t *testing.T) {
	const rounds = 15 // each
	r := host(t).bare("o", "master", filtering...)
	r.seed("master", map[string]string{"Incidents.md": ""})
	c := client(t, wiki.WithAttempts(4*rounds))

	var publishers sync.WaitGroup
	for _, name := range []string{"a", "b"} {
		publishers.Go(func() {
			for i := range rounds {
				if _, err := c.Commit(t.Context(), r.remote(), bot, row(fmt.Sprintf("%s%d", name, i))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	publishers.Wait()

	index := lines(r.show("master:Incidents.md"))
	if len(index) != 2*rounds {
		t.Errorf("index has %d rows, want %d", len(index), 2*rounds)
	}
	if pages := lines(r.run(r.dir, "ls-tree", "--name-only", "master")); len(pages) != 2*rounds+1 {
		t.Errorf("wiki has %d files, want %d", len(pages), 2*rounds+1)
	}
	if n := r.commits("master"); n != 2*rounds+1 {
		t.Errorf("%d commits, want %d", n, 2*rounds+1)
	}
	r.sound()
}

// row adds a page of its own and a line to the index that all share.
func row(name string) wiki.Edit {
	return func(ctx context.Context, now wiki.Snapshot) (wiki.Change, error) {
		index, err := now.Read(ctx, "Incidents.md")
		if err != nil {
			return wiki.Change{}, err
		}
		index = append(index, name+"\n"...)
		write := map[string][]byte{"Incidents.md": index, name + ".md": []byte(name)}
		return wiki.Change{Write: write, Message: "Add " + name}, nil
	}
}

func TestCommit_GivesUpWhenOthersAreAlwaysFaster(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	r.seed("master", map[string]string{"Home.md": "hi\n"})
	c, attempts := client(t, wiki.WithAttempts(3)), 0
	edit := func(ctx context.Context, now wiki.Snapshot) (wiki.Change, error) {
		attempts++
		if _, err := client(t).Commit(ctx, r.remote(), bot, put("Other.md", fmt.Sprint(attempts))); err != nil {
			t.Fatal(err)
		}
		return put("Mine.md", "x")(ctx, now)
	}
	_, err := c.Commit(t.Context(), r.remote(), bot, edit)
	if !errors.Is(err, wiki.ErrConflict) || attempts != 3 {
		t.Errorf("error after %d attempts: %v", attempts, err)
	}
	if r.commits("master") != 4 {
		t.Errorf("%d commits, want the seed and three of the other's", r.commits("master"))
	}
}

func TestCommit_EditsErrorEndsIt(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	own := errors.New("gate shut")
	edit := func(context.Context, wiki.Snapshot) (wiki.Change, error) { return wiki.Change{}, own }
	if _, err := client(t).Commit(t.Context(), r.remote(), bot, edit); !errors.Is(err, own) {
		t.Errorf("error = %v, want %v", err, own)
	}
	nameless := func(context.Context, wiki.Snapshot) (wiki.Change, error) {
		return wiki.Change{Write: map[string][]byte{"A.md": nil}}, nil
	}
	if _, err := client(t).Commit(t.Context(), r.remote(), bot, nameless); err == nil {
		t.Error("a commit without a message was accepted")
	}
}

func TestRead(t *testing.T) {
	for name, options := range servers {
		t.Run(name, func(t *testing.T) {
			r := host(t).bare("o", "master", options...)
			r.seed("master", map[string]string{"Home.md": "hi\n", "sub/x.md": "x\n", "pic.png": "\x00"})
			err := client(t).Read(t.Context(), r.remote(), func(ctx context.Context, now wiki.Snapshot) error {
				checkSnapshot(ctx, t, r, now)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func checkSnapshot(ctx context.Context, t *testing.T, r *repo, now wiki.Snapshot) {
	t.Helper()
	if diff := cmp.Diff([]string{"Home.md", "pic.png", "sub/x.md"}, now.Pages()); diff != "" {
		t.Error(diff)
	}
	if now.Head() != head(r, "master") {
		t.Errorf("head = %s", now.Head())
	}
	for range 2 { // the second is not fetched again, and must not differ
		if got, err := now.Read(ctx, "Home.md"); err != nil || string(got) != "hi\n" {
			t.Errorf("Home.md = %q, %v", got, err)
		}
	}
	if got, err := now.Read(ctx, "sub/x.md"); err != nil || string(got) != "x\n" {
		t.Errorf("sub/x.md = %q, %v", got, err)
	}
	for _, name := range []string{"sub", "sub/", "sub/y.md", "Home.md/x.md", "Gone.md", ""} {
		if _, err := now.Read(ctx, name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("read %q: %v, want fs.ErrNotExist", name, err)
		}
	}
}
