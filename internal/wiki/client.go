// Package wiki commits to the git repository behind a GitHub wiki, and reads
// its pages. It needs no git program and no disk: the newest commit is fetched
// without its files, the root tree is edited by hand, and the result is pushed
// on condition that nobody else has pushed since.
package wiki

import (
	"context"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/go-git/go-git/v5/plumbing/transport"
	githttp "github.com/go-git/go-git/v5/plumbing/transport/http"
)

const (
	defaultTimeout  = 2 * time.Minute
	defaultMaxBytes = 64 << 20
	defaultAttempts = 10
)

// Client talks to wikis. It is safe for concurrent use and holds no state of
// any wiki between calls. Make one with New.
type Client struct {
	guard    *guard
	git      transport.Transport
	attempts int
	now      func() time.Time
	pause    func(attempt int) time.Duration
}

// Option changes what New makes.
type Option func(*Client)

// WithTransport sends requests through rt; the default is a copy of
// http.DefaultTransport.
func WithTransport(rt http.RoundTripper) Option {
	return func(c *Client) { c.guard.next = rt }
}

// WithTimeout bounds each request, its answer's body included; the default is
// two minutes. A commit takes at least four requests.
func WithTimeout(d time.Duration) Option {
	return func(c *Client) { c.guard.timeout = d }
}

// WithMaxBytes bounds what one answer may weigh, as received and again as
// unpacked; beyond it is ErrTooLarge. The default is 64 MiB. A server that
// leaves out files on request never comes near it, another sends the whole
// newest version of the wiki.
func WithMaxBytes(n int64) Option {
	return func(c *Client) { c.guard.max = n }
}

// WithAttempts bounds how often Commit starts over because others were faster;
// the default is ten, the least is one.
func WithAttempts(n int) Option {
	return func(c *Client) { c.attempts = max(n, 1) }
}

// WithClock sets the time of commits whose author gives none, and what a
// Retry-After date is counted from.
func WithClock(now func() time.Time) Option {
	return func(c *Client) { c.now, c.guard.now = now, now }
}

// WithBackoff sets how long to wait after the given attempt, counted from one.
// The default doubles from 50 ms up to two seconds and takes a random part of it.
func WithBackoff(pause func(attempt int) time.Duration) Option {
	return func(c *Client) { c.pause = pause }
}

// New makes a client.
func New(opts ...Option) *Client {
	c := &Client{
		guard:    &guard{next: ownTransport(), timeout: defaultTimeout, max: defaultMaxBytes, now: time.Now},
		attempts: defaultAttempts,
		now:      time.Now,
		pause:    jittered,
	}
	for _, opt := range opts {
		opt(c)
	}
	c.git = githttp.NewClient(&http.Client{Transport: c.guard, CheckRedirect: sameHost})
	return c
}

// ownTransport keeps wiki connections apart from everybody else's, so that
// Close can end them.
func ownTransport() http.RoundTripper {
	if t, ok := http.DefaultTransport.(*http.Transport); ok {
		return t.Clone()
	}
	return http.DefaultTransport
}

// Close ends idle connections. The client stays usable.
func (c *Client) Close() { c.guard.closeIdle() }

func jittered(attempt int) time.Duration {
	const least, most = 50 * time.Millisecond, 2 * time.Second
	d := min(least<<min(attempt, 10), most)
	return d/2 + rand.N(d/2)
}

// wait pauses after an attempt, or until ctx ends.
func (c *Client) wait(ctx context.Context, attempt int) error {
	timer := time.NewTimer(c.pause(attempt))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
