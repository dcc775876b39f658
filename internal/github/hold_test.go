package github

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"time"
)

// clock is a time that a test sets.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

const (
	comments = "/repos/acme/shop/issues/1/comments"
	tokens   = "POST /app/installations/7/access_tokens"
)

// No call is made for an installation while GitHub asked to be left alone, and
// others are called as ever.
func TestALimitIsHeeded(t *testing.T) {
	soon := strconv.FormatInt(time.Now().Add(30*time.Second).Unix(), 10)
	comment := answer{status: http.StatusCreated, body: `{"id":5}`}
	for name, tc := range map[string]struct {
		call string
		answer
		least, most time.Duration
	}{
		"429":                    {"POST " + comments, answer{status: 429, header: map[string]string{"Retry-After": "7"}, body: secondary}, 7 * time.Second, 8 * time.Second},
		"429 without a word":     {"POST " + comments, answer{status: 429, body: `{"message":"slow down"}`}, time.Minute, 66 * time.Second},
		"403, secondary":         {"POST " + comments, answer{status: 403, body: secondary}, time.Minute, 66 * time.Second},
		"403, primary":           {"POST " + comments, answer{status: 403, header: map[string]string{"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": soon}, body: `{}`}, 25 * time.Second, 33 * time.Second},
		"the budget's last call": {"POST " + comments, answer{status: 201, header: map[string]string{"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": soon}, body: `{"id":5}`}, 25 * time.Second, 33 * time.Second},
		"for a token":            {tokens, answer{status: 403, header: map[string]string{"Retry-After": "7"}, body: secondary}, 7 * time.Second, 8 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			c := &clock{at: time.Now()}
			f := start(t, map[string]answer{"POST " + comments: comment}, func(cfg *Config) { cfg.Clock = c.now })
			f.set(tc.call, tc.answer)
			_, _ = f.shop().CreateComment(patient(t), 1, "text")
			f.set("POST "+comments, comment)
			f.set(tokens, token)
			before := len(f.calls())
			_, err := f.shop().CreateComment(patient(t), 1, "text")
			if wait := Wait(err); wait < tc.least || wait > tc.most || len(f.calls()) != before {
				t.Errorf("asked %d times more, and to wait %v: %v", len(f.calls())-before, wait, err)
			}
			other, err := f.Repository(8, "acme", "shop")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := other.CreateComment(patient(t), 1, "text"); err != nil {
				t.Errorf("another installation: %v", err)
			}
			c.pass(tc.most)
			if _, err := f.shop().CreateComment(patient(t), 1, "text"); err != nil {
				t.Errorf("once it is over: %v", err)
			}
		})
	}
}

func TestARefusalIsNoLimit(t *testing.T) {
	f := start(t, map[string]answer{"POST " + comments: {status: 403, body: `{"message":"Resource not accessible by integration"}`}})
	for range 2 {
		if _, err := f.shop().CreateComment(patient(t), 1, "text"); !Is(err, Forbidden) {
			t.Errorf("got %v", err)
		}
	}
}

// Holds do not pile up with installations that come and go.
func TestHoldsAreBounded(t *testing.T) {
	c := &clock{at: time.Now()}
	h := newHolds(c.now)
	for id := range int64(2 * maxClients) {
		h.add(id, time.Hour)
	}
	if len(h.until) > maxClients {
		t.Errorf("%d are kept", len(h.until))
	}
	c.pass(2 * time.Hour)
	if h.add(1, time.Second); len(h.until) != 1 {
		t.Errorf("%d are kept after all are over", len(h.until))
	}
}

// paces is a Pace that answers what a test says and counts whom it was asked for.
type paces struct {
	wait  time.Duration
	err   error
	asked []int64
}

func (p *paces) Spend(_ context.Context, installation int64, _ time.Time) (time.Duration, error) {
	p.asked = append(p.asked, installation)
	return p.wait, p.err
}

func TestCreationsArePaced(t *testing.T) {
	p := &paces{}
	f := start(t, map[string]answer{
		"POST " + comments: {status: http.StatusCreated, body: `{"id":5}`}, "PATCH /repos/acme/shop/issues/comments/5": ok(`{}`),
		"GET " + comments: ok(`[]`),
	}, func(cfg *Config) { cfg.Pace = p })
	if _, err := f.shop().CreateComment(patient(t), 1, "text"); err != nil || len(p.asked) != 1 || p.asked[0] != 7 {
		t.Errorf("asked for %v: %v", p.asked, err)
	}
	before := len(f.calls())
	p.wait = time.Minute
	if _, err := f.shop().CreateComment(patient(t), 1, "text"); Wait(err) != time.Minute || len(f.calls()) != before {
		t.Errorf("with nothing left to spend: %v", err)
	}
	p.wait, p.err = 0, errors.New("the database is gone")
	if _, err := f.shop().CreateComment(patient(t), 1, "text"); !Is(err, Temporary) || !errors.Is(err, p.err) || len(f.calls()) != before {
		t.Errorf("with nobody who knows: %v", err)
	}
	if err := f.shop().EditComment(patient(t), 5, "text"); err != nil {
		t.Errorf("an edit creates nothing: %v", err)
	}
	if _, err := f.shop().Comments(patient(t), 1, time.Time{}); err != nil {
		t.Errorf("a read creates nothing: %v", err)
	}
}
