package wiki_test

import (
	"os"
	"os/exec"
	"path/filepath"
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
