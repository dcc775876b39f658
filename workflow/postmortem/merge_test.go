package postmortem_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// edit returns a page with each first text replaced by the next.
func edit(page string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(page, pairs[i]) {
			panic("no " + pairs[i] + " in " + page)
		}
		page = strings.Replace(page, pairs[i], pairs[i+1], 1)
	}
	return page
}

func crlf(page string) string { return strings.ReplaceAll(page, "\n", "\r\n") }

// situation is a file of testdata/merge: what Firebreak published (base), what
// people made of it (theirs), what Firebreak has to say now (ours), and what
// should come of it (want, said).
type situation struct {
	path                           string
	archive                        *txtar.Archive
	base, theirs, ours, want, tell string
}

func situations(t testing.TB) map[string]situation {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "merge", "*.txtar"))
	if err != nil || len(files) < 25 {
		t.Fatalf("%d situations: %v", len(files), err)
	}
	all := map[string]situation{}
	for _, path := range files {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		s := situation{path: path, archive: archive}
		for _, f := range archive.Files {
			for name, text := range map[string]*string{"base": &s.base, "theirs": &s.theirs, "ours": &s.ours, "want": &s.want, "said": &s.tell} {
				if f.Name == name {
					*text = string(f.Data)
				}
			}
		}
		all[strings.TrimSuffix(filepath.Base(path), ".txtar")] = s
	}
	return all
}

// toldOf is what a merge tells, a line each.
func toldOf(m postmortem.Merged) string {
	var b strings.Builder
	list := func(what string, all []string) {
		if len(all) > 0 {
			fmt.Fprintf(&b, "%s: %s\n", what, strings.Join(all, ", "))
		}
	}
	list("kept", m.Kept)
	list("deleted", m.Deleted)
	for _, l := range m.Left {
		fmt.Fprintf(&b, "left: %s / %s / %s\n", l.Section, l.Where, l.What)
		if l.Drawn {
			b.WriteString("drawn otherwise\n")
		}
	}
	if m.Open {
		b.WriteString("open\n")
	}
	return b.String()
}

const mark = "<!-- firebreak:post-mortem v1 incident=1/2 -->\n\n"

// published is a page of the tests as it is in a wiki, with its markers.
func published(page string) string { return postmortem.Merge("", "", mark+page).Text }

// markedAs is a page with the markers that base has in a wiki.
func markedAs(base, theirs string) string {
	page := published(base)
	head, _, _ := strings.Cut(page, "\n")
	return head + "\n\n" + theirs + "\n" + page[strings.LastIndex(page, "<!--"):]
}

// bare takes the markers out again.
func bare(page string) string {
	lines := strings.SplitAfter(page, "\n")
	var out []string
	for _, line := range lines {
		if !marker.MatchString(line) {
			out = append(out, line)
		}
	}
	return strings.Trim(strings.Join(out, ""), "\r\n") + "\n"
}

// TestMerge merges each situation as it happens: knowing what was published from
// the database, from the page, and from both.
func TestMerge(t *testing.T) {
	for name, s := range situations(t) {
		t.Run(name, func(t *testing.T) {
			got := postmortem.Merge(s.base, s.theirs, s.ours)
			if *update {
				s.write(t, got)
			}
			if diff := cmp.Diff(s.want, got.Text); diff != "" {
				t.Errorf("merged (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(s.tell, toldOf(got)); diff != "" {
				t.Errorf("said (-want +got):\n%s", diff)
			}
			for name, base := range map[string]string{"the same base": s.base, "the new base": s.ours} {
				if again := postmortem.Merge(base, got.Text, s.ours); again.Text != got.Text {
					t.Errorf("merged again with %s:\n%s", name, cmp.Diff(got.Text, again.Text))
				}
			}
			windows := postmortem.Merge(s.base, crlf(s.theirs), s.ours)
			if diff := cmp.Diff(crlf(got.Text), windows.Text); diff != "" && s.theirs != "" {
				t.Errorf("with the line ends of a form (-without +with):\n%s", diff)
			}
			if s.base != "" && s.theirs != "" {
				s.knownFromThePage(t, got)
			}
		})
	}
}

// knownFromThePage merges with the page's own prints alone.
func (s situation) knownFromThePage(t *testing.T, want postmortem.Merged) {
	t.Helper()
	theirs := markedAs(s.base, s.theirs)
	for name, base := range map[string]string{"the page alone": "", "both": mark + s.base} {
		got := postmortem.Merge(base, theirs, mark+s.ours)
		if diff := cmp.Diff(bare(want.Text), bare(got.Text)); diff != "" {
			t.Errorf("known from %s (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff(toldOf(want), toldOf(got)); diff != "" {
			t.Errorf("known from %s, said (-want +got):\n%s", name, diff)
		}
		if again := postmortem.Merge("", got.Text, mark+s.ours); again.Text != got.Text {
			t.Errorf("known from %s, merged again:\n%s", name, cmp.Diff(got.Text, again.Text))
		}
	}
}

func (s situation) write(t *testing.T, got postmortem.Merged) {
	t.Helper()
	for i, f := range s.archive.Files {
		switch f.Name {
		case "want":
			s.archive.Files[i].Data = []byte(got.Text)
		case "said":
			s.archive.Files[i].Data = []byte(toldOf(got))
		}
	}
	if err := os.WriteFile(s.path, txtar.Format(s.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
