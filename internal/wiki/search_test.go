package wiki_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/wiki"
)

const marked = "# It broke\n\n<!-- the mark -->\n"

func isMarked(text string) bool { return strings.Contains(text, "<!-- the mark -->") }

// look searches a wiki in which the page was Incident-42-x at the given commit.
func look(t *testing.T, r *repo, commit, id string) (file string) {
	t.Helper()
	err := client(t).Read(t.Context(), r.remote(), func(ctx context.Context, now wiki.Snapshot) error {
		q := wiki.Search{ID: id, Commit: commit, Stem: "Incident-42", Is: isMarked}
		found, text, ok, err := q.Find(ctx, now)
		if ok != (found != "") || ok && !isMarked(text) {
			t.Errorf("found %q, %t: %q", found, ok, text)
		}
		file = found
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// crowd is enough other pages that not all of a wiki are looked into.
func crowd() map[string][]byte {
	files := map[string][]byte{"Home.md": []byte("hi\n"), "Incident-42-x.md": []byte(marked)}
	for i := range 60 {
		files[fmt.Sprintf("Page-%d.md", i)] = fmt.Appendf(nil, "page %d\n", i)
	}
	return files
}

func TestSearch_FindsARenamedPage(t *testing.T) {
	edited := []byte(marked + "more\n")
	gone := map[string][]byte{"Incident-42-x.md": nil}
	cases := map[string]struct {
		id    string
		after map[string][]byte
		want  string
	}{
		"renamed":                            {wiki.ID([]byte(marked)), map[string][]byte{"Cold-cache.md": []byte(marked)}, "Cold-cache.md"},
		"renamed and edited":                 {wiki.ID([]byte(marked)), map[string][]byte{"Cold-cache.md": edited}, "Cold-cache.md"},
		"renamed, unknown what it was":       {"", map[string][]byte{"Cold-cache.md": edited}, "Cold-cache.md"},
		"moved into a folder":                {wiki.ID([]byte(marked)), map[string][]byte{"2026/11/Incident-42-x.md": []byte(marked)}, "2026/11/Incident-42-x.md"},
		"moved and edited":                   {"", map[string][]byte{"2026/11/Cold-cache.md": edited}, "2026/11/Cold-cache.md"},
		"in another language":                {"", map[string][]byte{"Cold-cache.rst": edited}, "Cold-cache.rst"},
		"no page":                            {wiki.ID([]byte(marked)), map[string][]byte{"Cold-cache.txt": []byte(marked)}, ""},
		"deleted":                            {wiki.ID([]byte(marked)), nil, ""},
		"new pages of the name, no mark":     {wiki.ID([]byte(marked)), map[string][]byte{"Incident-42-y.md": []byte("a stub\n")}, ""},
		"too large to be one of Firebreak's": {"", map[string][]byte{"Cold-cache.md": append([]byte(marked), make([]byte, 256<<10)...)}, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := host(t).bare("o", "master", filtering...)
			r.imported("master", crowd())
			before := head(r, "master")
			r.imported("master", gone)
			r.imported("master", c.after)
			if got := look(t, r, before, c.id); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

// A server may not hand out what no branch leads to, or nothing by its id.
func TestSearch_WithoutTheCommitOfBefore(t *testing.T) {
	cases := map[string]struct {
		options []string
		files   map[string][]byte
		want    string
	}{
		"by the number at the start":   {filtering, map[string][]byte{"Incident 42 cold.md": []byte(marked)}, "Incident 42 cold.md"},
		"by the number at the end":     {filtering, map[string][]byte{"Cold-cache-incident-42.md": []byte(marked)}, "Cold-cache-incident-42.md"},
		"not by a longer number":       {filtering, map[string][]byte{"Incident-421-cold.md": []byte(marked)}, ""},
		"not by a name of its own":     {filtering, map[string][]byte{"Cold-cache.md": []byte(marked)}, ""},
		"server that sends all":        {nil, map[string][]byte{"Incident-42.md": []byte(marked)}, "Incident-42.md"},
		"server that hands out little": {filtering[:1], map[string][]byte{"Incident-42.md": []byte(marked)}, "Incident-42.md"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := host(t).bare("o", "master", c.options...)
			r.imported("master", crowd())
			r.imported("master", map[string][]byte{"Incident-42-x.md": nil})
			r.imported("master", c.files)
			if got := look(t, r, strings.Repeat("4", 40), ""); got != c.want {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

// In a small wiki all pages are looked into, in one request.
func TestSearch_LooksIntoAllOfASmallWiki(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	files := map[string][]byte{}
	for i := range 49 {
		files[fmt.Sprintf("Page-%d.md", i)] = fmt.Appendf(nil, "page %d\n", i)
	}
	files["Zero.md"] = []byte(marked)
	r.imported("master", files)
	counted := &wire{}
	err := client(t, wiki.WithTransport(counted)).Read(t.Context(), r.remote(), func(ctx context.Context, now wiki.Snapshot) error {
		file, _, _, err := wiki.Search{Stem: "Incident-42", Is: isMarked}.Find(ctx, now)
		if file != "Zero.md" {
			t.Errorf("found %q", file)
		}
		return err
	})
	if err != nil || counted.requests.Load() > 3+1 { // the first of all is asked for its password
		t.Errorf("%d requests: %v", counted.requests.Load(), err)
	}
}

func TestCommit_InAFolder(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	r.seed("master", map[string]string{"Home.md": "hi\n", "2026/11/a.md": "a\n", "2026/11/b.md": "b\n", "2026/c.md": "c\n"})
	edit := func(context.Context, wiki.Snapshot) (wiki.Change, error) {
		return wiki.Change{Write: map[string][]byte{"2026/11/a.md": []byte("new\n"), "2026/d.md": []byte("d\n"), "Home.md": []byte("hello\n")},
			Delete: []string{"2026/11/b.md", "2026/gone.md", "none/x.md"}, Message: "Edit"}, nil
	}
	for attempt := range 2 {
		done, err := client(t).Commit(t.Context(), r.remote(), bot, edit)
		if err != nil || done.Unchanged != (attempt == 1) {
			t.Fatalf("attempt %d: %+v, %v", attempt, done, err)
		}
	}
	want := "2026/11/a.md\n2026/c.md\n2026/d.md\nHome.md\n"
	if got := r.run(r.dir, "ls-tree", "-r", "--name-only", "master"); got != want {
		t.Errorf("files %q, want %q", got, want)
	}
	if got := r.show("master:2026/11/a.md") + r.show("master:2026/c.md"); got != "new\nc\n" {
		t.Errorf("pages %q", got)
	}
	last := func(context.Context, wiki.Snapshot) (wiki.Change, error) {
		return wiki.Change{Delete: []string{"2026/11/a.md"}, Message: "Delete"}, nil
	}
	if _, err := client(t).Commit(t.Context(), r.remote(), bot, last); err != nil {
		t.Fatal(err)
	}
	if got := r.run(r.dir, "ls-tree", "-r", "-t", "--name-only", "master"); strings.Contains(got, "2026/11") {
		t.Errorf("an empty folder is left: %q", got)
	}
	r.sound()
}
