package wiki_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var sorted cmp.Option = cmpopts.SortSlices(func(a, b string) bool { return a < b })

func head(r *repo, rev string) string {
	r.t.Helper()
	return strings.TrimSpace(r.run(r.dir, "rev-parse", rev))
}

func lines(s string) []string {
	return strings.Split(strings.TrimSuffix(s, "\n"), "\n")
}

// pipe calls git with an input and gives its answer without the line end.
func (r *repo) pipe(input string, args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env, cmd.Stdin = r.dir, gitEnv(r.root), strings.NewReader(input)
	out, err := cmd.Output()
	if err != nil {
		r.t.Fatalf("git %s: %v", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out))
}

// hook installs a server-side hook.
func (r *repo) hook(name, script string) {
	r.t.Helper()
	if err := os.MkdirAll(filepath.Join(r.dir, "hooks"), 0o755); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.dir, "hooks", name), []byte(script), 0o755); err != nil {
		r.t.Fatal(err)
	}
}

// imported makes one commit of a person's on the branch by git fast-import, the
// fewest processes there are: files get their new content, those of nil go.
func (r *repo) imported(branch string, files map[string][]byte) {
	r.t.Helper()
	var in strings.Builder
	fmt.Fprintf(&in, "commit refs/heads/%s\ncommitter maya <maya@example.com> 1795435200 +0000\ndata 7\nby hand\n", branch)
	if out, err := os.ReadFile(filepath.Join(r.dir, "refs", "heads", branch)); err == nil {
		fmt.Fprintf(&in, "from %s\n", strings.TrimSpace(string(out)))
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if files[name] == nil {
			fmt.Fprintf(&in, "D %s\n", name)
		} else {
			fmt.Fprintf(&in, "M 100644 inline %s\ndata %d\n%s\n", name, len(files[name]), files[name])
		}
	}
	r.pipe(in.String(), "fast-import", "--quiet", "--force", "--date-format=raw")
}
