package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// findGitBackend gives the path of git's own smart HTTP server, which stays where
// it is.
var findGitBackend = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("git", "--exec-path").Output()
	if err != nil {
		return "", fmt.Errorf("find git: %w", err)
	}
	path := filepath.Join(strings.TrimSpace(string(out)), "git-http-backend")
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("find git http-backend: %w", err)
	}
	return path, nil
})

// gitEnv keeps the machine's own git settings out.
func gitEnv(home string) []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "LC_ALL=C",
		"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_TERMINAL_PROMPT=0",
	}
}

// git runs git on a wiki and gives what it printed.
func (k *wiki) git(stdin string, env []string, args ...string) (string, error) {
	cmd := exec.Command("git", append([]string{"--git-dir=" + k.dir}, args...)...)
	cmd.Env = append(gitEnv(filepath.Dir(k.dir)), env...)
	cmd.Stdin = strings.NewReader(stdin)
	out, err := cmd.Output()
	if err == nil {
		return string(out), nil
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, bytes.TrimSpace(exit.Stderr))
	}
	return "", fmt.Errorf("git %s: %w", args[0], err)
}

// identity is who commits a page on the web: the person as author, GitHub as
// committer.
func identity(u *user, at time.Time) []string {
	when := fmt.Sprintf("@%d +0000", at.Unix())
	return []string{
		"GIT_AUTHOR_NAME=" + u.login, fmt.Sprintf("GIT_AUTHOR_EMAIL=%d+%s@users.noreply.github.com", u.id, u.login),
		"GIT_AUTHOR_DATE=" + when,
		"GIT_COMMITTER_NAME=GitHub", "GIT_COMMITTER_EMAIL=noreply@github.com", "GIT_COMMITTER_DATE=" + when,
	}
}
