package sandbox

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/cgi"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// wikiPath is the address of something of a wiki's git.
var wikiPath = regexp.MustCompile(`^/([^/]+)/([^/]+)\.wiki\.git/(info/refs|git-upload-pack|git-receive-pack)$`)

// serveGit answers a git client by git's own server, after checking that the
// client may.
func (sb *Sandbox) serveGit(q asked) answer {
	match := wikiPath.FindStringSubmatch(unescaped(q.path))
	if match == nil {
		return sb.unknownGit(q)
	}
	service := q.URL.Query().Get("service")
	if service == "" {
		service = path.Base(match[3])
	}
	writes := service == "git-receive-pack"
	door, r := sb.gitDoor(q, match[1]+"/"+match[2], writes)
	if door.status != 0 {
		return door
	}
	before := sb.wikiHead(r, writes)
	out := sb.runBackend(q, r, match[3])
	out.actor, out.installation = door.actor, door.installation
	if writes && q.Method == http.MethodPost {
		sb.pushed(r, before)
	}
	return out
}

func (sb *Sandbox) unknownGit(q asked) answer {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	sb.unknown(q)
	return answer{status: http.StatusNotImplemented, header: http.Header{}}
}

// gitDoor checks the token and says no as GitHub's git server does: with text
// that git shows as the remote's. A status of 0 is a yes.
func (sb *Sandbox) gitDoor(q asked, name string, write bool) (a answer, r *repo) {
	sb.look(func(w *world) {
		t, refused := w.gitToken(q.Request)
		if t != nil {
			a.actor, a.installation = w.bot.login, t.inst.id
		}
		r = w.names[fold(name)]
		if refused == nil {
			refused = w.gitRefusal(t, r, name, write)
		}
		if refused == nil {
			return
		}
		a.status, a.body, a.header = refused.Status, []byte(refused.Message), http.Header{}
		a.header.Set("Content-Type", "text/plain; charset=utf-8")
		if a.status == http.StatusUnauthorized {
			a.header.Set("WWW-Authenticate", `Basic realm="GitHub"`)
		}
	})
	return a, r
}

func (w *world) gitToken(r *http.Request) (*token, *Error) {
	login, secret, given := r.BasicAuth()
	if !given {
		return nil, nil
	}
	t, err := w.token(secret)
	if err != nil || login != "x-access-token" {
		return nil, &Error{Status: http.StatusUnauthorized,
			Message: "Invalid username or token. Password authentication is not supported for Git operations."}
	}
	return t, nil
}

// gitRefusal: what may not be read is not there; who asks without a token is
// asked for one first.
func (w *world) gitRefusal(t *token, r *repo, name string, write bool) *Error {
	readable := r != nil && r.hasWiki() && r.wiki.ready() &&
		(!r.opts.Private || t != nil && t.covers(w, r) && t.allows("contents", false))
	switch {
	case t == nil && (write || !readable):
		return &Error{Status: http.StatusUnauthorized, Message: "No anonymous write access."}
	case !readable:
		return &Error{Status: http.StatusNotFound, Message: "Repository not found."}
	case write && r.opts.Archived:
		return &Error{Status: http.StatusForbidden, Message: "This repository was archived so it is read-only."}
	case write && !(t.covers(w, r) && t.allows("contents", true)):
		return &Error{Status: http.StatusForbidden,
			Message: fmt.Sprintf("Permission to %s.wiki.git denied to %s.", name, w.bot.login)}
	}
	return nil
}

// runBackend hands the request to git http-backend.
func (sb *Sandbox) runBackend(q asked, r *repo, tail string) answer {
	inner := q.Clone(q.Context())
	inner.URL = &url.URL{Path: "/" + path.Base(r.wiki.dir) + "/" + tail, RawQuery: q.URL.RawQuery}
	inner.Header.Del("Authorization")
	// CGI has no chunked requests.
	inner.TransferEncoding, inner.ContentLength = nil, int64(len(q.body))
	inner.Body = io.NopCloser(bytes.NewReader(q.body))
	var problems bytes.Buffer
	backend := cgi.Handler{
		Path: sb.git, Dir: sb.dir, Stderr: &problems, Logger: log.New(io.Discard, "", 0),
		Env: append(gitEnv(sb.dir), "GIT_PROJECT_ROOT="+sb.dir, "GIT_HTTP_EXPORT_ALL=1"),
	}
	out := &buffer{answer: answer{status: http.StatusOK, header: http.Header{}}}
	backend.ServeHTTP(out, inner)
	if strings.HasPrefix(out.header.Get("Content-Type"), "text/plain") {
		out.body = append(out.body, problems.Bytes()...)
	}
	return out.answer
}

// buffer is a response being collected.
type buffer struct{ answer }

func (b *buffer) Header() http.Header    { return b.header }
func (b *buffer) WriteHeader(status int) { b.status = status }
func (b *buffer) Write(p []byte) (int, error) {
	b.body = append(b.body, p...)
	return len(p), nil
}
