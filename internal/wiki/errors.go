package wiki

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/pktline"
)

var (
	// ErrNoWiki means that the server knows no such repository. A wiki whose
	// first page was never made, one that is switched off, and one that the
	// token may not see look alike from here.
	ErrNoWiki = errors.New("wiki not found: no first page yet, switched off, or no access")
	// ErrDenied means that the server knows the wiki but not the right to read
	// or push it, or that a rule of the server's refused the push.
	ErrDenied = errors.New("wiki access denied")
	// ErrTooLarge means that an answer passed the bound set by WithMaxBytes, or
	// that the server found the push too large.
	ErrTooLarge = errors.New("wiki is too large")
	// ErrConflict means that others were faster in every attempt. Nothing was
	// committed; trying again later is safe.
	ErrConflict = errors.New("wiki changed during every attempt")
	// ErrElsewhere means that the server redirects to another host. It is not
	// followed.
	ErrElsewhere = errors.New("wiki redirects to another host")
)

// Temporary is a fault that may be gone the next time: no connection, a
// time-out, an answer cut short, a server's 5xx or 429. Trying again is safe
// whether or not a push went through.
type Temporary struct {
	// After is how long the server asked to be left alone; zero if it did not.
	After time.Duration
	Err   error
}

func (t *Temporary) Error() string { return "wiki unavailable: " + t.Err.Error() }

// Unwrap gives the cause.
func (t *Temporary) Unwrap() error { return t.Err }

// explain turns an error of the transport into one of this package's. The
// original is not wrapped: it quotes what the server sent, at any length.
func (r Remote) explain(ctx context.Context, doing string, err error) error {
	if ended := ctx.Err(); ended != nil {
		return fmt.Errorf("%s: %w", doing, ended)
	}
	for _, known := range []error{ErrTooLarge, ErrElsewhere} {
		if errors.Is(inner(err), known) {
			return fmt.Errorf("%s: %w", doing, known)
		}
	}
	var f *fault
	if errors.As(inner(err), &f) {
		return r.explainFault(doing, f)
	}
	var line *pktline.ErrorLine
	if errors.As(inner(err), &line) && saysNotFound(line.Text) {
		return fmt.Errorf("%s: %w", doing, ErrNoWiki)
	}
	return &Temporary{Err: fmt.Errorf("%s: %s", doing, r.quote(err.Error()))}
}

func (r Remote) explainFault(doing string, f *fault) error {
	text := r.quote(f.Error())
	switch f.kind() {
	case faultGone:
		return fmt.Errorf("%s: %w", doing, ErrNoWiki)
	case faultDenied:
		return fmt.Errorf("%s: %w: %s", doing, ErrDenied, text)
	case faultLarge:
		return fmt.Errorf("%s: %w: %s", doing, ErrTooLarge, text)
	case faultPassing:
		return &Temporary{After: f.after, Err: fmt.Errorf("%s: %s", doing, text)}
	}
	return fmt.Errorf("%s: %s", doing, text)
}

// inner reaches below go-git's UnexpectedError, which does not unwrap itself.
func inner(err error) error {
	var unexpected *plumbing.UnexpectedError
	for errors.As(err, &unexpected) {
		err = unexpected.Err
	}
	return err
}

// saysNotFound knows the lines that stand for a missing repository where the
// HTTP status does not tell.
func saysNotFound(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "repository not found") ||
		strings.Contains(text, "repository not exported")
}

// quote makes a server's text fit for an error: one line, short, printable,
// without the token.
func (r Remote) quote(text string) string {
	const most = 200
	text = r.scrub(text)
	var b strings.Builder
	for _, word := range strings.FieldsFunc(text, notPrintable) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
		if b.Len() > most {
			return strings.ToValidUTF8(b.String()[:most], "") + "…"
		}
	}
	return b.String()
}

func notPrintable(c rune) bool {
	return c == unicode.ReplacementChar || unicode.IsSpace(c) || !unicode.IsPrint(c)
}
