package inbox

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"regexp"
	"runtime/debug"

	"github.com/palantir/go-githubapp/githubapp"
	"github.com/rs/zerolog"
)

// MaxBody is the most that GitHub delivers; it does not send larger events.
//
// https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap
const MaxBody = 25 << 20

// isID is what the headers that are kept may hold; GitHub's ids have 36
// characters.
var isID = regexp.MustCompile(`^[A-Za-z0-9_.:-]{1,100}$`)

// Endpoint is where GitHub's deliveries arrive. It answers with success only
// what is on disk or cannot concern an incident.
//
// go-githubapp's dispatcher would take a body of any size, a signature by SHA-1
// and, with an empty secret, no signature at all; none of these gets that far.
func Endpoint(handlers []githubapp.EventHandler, secret string, in *Inbox, log zerolog.Logger) http.Handler {
	dispatcher := githubapp.NewEventDispatcher(handlers, secret,
		githubapp.WithScheduler(in), githubapp.WithErrorCallback(answerError))
	return &endpoint{next: dispatcher, secret: []byte(secret), log: log}
}

type endpoint struct {
	next   http.Handler
	secret []byte
	log    zerolog.Logger
}

// refusal is an answer to a delivery that is not taken.
type refusal struct {
	status int
	why    string
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer e.caught(w)
	body, refused := e.check(w, r)
	if refused != nil {
		e.log.Warn().Int("status", refused.status).Str("reason", refused.why).Msg("delivery refused")
		http.Error(w, refused.why, refused.status)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.Header.Del("X-Hub-Signature")
	e.next.ServeHTTP(w, r.WithContext(e.log.WithContext(r.Context())))
}

// caught answers what panicked, which net/http would cut off without a word.
func (e *endpoint) caught(w http.ResponseWriter) {
	if p := recover(); p != nil {
		e.log.Error().Bytes("stack", debug.Stack()).Msg("delivery panicked")
		http.Error(w, "the delivery could not be taken; deliver it again", http.StatusInternalServerError)
	}
}

func (e *endpoint) check(w http.ResponseWriter, r *http.Request) ([]byte, *refusal) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, &refusal{http.StatusMethodNotAllowed, "deliveries are POSTed here"}
	}
	if refused := checkHeaders(r); refused != nil {
		return nil, refused
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	if err != nil {
		return nil, unreadable(err)
	}
	if !e.signed(r.Header.Get("X-Hub-Signature-256"), body) {
		return nil, &refusal{http.StatusUnauthorized, "X-Hub-Signature-256 does not fit the body: check that GitHub and this server have the same webhook secret"}
	}
	if !json.Valid(body) {
		return nil, &refusal{http.StatusBadRequest, "the body is not JSON"}
	}
	if bytes.TrimLeft(body, " \t\r\n")[0] != '{' {
		return nil, &refusal{http.StatusBadRequest, "the body is not a JSON object"}
	}
	return body, nil
}

func checkHeaders(r *http.Request) *refusal {
	for _, name := range []string{"X-GitHub-Event", "X-GitHub-Delivery"} {
		if !isID.MatchString(r.Header.Get(name)) {
			return &refusal{http.StatusBadRequest, name + " is missing, too long or not a plain word"}
		}
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return &refusal{http.StatusUnsupportedMediaType, "deliveries are taken as application/json: set the webhook's content type to it"}
	}
	if r.Header.Get("X-Hub-Signature-256") == "" {
		return &refusal{http.StatusUnauthorized, "X-Hub-Signature-256 is missing: set a webhook secret in the App's settings (SHA-1 is not taken)"}
	}
	if r.ContentLength > MaxBody {
		return &refusal{http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is over %d bytes", MaxBody)}
	}
	return nil
}

func unreadable(err error) *refusal {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return &refusal{http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is over %d bytes", large.Limit)}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &refusal{http.StatusRequestTimeout, "the body did not arrive in time"}
	}
	return &refusal{http.StatusBadRequest, "the body could not be read"}
}

// signed checks the signature over the whole body in constant time.
func (e *endpoint) signed(signature string, body []byte) bool {
	mac := hmac.New(sha256.New, e.secret)
	mac.Write(body)
	want := "sha256=" + hex.EncodeToString(mac.Sum(nil))
	return hmac.Equal([]byte(signature), []byte(want))
}

// answerError tells GitHub that a delivery was not taken. One that is not what
// its event's should be would not be another time either; any other can be
// delivered again. The cause is for the operator.
func answerError(w http.ResponseWriter, r *http.Request, err error) {
	var invalid githubapp.ValidationError
	if errors.As(err, &invalid) {
		zerolog.Ctx(r.Context()).Warn().Int("status", http.StatusBadRequest).Str("reason", invalid.Cause.Error()).Msg("delivery refused")
		http.Error(w, invalid.Cause.Error(), http.StatusBadRequest)
		return
	}
	zerolog.Ctx(r.Context()).Error().Err(err).Msg("delivery not kept")
	http.Error(w, "the delivery could not be kept; deliver it again. Delivery "+r.Header.Get("X-GitHub-Delivery"), http.StatusServiceUnavailable)
}
