package wiki_test

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/cgi"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/wiki"
)

// server is real git behind git http-backend, with a door for faults.
type server struct {
	t     *testing.T
	root  string
	url   string
	token string

	mu    sync.Mutex
	fault func(w http.ResponseWriter, r *http.Request, git http.Handler) (handled bool)
}

// host starts a server for the repositories below its root.
func host(t *testing.T) *server {
	t.Helper()
	s := &server{t: t, root: t.TempDir(), token: "ghs_1_" + strings.Repeat("Zy9-", 20)}
	ts := httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(ts.Close)
	s.url = ts.URL
	return s
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	fault := s.fault
	s.mu.Unlock()
	git := http.HandlerFunc(s.git)
	if fault == nil || !fault(w, r, git) {
		git.ServeHTTP(w, r)
	}
}

func (s *server) git(w http.ResponseWriter, r *http.Request) {
	user, pass, _ := r.BasicAuth()
	if user != "x-access-token" || pass != s.token {
		w.Header().Set("WWW-Authenticate", `Basic realm="git"`)
		http.Error(w, "bad credentials", http.StatusUnauthorized)
		return
	}
	backend := &cgi.Handler{
		Stderr: io.Discard,
		Logger: log.New(io.Discard, "", 0),
		Path:   filepath.Join(execPath(), "git-http-backend"),
		Env: append(gitEnv(s.root),
			"GIT_PROJECT_ROOT="+s.root, "GIT_HTTP_EXPORT_ALL=1", "REMOTE_USER="+user),
	}
	backend.ServeHTTP(w, r)
}

var execPath = sync.OnceValue(func() string {
	out, err := exec.Command("git", "--exec-path").Output()
	if err != nil {
		panic(err)
	}
	return strings.TrimSpace(string(out))
})

// disturb makes every request pass fault first.
func (s *server) disturb(fault func(http.ResponseWriter, *http.Request, http.Handler) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = fault
}

func gitEnv(home string) []string {
	return []string{
		"HOME=" + home, "GIT_CONFIG_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0", "PATH=" + os.Getenv("PATH"),
		"GIT_AUTHOR_NAME=maya", "GIT_AUTHOR_EMAIL=maya@example.com",
		"GIT_COMMITTER_NAME=maya", "GIT_COMMITTER_EMAIL=maya@example.com",
	}
}

// run calls the git program in dir.
func (s *server) run(dir string, args ...string) string {
	s.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = dir, gitEnv(s.root)
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// repo is one bare repository of a server.
type repo struct {
	*server
	dir string
}

// bare makes an empty wiki whose HEAD names the branch. The options are git
// configuration, "uploadpack.allowFilter=true" for one.
func (s *server) bare(name, branch string, options ...string) *repo {
	s.t.Helper()
	r := &repo{server: s, dir: filepath.Join(s.root, name+".wiki.git")}
	s.run(s.root, "init", "-q", "--bare", "--initial-branch="+branch, r.dir)
	for _, option := range options {
		key, value, _ := strings.Cut(option, "=")
		s.run(r.dir, "config", key, value)
	}
	return r
}

// filtering is what GitHub allows a client: to leave files out, and to ask for
// them one by one.
var filtering = []string{"uploadpack.allowFilter=true", "uploadpack.allowAnySHA1InWant=true"}

// seed pushes files to the branch by the git program, as a person would.
func (r *repo) seed(branch string, files map[string]string) {
	r.t.Helper()
	work := r.t.TempDir()
	r.run(work, "init", "-q", "--initial-branch="+branch)
	for name, content := range files {
		path := filepath.Join(work, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			r.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			r.t.Fatal(err)
		}
	}
	r.run(work, "add", "-A")
	r.run(work, "commit", "-q", "-m", "by hand")
	r.run(work, "push", "-q", r.dir, "HEAD:refs/heads/"+branch)
}

func (r *repo) remote() wiki.Remote {
	return wiki.Remote{URL: r.url + "/" + filepath.Base(r.dir), Token: r.token}
}

func (r *repo) show(rev string) string {
	r.t.Helper()
	return r.run(r.dir, "show", rev)
}

func (r *repo) commits(branch string) int {
	r.t.Helper()
	return len(strings.Fields(r.run(r.dir, "rev-list", branch)))
}

// sound has git check every object of the repository.
func (r *repo) sound() {
	r.t.Helper()
	if out := r.run(r.dir, "fsck", "--full", "--strict", "--no-dangling"); strings.TrimSpace(out) != "" {
		r.t.Errorf("git fsck: %s", out)
	}
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

var bot = wiki.Author{Name: "firebreak[bot]", Email: "1+firebreak[bot]@users.noreply.github.com", When: noon}

func client(t *testing.T, opts ...wiki.Option) *wiki.Client {
	t.Helper()
	defaults := []wiki.Option{
		wiki.WithClock(func() time.Time { return noon }),
		wiki.WithBackoff(func(int) time.Duration { return 0 }),
	}
	c := wiki.New(append(defaults, opts...)...)
	t.Cleanup(c.Close)
	return c
}

// put writes one page, whatever is there.
func put(file, content string) wiki.Edit {
	return func(context.Context, wiki.Snapshot) (wiki.Change, error) {
		return wiki.Change{Write: map[string][]byte{file: []byte(content)}, Message: "Update " + file}, nil
	}
}
