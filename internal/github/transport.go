package github

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// callTimeout bounds one call, answer included.
const callTimeout = 30 * time.Second

// maxRefusal bounds how much of an answer other than a success is read.
const maxRefusal = 1 << 20

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// boundCalls gives every call a deadline. http.Client's own would leave a
// goroutine behind until it passes, for every answer other than a success:
// go-github reads those without closing them. Here they are read and closed.
func boundCalls(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		ctx, cancel := context.WithTimeout(r.Context(), callTimeout)
		res, err := next.RoundTrip(r.WithContext(ctx))
		if err != nil {
			cancel()
			return nil, err
		}
		if res.StatusCode < 300 {
			res.Body = &cancelling{res.Body, cancel}
			return res, nil
		}
		defer cancel()
		text, err := io.ReadAll(io.LimitReader(res.Body, maxRefusal))
		if err := errors.Join(err, res.Body.Close()); err != nil {
			return nil, err
		}
		res.Body = io.NopCloser(bytes.NewReader(text))
		return res, nil
	})
}

// cancelling frees a call's deadline when its answer is closed.
type cancelling struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (c *cancelling) Close() error {
	defer c.cancel()
	return c.ReadCloser.Close()
}

// errMoved says that a write was answered with a redirect. Following it would
// turn it into a read that looks like success.
var errMoved = errors.New("the repository has moved")

// refuseMovedWrites makes a redirect of anything but a read an error.
func refuseMovedWrites(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		res, err := next.RoundTrip(r)
		if err != nil || r.Method == http.MethodGet || r.Method == http.MethodHead {
			return res, err
		}
		if isRedirect(res.StatusCode) {
			return nil, errors.Join(errMoved, res.Body.Close())
		}
		return res, nil
	})
}

func isRedirect(status int) bool {
	return status >= 300 && status < 400 && status != http.StatusNotModified
}

// errElsewhere says that a call was sent to another host. Every hop is signed
// anew, so a redirect to one would hand it a token.
var errElsewhere = errors.New("GitHub led to another host")

// stayOn refuses calls to any host but one.
func stayOn(host string) func(http.RoundTripper) http.RoundTripper {
	return func(next http.RoundTripper) http.RoundTripper {
		return roundTripper(func(r *http.Request) (*http.Response, error) {
			if r.URL.Host != host {
				return nil, errElsewhere
			}
			return next.RoundTrip(r)
		})
	}
}
