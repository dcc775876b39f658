package wiki

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// maxRefusal bounds how much of a refusal's body is read.
const maxRefusal = 4 << 10

// guard stands between go-git and the network. It reads every answer whole,
// within a bound: go-git would read refusals without one, leave some bodies
// open, and take an answer cut short for a damaged one.
type guard struct {
	next    http.RoundTripper
	timeout time.Duration // for one request, its answer included
	max     int64         // bytes of one answer
	now     func() time.Time
}

// RoundTrip gives the answer with its body in memory. Other than the interface
// asks, it gives an error for a refusal too, since go-git keeps neither status
// nor headers of one.
func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	// Not by http.Client.Timeout: that one ends only with the body, and a body that
	// go-git leaves open would keep its watcher.
	ctx, cancel := context.WithTimeout(req.Context(), g.timeout)
	defer cancel()
	res, err := g.next.RoundTrip(req.WithContext(ctx))
	if err != nil {
		return nil, &fault{cause: err}
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode >= http.StatusBadRequest {
		return nil, g.refusal(res)
	}
	body, err := g.read(res)
	if err != nil {
		return nil, err
	}
	res.Body, res.Request = io.NopCloser(bytes.NewReader(body)), req
	return res, nil
}

func (g *guard) closeIdle() {
	if t, ok := g.next.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

func (g *guard) read(res *http.Response) ([]byte, error) {
	if res.ContentLength > g.max {
		return nil, ErrTooLarge
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, g.max+1))
	if err != nil {
		return nil, &fault{cause: err}
	}
	if int64(len(body)) > g.max {
		return nil, ErrTooLarge
	}
	return body, nil
}

func (g *guard) refusal(res *http.Response) error {
	text, err := io.ReadAll(io.LimitReader(res.Body, maxRefusal))
	if err != nil {
		text = nil // the status says enough
	}
	return &fault{
		status: res.StatusCode,
		after:  retryAfter(res.Header.Get("Retry-After"), g.now()),
		cause:  fmt.Errorf("answered %d %s", res.StatusCode, text),
	}
}

// retryAfter reads the header in both its forms (RFC 9110, 10.2.3). What is
// unreadable or past is zero; more than a day is a day.
func retryAfter(value string, now time.Time) time.Duration {
	const most = 24 * time.Hour
	if seconds, err := strconv.ParseUint(value, 10, 32); err == nil {
		return min(time.Duration(seconds)*time.Second, most)
	}
	if at, err := http.ParseTime(value); err == nil {
		return min(max(at.Sub(now), 0), most)
	}
	return 0
}

// sameHost refuses to follow a redirect to another host, whatever it would be
// sent. go-git keeps the token to the first host already; a push to a host that
// nobody named is no better without one.
func sameHost(req *http.Request, via []*http.Request) error {
	if len(via) > 0 && req.URL.Hostname() != via[0].URL.Hostname() {
		return ErrElsewhere
	}
	return nil
}
