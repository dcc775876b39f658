package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/bradleyfalzon/ghinstallation/v2"
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
	// Moved: it is not where it was asked for, since the repository was renamed or
	// the issue transferred.
	Moved FaultKind = "moved"
	// Uninstalled: the App is not installed there, no longer, or suspended, so
	// that it gets no token.
	Uninstalled FaultKind = "uninstalled"
)

// Error is for the log, so it is bounded: GitHub's answers hold what was sent.
func (f *Fault) Error() string {
	if f.err == nil {
		return string(f.Kind)
	}
	return bounded(f.err.Error(), 400)
}

func (f *Fault) Unwrap() error { return f.err }

// Is says whether an error is a fault of a kind.
func Is(err error, kind FaultKind) bool {
	var f *Fault
	return errors.As(err, &f) && f.Kind == kind
}

// Permanent says whether trying again changes nothing.
func Permanent(err error) bool {
	return Is(err, NotFound) || Is(err, Forbidden) || Is(err, Gone) || Is(err, Invalid) || Is(err, Uninstalled)
}

// passing makes a fault that is permanent worth another attempt.
func passing(err error) error {
	if !Permanent(err) {
		return err
	}
	return &Fault{Kind: Temporary, err: err}
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
	f := &Fault{Kind: Temporary, err: fmt.Errorf("%s: %w", action, terse{err})}
	var answer *github.ErrorResponse
	var primary *github.RateLimitError
	var secondary *github.AbuseRateLimitError
	var token *ghinstallation.HTTPError
	var held *Fault
	switch {
	case errors.As(err, &held):
		f.Kind, f.Wait = held.Kind, held.Wait
	case errors.As(err, &primary):
		f.Kind, f.Wait = Limited, bearable(time.Until(primary.Rate.Reset.Time))
	case errors.As(err, &secondary):
		f.Kind, f.Wait = Limited, secondaryWait(secondary)
	case errors.As(err, &token) && token.Response != nil:
		f.noToken(token.Response)
	case errors.As(err, &answer):
		f.Message = bounded(answer.Message, 200)
		f.answered(answer.Response)
		if f.Kind == Forbidden && namesLimit.MatchString(answer.Message) {
			f.Kind, f.Wait = Limited, wait(answer.Response)
		}
	case errors.Is(err, errMoved):
		f.Kind = Moved
	case errors.Is(err, context.Canceled):
		return f.err
	}
	return f
}

func (f *Fault) answered(r *http.Response) {
	switch code := r.StatusCode; {
	case code == http.StatusTooManyRequests, code == http.StatusForbidden && limited(r):
		f.Kind, f.Wait = Limited, wait(r)
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

// noToken says why there is no token for an installation. It is not there for
// the App, which says nothing about the repository or the person asked for. A
// wrong key or clock, 401, is the operator's to mend; deliveries wait for it.
func (f *Fault) noToken(r *http.Response) {
	if f.answered(r); f.Kind != Limited && f.Kind != Temporary {
		f.Kind = Uninstalled
	}
}

// namesLimit finds the secondary limit by its words: older servers link other
// pages than go-github knows it by.
var namesLimit = regexp.MustCompile(`(?i)secondary rate limit|abuse detection`)

func limited(r *http.Response) bool {
	return r.Header.Get("Retry-After") != "" || r.Header.Get("X-RateLimit-Remaining") == "0"
}

// wait returns how long GitHub asks to be left alone: Retry-After, else the
// reset of a budget that is used up, else a minute.
func wait(r *http.Response) time.Duration {
	if s, err := strconv.Atoi(r.Header.Get("Retry-After")); err == nil {
		return bearable(time.Duration(min(s, int(longest/time.Second))) * time.Second)
	}
	if reset, err := strconv.ParseInt(r.Header.Get("X-RateLimit-Reset"), 10, 64); err == nil && r.Header.Get("X-RateLimit-Remaining") == "0" {
		return bearable(time.Until(time.Unix(reset, 0)))
	}
	return unsaid
}

// longest is the most that a limit is waited for before GitHub is asked again;
// its primary limit is reset every hour.
const longest = time.Hour

// bearable bounds a wait, whatever was answered.
func bearable(d time.Duration) time.Duration { return min(max(d, time.Second), longest) }

// bounded cuts a text to so many characters.
func bounded(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// terse says of an error what an operator needs, without the URL, which names
// repositories and people.
type terse struct{ error }

func (t terse) Unwrap() error { return t.error }

func (t terse) Error() string {
	var answer *github.ErrorResponse
	var network *url.Error
	switch {
	case errors.As(t.error, &answer) && answer.Response != nil:
		return fmt.Sprintf("%d %s", answer.Response.StatusCode, bounded(answer.Message, 200))
	case errors.As(t.error, &network):
		return network.Err.Error()
	}
	return t.error.Error()
}
