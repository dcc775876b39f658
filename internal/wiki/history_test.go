package wiki_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/wiki"
)

// edits makes so many commits, each of which sets the page Notes to its number and
// adds a page of its own, and returns them, the oldest first.
func (r *repo) edits(n int) []string {
	r.t.Helper()
	var stream strings.Builder
	for i := range n {
		text := fmt.Sprintf("note %d\n", i)
		fmt.Fprintf(&stream, "commit refs/heads/master\ncommitter maya <maya@example.com> %d +0000\ndata 4\nedit\n", 1_700_000_000+i)
		for _, file := range []string{"Notes.md", fmt.Sprintf("Page-%d.md", i)} {
			fmt.Fprintf(&stream, "M 100644 inline %s\ndata %d\n%s\n", file, len(text), text)
		}
	}
	r.pipe(stream.String(), "fast-import", "--quiet")
	return lines(r.run(r.dir, "rev-list", "--reverse", "master"))
}

func notes(t *testing.T, s wiki.Snapshot) string {
	t.Helper()
	text, err := s.Read(t.Context(), "Notes.md")
	if errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	if err != nil {
		t.Errorf("read: %v", err)
	}
	return strings.TrimSpace(string(text))
}

func TestTrace(t *testing.T) {
	for name, options := range map[string][]string{
		"server that leaves files out":         filtering,
		"server that hands out no single file": {"uploadpack.allowFilter=true"},
		"server that sends everything":         nil,
	} {
		t.Run(name, func(t *testing.T) {
			r := host(t).bare("o", "master", options...)
			all := r.edits(12)
			err := client(t).Trace(t.Context(), r.remote(), func(ctx context.Context, h *wiki.History) error {
				if got := notes(t, h.Now()); got != "note 11" {
					t.Errorf("now it says %q", got)
				}
				for _, i := range []int{11, 10, 2, 0} {
					before, after, err := h.Edit(ctx, all[i])
					if err != nil {
						return fmt.Errorf("edit %d: %w", i, err)
					}
					want := ""
					if i > 0 {
						want = fmt.Sprint("note ", i-1)
					}
					if was, is := notes(t, before), notes(t, after); was != want || is != fmt.Sprint("note ", i) {
						t.Errorf("edit %d: from %q to %q", i, was, is)
					}
					if len(after.Pages()) != i+2 || after.Head() != all[i] {
						t.Errorf("edit %d: pages %q at %s", i, after.Pages(), after.Head())
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// What the branch does not lead to, or not within its newest hundred commits, is
// not there, whatever the server would hand out.
func TestTrace_ForgottenCommits(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	all := r.edits(110)
	stray := strings.TrimSpace(r.run(r.dir, "commit-tree", "master^{tree}", "-p", "master", "-m", "stray"))
	err := client(t).Trace(t.Context(), r.remote(), func(ctx context.Context, h *wiki.History) error {
		for name, commit := range map[string]string{"too old": all[3], "stray": stray, "no id": "master", "none": "", "a file": head(r, "master:Notes.md")} {
			if _, _, err := h.Edit(ctx, commit); !errors.Is(err, wiki.ErrForgotten) {
				t.Errorf("%s: %v, want that it is forgotten", name, err)
			}
		}
		_, _, err := h.Edit(ctx, all[20])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The past of an edit begins behind its parent and ends where it is enough, or with
// the first commit.
func TestTrace_Past(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	all := r.edits(8)
	for name, tc := range map[string]struct {
		commit string
		n      int
		enough string
		want   string
	}{
		"all of it":           {all[4], 100, "", "note 2, note 1, note 0"},
		"so many":             {all[7], 2, "", "note 5, note 4"},
		"until it is enough":  {all[7], 100, "note 4", "note 5, note 4"},
		"of the first commit": {all[0], 100, "", ""},
		"of none":             {strings.Repeat("a", 40), 100, "", ""},
	} {
		var have []string
		err := client(t).Trace(t.Context(), r.remote(), func(ctx context.Context, h *wiki.History) error {
			return h.Past(ctx, tc.commit, tc.n, func(then wiki.Snapshot) (bool, error) {
				have = append(have, notes(t, then))
				return have[len(have)-1] != tc.enough, nil
			})
		})
		if got := strings.Join(have, ", "); err != nil || got != tc.want {
			t.Errorf("%s: %q, want %q: %v", name, got, tc.want, err)
		}
	}
}

func TestTrace_EmptyWiki(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	err := client(t).Trace(t.Context(), r.remote(), func(ctx context.Context, h *wiki.History) error {
		_, _, err := h.Edit(ctx, strings.Repeat("a", 40))
		return err
	})
	if !errors.Is(err, wiki.ErrForgotten) {
		t.Errorf("got %v, want that it is forgotten", err)
	}
}
