package github

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

const (
	getApp   = "GET /app"
	getList  = "GET /app/installations"
	getUser  = "GET /users/firebreak[bot]"
	tokenOf7 = "POST /app/installations/7/access_tokens"
)

func installed(list string) map[string]answer {
	return map[string]answer{
		getApp: ok(`{"id":4242,"slug":"firebreak"}`), getList: ok(list), getUser: ok(`{"id":99,"login":"firebreak[bot]","type":"Bot"}`),
	}
}

var firebreak = workflow.Person{ID: 99, Login: "firebreak[bot]", Bot: true}

func TestTheAppIsAskedOnceWhoItIs(t *testing.T) {
	t.Parallel()
	f := start(t, installed(`[{"id":7}]`))
	if bot := f.KnownBot(); bot != (workflow.Person{}) {
		t.Errorf("known before it was asked: %+v", bot)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if bot, err := f.Bot(patient(t)); bot != firebreak || err != nil {
				t.Errorf("it is %+v: %v", bot, err)
			}
		})
	}
	wg.Wait()
	if want := []string{getApp, getList, getUser}; !slices.Equal(f.calls(), want) {
		t.Errorf("asked %q, want %q", f.calls(), want)
	}
	if bot := f.KnownBot(); bot != firebreak {
		t.Errorf("known as %+v", bot)
	}
}

// An account that suspends its installation, or does not let the App in, stops
// nobody else's incidents.
func TestOneInstallationThatDoesNotWork(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		list  string
		first answer
	}{
		"suspended":             {`[{"id":6,"suspended_at":"2026-11-01T00:00:00Z"},{"id":7}]`, refuse(http.StatusInternalServerError)},
		"suspended just now":    {`[{"id":6},{"id":7}]`, refuse(http.StatusForbidden)},
		"uninstalled just now":  {`[{"id":6},{"id":7}]`, refuse(http.StatusNotFound)},
		"everything is refused": {`[{"id":6},{"id":7}]`, refuse(http.StatusUnprocessableEntity)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, installed(tc.list))
			f.set("POST /app/installations/6/access_tokens", tc.first)
			if bot, err := f.Bot(patient(t)); bot != firebreak || err != nil {
				t.Errorf("it is %+v: %v", bot, err)
			}
		})
	}
}

// Not to know who the App is says nothing about the delivery that has to know:
// it is tried again, never given up.
func TestWhoTheAppIsCannotBeHad(t *testing.T) {
	t.Parallel()
	limited := answer{status: http.StatusTooManyRequests, header: map[string]string{"Retry-After": "9"}, body: "{}"}
	for name, tc := range map[string]struct {
		call string
		says answer
		wait time.Duration
	}{
		"not installed":            {getList, ok(`[]`), 0},
		"only suspended":           {getList, ok(`[{"id":7,"suspended_at":"2026-11-01T00:00:00Z"}]`), 0},
		"the key is not the App's": {getApp, refuse(http.StatusUnauthorized), 0},
		"no such App":              {getApp, refuse(http.StatusNotFound), 0},
		"no list":                  {getList, refuse(http.StatusForbidden), 0},
		"no token":                 {tokenOf7, refuse(http.StatusNotFound), 0},
		"no such user":             {getUser, refuse(http.StatusNotFound), 0},
		"forbidden":                {getUser, refuse(http.StatusForbidden), 0},
		"down":                     {getUser, refuse(http.StatusBadGateway), 0},
		"limited":                  {getUser, limited, 9 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, installed(`[{"id":7}]`))
			f.set(tc.call, tc.says)
			bot, err := f.Bot(patient(t))
			if err == nil || bot != (workflow.Person{}) || Permanent(err) || Wait(err) != tc.wait {
				t.Errorf("it is %+v: %v, permanent %t, wait %s", bot, err, Permanent(err), Wait(err))
			}
			for call, a := range installed(`[{"id":7}]`) {
				f.set(call, a)
			}
			f.set(tokenOf7, token)
			if tc.wait > 0 {
				return
			}
			if bot, err := f.Bot(patient(t)); bot != firebreak || err != nil {
				t.Errorf("asked again, it is %+v: %v", bot, err)
			}
		})
	}
}

func TestAskingEndsWithTheContext(t *testing.T) {
	t.Parallel()
	f := start(t, installed(`[{"id":7}]`))
	f.set(getApp, answer{hang: true})
	ctx, cancel := context.WithCancel(context.Background())
	failed := make(chan error, 2)
	for range 2 {
		go func() {
			_, err := f.Bot(ctx)
			failed <- err
		}()
	}
	cancel()
	for range 2 {
		if err := <-failed; !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
	}
}
