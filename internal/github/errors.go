package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/google/go-github/v62/github"
)

// Fault says what a failed call means for the caller.
type Fault struct {
	// Kind is for machines.
	Kind FaultKind
	// Wait is how long GitHub asks to be left alone; only with Limited.
	Wait time.Duration
	// Message is what GitHub said, bounded; for the operator.
	Message string
	err     error
}

// FaultKind is what a failed call means.
type FaultKind string

// The kinds of faults.
const (
	// Temporary: try again later.
	Temporary FaultKind = "temporary"
	// Limited: try again after Wait.
	Limited FaultKind = "limited"
	// NotFound: it does not exist, or not for this App.
	NotFound FaultKind = "not found"
	// Forbidden: a permission is missing, the issue locked, the repository archived.
	Forbidden FaultKind = "forbidden"
	// Gone: it was deleted, or issues are switched off.
	Gone FaultKind = "gone"
	// Invalid: GitHub does not accept what was sent.
	Invalid FaultKind = "invalid"
)

func (f *Fault) Error() string { return f.err.Error() }

func (f *Fault) Unwrap() error { return f.err }

// Is says whether an error is a fault of a kind.
func Is(err error, kind FaultKind) bool {
	var f *Fault
	return errors.As(err, &f) && f.Kind == kind
}

// Permanent says whether trying again changes nothing.
func Permanent(err error) bool {
	return Is(err, NotFound) || Is(err, Forbidden) || Is(err, Gone) || Is(err, Invalid)
}

// Wait returns how long GitHub asks to be left alone; zero if it does not.
func Wait(err error) time.Duration {
	var f *Fault
	if errors.As(err, &f) && f.Kind == Limited {
		return f.Wait
	}
	return 0
}

// classify names the action that failed and says what its failure means.
// go-github knows limits answered with 403 only; 429 is a plain error to it.
func classify(action string, err error) error {
	if err == nil {
		return nil
	}
	f := &Fault{Kind: Temporary, err: fmt.Errorf("%s: %w", action, err)}
	var answer *github.ErrorResponse
	var primary *github.RateLimitError
	var secondary *github.AbuseRateLimitError
	switch {
	case errors.As(err, &primary):
		f.Kind, f.Wait = Limited, atLeast(time.Until(primary.Rate.Reset.Time))
	case errors.As(err, &secondary):
		f.Kind, f.Wait = Limited, secondaryWait(secondary)
	case errors.As(err, &answer):
		f.answered(answer)
	case errors.Is(err, context.Canceled):
		return f.err
	}
	return f
}

func (f *Fault) answered(answer *github.ErrorResponse) {
	f.Message = bounded(answer.Message)
	switch code := answer.Response.StatusCode; {
	case code == http.StatusTooManyRequests, code == http.StatusForbidden && limited(answer.Response):
		f.Kind, f.Wait = Limited, wait(answer.Response)
	case code == http.StatusNotFound:
		f.Kind = NotFound
	case code == http.StatusGone:
		f.Kind = Gone
	case code == http.StatusForbidden, code == http.StatusUnavailableForLegalReasons:
		f.Kind = Forbidden
	case code == http.StatusUnprocessableEntity, code == http.StatusBadRequest:
		f.Kind = Invalid
	}
}

func limited(r *http.Response) bool {
	return r.Header.Get("Retry-After") != "" || r.Header.Get("X-RateLimit-Remaining") == "0"
}

// wait returns how long GitHub asks to be left alone: Retry-After, else the
// reset of a budget that is used up, else a minute.
func wait(r *http.Response) time.Duration {
	if s, err := strconv.Atoi(r.Header.Get("Retry-After")); err == nil {
		return atLeast(time.Duration(s) * time.Second)
	}
	if reset, err := strconv.ParseInt(r.Header.Get("X-RateLimit-Reset"), 10, 64); err == nil && r.Header.Get("X-RateLimit-Remaining") == "0" {
		return atLeast(time.Until(time.Unix(reset, 0)))
	}
	return unsaid
}

func atLeast(d time.Duration) time.Duration { return max(d, time.Second) }

func bounded(s string) string {
	const most = 200
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
