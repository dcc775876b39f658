package sandbox

import (
	"bytes"
	"io"
	"net/http"
	"strings"
)

// apiPrefix is where GitHub Enterprise Server has its REST API.
const apiPrefix = "/api/v3"

// maxRequest bounds what a request may bring, pushes included.
const maxRequest = 64 << 20

// handler tells API, git and pages apart.
func (sb *Sandbox) handler() http.Handler {
	pages := http.NotFoundHandler()
	if sb.opts.Pages != nil {
		pages = sb.opts.Pages(sb)
	}
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if !sb.enter() {
			panic(http.ErrAbortHandler)
		}
		defer sb.work.Done()
		switch path := r.URL.Path; {
		case strings.HasPrefix(path, "/api/"):
			sb.exchange(out, r, strings.TrimPrefix(r.URL.EscapedPath(), apiPrefix), sb.serveAPI)
		case strings.Contains(path, ".git/"):
			sb.exchange(out, r, r.URL.EscapedPath(), sb.serveGit)
		default:
			pages.ServeHTTP(out, r)
		}
	})
}

// enter counts a request in, so that Close waits for it.
func (sb *Sandbox) enter() bool {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	if sb.closed {
		return false
	}
	sb.work.Add(1)
	return true
}

// answer is a whole response.
type answer struct {
	status   int
	header   http.Header
	body     []byte
	injected bool
	// who asked, for the record
	actor        string
	installation int64
}

// asked is a request whose body has been read.
type asked struct {
	*http.Request
	path string // without the API's prefix, still escaped
	body []byte
}

// exchange reads a request, records it, lets faults interfere, and answers.
func (sb *Sandbox) exchange(out http.ResponseWriter, r *http.Request, path string, serve func(asked) answer) {
	body, err := io.ReadAll(http.MaxBytesReader(out, r.Body, maxRequest))
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	q := asked{Request: r, path: path, body: body}
	entry := sb.begin(q)
	a, cut := sb.withFaults(q, serve)
	sb.finish(entry, a, cut)
	if cut {
		panic(http.ErrAbortHandler)
	}
	sb.observe(q, a)
	for name, values := range a.header {
		out.Header()[name] = values
	}
	out.WriteHeader(a.status)
	_, _ = out.Write(a.body)
}

func (sb *Sandbox) observe(q asked, a answer) {
	if sb.opts.Observe == nil || !strings.HasPrefix(q.URL.Path, "/api/") {
		return
	}
	r := q.Clone(q.Context())
	r.Body = io.NopCloser(bytes.NewReader(q.body))
	sb.opts.Observe(Exchange{
		Request: r, RequestBody: q.body, Status: a.status, Header: a.header.Clone(), Body: a.body, Injected: a.injected,
	})
}
