package wiki_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/wiki"
)

// commit makes one commit and checks what holds for every error: one line, not
// long, and no token in it.
func commit(t *testing.T, c *wiki.Client, to wiki.Remote, edit wiki.Edit) (wiki.Commit, error) {
	t.Helper()
	done, err := c.Commit(t.Context(), to, bot, edit)
	basic := base64.StdEncoding.EncodeToString([]byte("x-access-token:" + to.Token))
	for _, text := range []string{fmt.Sprint(err), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
		if strings.Contains(text, to.Token) || strings.Contains(text, basic) {
			t.Errorf("error holds the token: %s", text)
		}
		if len(text) > 400 || strings.ContainsAny(text, "\n\r\x1b") {
			t.Errorf("error is not one short line: %q", text)
		}
	}
	return done, err
}

func TestCommit_NoSuchWiki(t *testing.T) {
	s := host(t)
	missing := wiki.Remote{URL: s.url + "/missing.wiki.git", Token: s.token}
	if _, err := commit(t, client(t), missing, put("A.md", "a")); !errors.Is(err, wiki.ErrNoWiki) {
		t.Errorf("error = %v, want ErrNoWiki", err)
	}
}

func TestCommit_WrongToken(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	remote := r.remote()
	remote.Token = "ghs_expired"
	if _, err := commit(t, client(t), remote, put("A.md", "a")); !errors.Is(err, wiki.ErrDenied) {
		t.Errorf("error = %v, want ErrDenied", err)
	}
	remote.Token = ""
	if _, err := client(t).Commit(t.Context(), remote, bot, put("A.md", "a")); !errors.Is(err, wiki.ErrDenied) {
		t.Errorf("anonymous: error = %v, want ErrDenied", err)
	}
}

// answer makes requests whose URL holds part get the status, with the text.
func answer(part string, status int, header http.Header, text string) func(http.ResponseWriter, *http.Request, http.Handler) bool {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if !strings.Contains(r.URL.String(), part) {
			return false
		}
		for name := range header {
			w.Header().Set(name, header.Get(name))
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(strings.ReplaceAll(text, "{auth}", r.Header.Get("Authorization"))))
		return true
	}
}

// pkt frames a line as git's protocol does.
func pkt(line string) string { return fmt.Sprintf("%04x%s", len(line)+4, line) }

func TestCommit_Refusals(t *testing.T) {
	cases := map[string]struct {
		part   string
		status int
		header http.Header
		text   string
		want   error         // nil: Temporary
		after  time.Duration // of Temporary
	}{
		"push forbidden": {part: "service=git-receive-pack", status: 403,
			text: "Permission to o/r.wiki.git denied to firebreak[bot].\n", want: wiki.ErrDenied},
		"push forbidden at the last moment": {part: "/git-receive-pack", status: 403, want: wiki.ErrDenied},
		"too fast": {part: "info/refs", status: 403, header: http.Header{"Retry-After": {"30"}},
			after: 30 * time.Second},
		"too many requests": {part: "info/refs", status: 429, header: http.Header{"Retry-After": {noon.Add(time.Minute).Format(http.TimeFormat)}},
			after: time.Minute},
		"nonsense in Retry-After":   {part: "info/refs", status: 503, header: http.Header{"Retry-After": {"-5"}}},
		"bad gateway":               {part: "git-upload-pack", status: 502},
		"bad gateway before a push": {part: "service=git-receive-pack", status: 502},
		"bad gateway at every push": {part: "/git-receive-pack", status: 502},
		"unavailable at a push": {part: "/git-receive-pack", status: 503, header: http.Header{"Retry-After": {"7"}},
			after: 7 * time.Second},
		"gone":                  {part: "info/refs", status: 410, want: wiki.ErrNoWiki},
		"push too large":        {part: "/git-receive-pack", status: 413, want: wiki.ErrTooLarge},
		"not exported":          {part: "info/refs", status: 200, text: pkt("ERR access denied or repository not exported: /o/r.wiki.git"), want: wiki.ErrNoWiki},
		"not git's answer":      {part: "info/refs", status: 200, text: "<html>please log in</html>"},
		"no answer to fetch":    {part: "/git-upload-pack", status: 200},
		"answer cut short":      {part: "/git-upload-pack", status: 200, text: pkt("NAK\n") + "0100\x01PACK"},
		"hostile text":          {part: "info/refs", status: 403, text: "{auth}\x1b[31m\n" + strings.Repeat("x\n", 9000), want: wiki.ErrDenied},
		"hostile text in a 5xx": {part: "git-receive-pack", status: 500, text: strings.Repeat("{auth} ", 50)},
		"server without room":   {part: "/git-receive-pack", status: 200, text: pkt("unpack no space left\n") + "0000"},
		"unknown rejection":     {part: "/git-receive-pack", status: 200, text: pkt("unpack ok\n") + pkt("ng refs/heads/master oops\n") + "0000", want: wiki.ErrConflict},
		"rule of the server's":  {part: "/git-receive-pack", status: 200, text: pkt("unpack ok\n") + pkt("ng refs/heads/master protected branch\n") + "0000", want: wiki.ErrDenied},
		"empty answer to push":  {part: "/git-receive-pack", status: 200},
		"hostile packet":        {part: "info/refs", status: 200, text: pkt("ERR " + strings.Repeat("\x1b]0;x ", 2000))},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			r := host(t).bare("o", "master", filtering...)
			r.seed("master", map[string]string{"Home.md": "hi\n"})
			r.disturb(answer(c.part, c.status, c.header, c.text))
			_, err := commit(t, client(t), r.remote(), put("A.md", "a"))
			var passing *wiki.Temporary
			switch {
			case c.want != nil && !errors.Is(err, c.want):
				t.Errorf("error = %v, want %v", err, c.want)
			case c.want == nil && (!errors.As(err, &passing) || passing.After != c.after):
				t.Errorf("error = %v, want Temporary after %v", err, c.after)
			}
			r.disturb(nil)
			if done, err := commit(t, client(t), r.remote(), put("A.md", "a")); err != nil || done.Unchanged {
				t.Errorf("afterwards: %+v, %v", done, err)
			}
			if n := r.commits("master"); n != 2 {
				t.Errorf("%d commits, want 2", n)
			}
		})
	}
}

