package contract

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// Middleware checks every exchange below root, such as "/api/v3" (empty: all of
// them), as it passes between the client and next, and changes none. Requests
// elsewhere pass unseen.
//
// It calls report once per violation, each a Violation, after the answer has
// been given and before the handler returns: from several goroutines, but never
// after the server's Close has returned. Connections that are dropped or taken
// over instead of answered have only their requests checked.
func (s *Spec) Middleware(next http.Handler, root string, report func(error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e, below := ExchangeOf(r, root)
		if !below {
			next.ServeHTTP(w, r)
			return
		}
		check := sync.OnceFunc(func() { s.reportAll(e, report) })
		// A server does not wait for connections that were taken from it.
		answer := &recorder{ResponseWriter: w, hijacked: check}
		returned := false
		// Deferred, for a handler drops a connection by panicking. The panic goes on
		// as it is, which recovering it here would not allow.
		defer func() {
			if returned {
				answer.fill(&e, r)
			}
			check()
		}()
		next.ServeHTTP(answer, r)
		returned = true
	})
}

func (s *Spec) reportAll(e Exchange, report func(error)) {
	err := s.Check(e)
	var list violations
	if !errors.As(err, &list) {
		if err != nil {
			report(err)
		}
		return
	}
	for _, v := range list {
		report(v)
	}
}

// ExchangeOf begins the exchange of a request below root, such as "/api/v3", and
// reports whether it is there. The request's body can be read again afterwards,
// up to the same error if there was one.
func ExchangeOf(r *http.Request, root string) (Exchange, bool) {
	path, below := strings.CutPrefix(r.URL.EscapedPath(), strings.TrimSuffix(root, "/"))
	if !below || !strings.HasPrefix(path, "/") {
		return Exchange{}, false
	}
	e := Exchange{Method: r.Method, Path: path, RequestHeader: r.Header.Clone()}
	e.Query, _ = url.ParseQuery(r.URL.RawQuery)
	if r.Body == nil || r.Body == http.NoBody {
		return e, true
	}
	body, err := io.ReadAll(r.Body)
	e.RequestBody = body
	var again io.Reader = bytes.NewReader(body)
	if err != nil {
		again = io.MultiReader(again, failing{err})
	}
	r.Body = struct {
		io.Reader
		io.Closer
	}{again, r.Body}
	return e, true
}

// failing is a reader that fails at once.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// fill adds the answer to the exchange, if one was given: a handler may have
// waited until the client gave up.
func (r *recorder) fill(e *Exchange, request *http.Request) {
	if r.status == 0 && request.Context().Err() != nil {
		return
	}
	if r.status == 0 {
		r.status = http.StatusOK
		r.header = r.ResponseWriter.Header().Clone()
	}
	if contentType := r.contentType(); contentType != "" {
		r.header.Set("Content-Type", contentType)
	}
	e.Status, e.ResponseHeader, e.ResponseBody = r.status, r.header, r.body.Bytes()
}
