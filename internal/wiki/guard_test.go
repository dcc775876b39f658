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

func TestCommit_RedirectToAnotherHostIsNotFollowed(t *testing.T) {
	var visits atomic.Int32
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { visits.Add(1) }))
	t.Cleanup(thief.Close)
	elsewhere := strings.Replace(thief.URL, "127.0.0.1", "localhost", 1)
	for _, part := range []string{"service=git-upload-pack", "/git-upload-pack", "service=git-receive-pack", "/git-receive-pack"} {
		r := host(t).bare("o", "master", filtering...)
		r.seed("master", map[string]string{"Home.md": "hi\n"})
		to := http.Header{"Location": {elsewhere + "/o.wiki.git/info/refs?service=git-upload-pack"}}
		r.disturb(answer(part, http.StatusTemporaryRedirect, to, ""))
		if _, err := commit(t, client(t), r.remote(), put("A.md", "a")); err == nil {
			t.Errorf("%s: no error", part)
		} else if strings.HasPrefix(part, "service=") && !errors.Is(err, wiki.ErrElsewhere) {
			t.Errorf("%s: error = %v, want ErrElsewhere", part, err)
		}
	}
	if n := visits.Load(); n != 0 {
		t.Errorf("the other host was asked %d times", n)
	}
}

func TestCommit_RedirectOnTheSameHostIsFollowed(t *testing.T) {
	r := host(t).bare("renamed", "master", filtering...)
	r.seed("master", map[string]string{"Home.md": "hi\n"})
	r.disturb(func(w http.ResponseWriter, req *http.Request, _ http.Handler) bool {
		path, old := strings.CutPrefix(req.URL.Path, "/old.wiki.git")
		if !old {
			return false
		}
		http.Redirect(w, req, "/renamed.wiki.git"+path+"?"+req.URL.RawQuery, http.StatusMovedPermanently)
		return true
	})
	old := wiki.Remote{URL: r.url + "/old.wiki.git", Token: r.token}
	if _, err := commit(t, client(t), old, put("A.md", "a\n")); err != nil {
		t.Fatal(err)
	}
	if got := r.show("master:A.md"); got != "a\n" {
		t.Errorf("page = %q", got)
	}
}

func TestCommit_TooLarge(t *testing.T) {
	noise := strings.Repeat("0123456789abcdef", 1<<12) // 64 KiB that pack well
	cases := map[string]struct {
		options []string
		content string
		max     int64
		want    error
	}{
		"unpacked, sent whole":    {content: noise, max: 32 << 10, want: wiki.ErrTooLarge},
		"unpacked, sent bare":     {options: filtering, content: noise, max: 32 << 10},
		"received":                {options: filtering, content: "hi\n", max: 100, want: wiki.ErrTooLarge},
		"just small enough whole": {content: noise, max: 80 << 10},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := host(t).bare("o", "master", c.options...)
			r.seed("master", map[string]string{"Big.md": c.content})
			_, err := commit(t, client(t, wiki.WithMaxBytes(c.max)), r.remote(), put("A.md", "a"))
			if !errors.Is(err, c.want) {
				t.Errorf("error = %v, want %v", err, c.want)
			}
		})
	}
}

func TestCommit_EndlessAnswer(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	r.disturb(func(w http.ResponseWriter, req *http.Request, _ http.Handler) bool {
		for req.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 1<<12)); err != nil {
				break
			}
		}
		return true
	})
	_, err := commit(t, client(t, wiki.WithMaxBytes(1<<16)), r.remote(), put("A.md", "a"))
	if !errors.Is(err, wiki.ErrTooLarge) {
		t.Errorf("error = %v, want ErrTooLarge", err)
	}
}
