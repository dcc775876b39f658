package wiki_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/firebreak-app/firebreak/internal/wiki"
)

// drop lets the first n pushes through and loses the answers.
func drop(n int32) func(http.ResponseWriter, *http.Request, http.Handler) bool {
	var seen atomic.Int32
	return func(w http.ResponseWriter, r *http.Request, git http.Handler) bool {
		if !strings.HasSuffix(r.URL.Path, "/git-receive-pack") || seen.Add(1) > n {
			return false
		}
		git.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}
}

func TestCommit_LostAnswerIsNotCommittedTwice(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	r.seed("master", map[string]string{"Incidents.md": ""})
	r.disturb(drop(1))
	done, err := commit(t, client(t), r.remote(), row("a"))
	if err != nil {
		t.Fatal(err)
	}
	if want := (wiki.Commit{SHA: head(r, "master"), Attempts: 2}); done != want {
		t.Errorf("commit = %+v, want %+v", done, want)
	}
	if got := r.show("master:Incidents.md"); got != "a\n" || r.commits("master") != 2 {
		t.Errorf("index = %q after %d commits", got, r.commits("master"))
	}
}

func TestCommit_LostAnswerThenAnotherPush(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	r.seed("master", map[string]string{"Home.md": "hi\n"})
	lose := drop(1)
	r.disturb(func(w http.ResponseWriter, req *http.Request, git http.Handler) bool {
		if !strings.HasSuffix(req.URL.Path, "/git-receive-pack") {
			return false
		}
		r.disturb(nil)
		defer func() {
			if _, err := client(t).Commit(t.Context(), r.remote(), bot, put("Other.md", "x")); err != nil {
				t.Error(err)
			}
			panic(http.ErrAbortHandler)
		}()
		return lose(w, req, git)
	})
	done, err := commit(t, client(t), r.remote(), put("A.md", "a"))
	if err != nil || !done.Unchanged || done.SHA != head(r, "master") {
		t.Errorf("commit = %+v, %v; want it recognised below the other's", done, err)
	}
	if n := r.commits("master"); n != 3 {
		t.Errorf("%d commits, want 3", n)
	}
}

func TestCommit_HookDeclines(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	r.seed("master", map[string]string{"Home.md": "hi\n"})
	r.hook("pre-receive", "#!/bin/sh\nexit 1\n")
	if _, err := commit(t, client(t), r.remote(), put("A.md", "a")); !errors.Is(err, wiki.ErrDenied) {
		t.Errorf("error = %v, want ErrDenied", err)
	}
}