func TestCommit_PlainRefusalIsNotTemporary(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	r.disturb(answer("info/refs", 400, nil, "bad request"))
	_, err := commit(t, client(t), r.remote(), put("A.md", "a"))
	var passing *wiki.Temporary
	if err == nil || errors.As(err, &passing) || !strings.Contains(err.Error(), "400") {
		t.Errorf("error = %v, want a final one that names the status", err)
	}
}

func TestRead_ServerThatHandsOutNoSingleFile(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	r.seed("master", map[string]string{"Home.md": "hi\n", "sub/x.md": "x\n", "pic.png": "\x00"})
	var fetches atomic.Int32
	refuse := answer("/git-upload-pack", 200, nil, pkt("ERR upload-pack: not our ref"))
	r.disturb(func(w http.ResponseWriter, req *http.Request, git http.Handler) bool {
		if strings.HasSuffix(req.URL.Path, "/git-upload-pack") && fetches.Add(1) == 2 {
			return refuse(w, req, git)
		}
		return false
	})
	err := client(t).Read(t.Context(), r.remote(), func(ctx context.Context, now wiki.Snapshot) error {
		checkSnapshot(ctx, t, r, now)
		return nil
	})
	if err != nil || fetches.Load() != 3 {
		t.Errorf("error after %d fetches: %v; want the third to bring everything", fetches.Load(), err)
	}
}

func TestRead_FaultsReachTheReader(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	r.seed("master", map[string]string{"Home.md": "hi\n"})
	err := client(t).Read(t.Context(), r.remote(), func(ctx context.Context, now wiki.Snapshot) error {
		r.disturb(answer("/git-upload-pack", 502, http.Header{"Retry-After": {"3"}}, ""))
		_, err := now.Read(ctx, "Home.md")
		return err
	})
	var passing *wiki.Temporary
	if !errors.As(err, &passing) || passing.After != 3*time.Second {
		t.Errorf("error = %v, want Temporary", err)
	}
}

func TestCommit_NoConnection(t *testing.T) {
	s := host(t)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	var passing *wiki.Temporary
	_, err := commit(t, client(t), wiki.Remote{URL: gone.URL + "/o.wiki.git", Token: s.token}, put("A.md", "a"))
	if !errors.As(err, &passing) {
		t.Errorf("error = %v, want Temporary", err)
	}
}

func TestCommit_ServerThatNeverAnswers(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	release := make(chan struct{})
	defer close(release)
	r.disturb(func(w http.ResponseWriter, req *http.Request, _ http.Handler) bool {
		select {
		case <-release:
		case <-req.Context().Done():
		}
		return true
	})
	var passing *wiki.Temporary
	_, err := commit(t, client(t, wiki.WithTimeout(20*time.Millisecond)), r.remote(), put("A.md", "a"))
	if !errors.As(err, &passing) {
		t.Errorf("error = %v, want Temporary", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = client(t).Commit(ctx, r.remote(), bot, put("A.md", "a"))
	if !errors.Is(err, context.Canceled) || errors.As(err, &passing) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
}

func TestCommit_StopsWaitingWithItsContext(t *testing.T) {
	r := host(t).bare("o", "master", filtering...)
	r.seed("master", map[string]string{"Home.md": "hi\n"})
	ctx, cancel := context.WithCancel(t.Context())
	c := client(t, wiki.WithBackoff(func(int) time.Duration { cancel(); return time.Hour }))
	edit := func(ctx context.Context, now wiki.Snapshot) (wiki.Change, error) {
		if _, err := client(t).Commit(ctx, r.remote(), bot, put("Other.md", "x")); err != nil {
			t.Fatal(err)
		}
		return put("Mine.md", "x")(ctx, now)
	}
	if _, err := c.Commit(ctx, r.remote(), bot, edit); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
}
