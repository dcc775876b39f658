package github

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/google/go-github/v62/github"
)

// Pace keeps an installation below what GitHub lets it create. It is shared by
// all that call GitHub for the installation and survives a restart, as GitHub's
// own count does.
type Pace interface {
	// Spend books one creation now, or says how long to wait for the next. An
	// error says that nobody knows; then nothing is created.
	Spend(ctx context.Context, installation int64, now time.Time) (wait time.Duration, err error)
}

// holds are the installations that GitHub asked to be left alone for, and until
// when; 0 is the App itself. Asking all the same lengthens a limit, and can get
// an App banned.
//
// https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
type holds struct {
	clock func() time.Time

	mu    sync.Mutex
	until map[int64]time.Time
}

func newHolds(clock func() time.Time) *holds {
	return &holds{clock: clock, until: map[int64]time.Time{}}
}

// left returns how long an installation is still to be left alone. What waits is
// spread over a tenth of that more, so that it does not all come back at once.
func (h *holds) left(installation int64) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	left := h.until[installation].Sub(h.clock())
	if left <= 0 {
		return 0
	}
	return left + rand.N(left/10+1)
}

// add leaves an installation alone for so long from now; the longest word
// counts. Past holds go, so that there are at most as many as installations.
func (h *holds) add(installation int64, wait time.Duration) {
	if wait <= 0 {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.clock()
	for id, until := range h.until {
		if !until.After(now) || len(h.until) >= maxClients && id != installation {
			delete(h.until, id)
		}
	}
	if end := now.Add(wait); end.After(h.until[installation]) {
		h.until[installation] = end
	}
}

var (
	errHeld  = errors.New("GitHub asked to be left alone; not asked")
	errPaced = errors.New("as much was created as GitHub lets be; not asked")
)

// heed makes no call for an installation while GitHub asked to be left alone for
// it, or while it has created as much as it may; it fails at once with the time
// to wait instead, so that nobody holds a worker. go-github does the first for
// itself, for one client and by the system's clock, and does not know 429.
//
// GitHub does not say which requests it counts as creating content. Here every
// POST of an installation does: each makes something that people see, an issue,
// a comment, a reaction, a label, a label or a person on an issue, a link to a
// sub-issue. Edits and removals are not counted, nor tokens, which the App asks
// for as itself.
//
// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
func (a *App) heed(installation int64, next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		if err := a.mayCall(r, installation); err != nil {
			return nil, errors.Join(err, closed(r))
		}
		res, err := next.RoundTrip(r)
		a.holds.add(installation, asked(res, err))
		return res, err
	})
}

func (a *App) mayCall(r *http.Request, installation int64) error {
	if wait := a.holds.left(installation); wait > 0 {
		return &Fault{Kind: Limited, Wait: wait, err: errHeld}
	}
	if r.Method != http.MethodPost || installation == 0 || a.pace == nil {
		return nil
	}
	wait, err := a.pace.Spend(r.Context(), installation, a.holds.clock())
	if err == nil && wait > 0 {
		return &Fault{Kind: Limited, Wait: wait, err: errPaced}
	}
	return err
}

// closed closes the body of a request that is not sent, as a RoundTripper must.
func closed(r *http.Request) error {
	if r.Body == nil {
		return nil
	}
	return r.Body.Close()
}

// asked returns how long GitHub asks to be left alone, by an answer: a refusal,
// for a call or for its token, or the last call of the primary limit's budget.
func asked(res *http.Response, err error) time.Duration {
	switch {
	case err != nil:
		return Wait(classify("call", err))
	case res.StatusCode == http.StatusForbidden, res.StatusCode == http.StatusTooManyRequests:
		return Wait(classify("call", github.CheckResponse(res)))
	case res.Header.Get("X-RateLimit-Remaining") == "0":
		if reset, err := strconv.ParseInt(res.Header.Get("X-RateLimit-Reset"), 10, 64); err == nil {
			return bearable(time.Until(time.Unix(reset, 0)))
		}
	}
	return 0
}
