package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

const postComment = "POST /repos/acme/shop/issues/1/comments"

func TestWhatFaultsMean(t *testing.T) {
	t.Parallel()
	limited := func(status int, header ...string) answer {
		a := answer{status: status, body: `{"message":"API rate limit exceeded"}`, header: map[string]string{}}
		for n := 0; n < len(header); n += 2 {
			a.header[header[n]] = header[n+1]
		}
		return a
	}
	for name, tc := range map[string]struct {
		answer    answer
		kind      FaultKind
		permanent bool
		wait      time.Duration
	}{
		"400":                             {refuse(400), Invalid, true, 0},
		"401":                             {refuse(401), Temporary, false, 0},
		"403":                             {refuse(403), Forbidden, true, 0},
		"404":                             {refuse(404), NotFound, true, 0},
		"409":                             {refuse(409), Temporary, false, 0},
		"410":                             {refuse(410), Gone, true, 0},
		"422":                             {refuse(422), Invalid, true, 0},
		"451":                             {refuse(451), Forbidden, true, 0},
		"500":                             {refuse(500), Temporary, false, 0},
		"502":                             {refuse(502), Temporary, false, 0},
		"503":                             {refuse(503), Temporary, false, 0},
		"no JSON":                         {answer{status: 500, body: "<html>"}, Temporary, false, 0},
		"a success that is no JSON":       {ok("<html>"), Temporary, false, 0},
		"429":                             {limited(429, "Retry-After", "5"), Limited, false, 5 * time.Second},
		"429 that does not say how long":  {limited(429), Limited, false, time.Minute},
		"403 that says how long":          {limited(403, "Retry-After", "5"), Limited, false, 5 * time.Second},
		"429 for an absurdly long time":   {limited(429, "Retry-After", "9223372036854775807"), Limited, false, time.Hour},
		"429 for a time gone by":          {limited(429, "Retry-After", "-5"), Limited, false, time.Second},
		"429 with a date":                 {limited(429, "Retry-After", "Mon, 23 Nov 2026 12:00:00 GMT"), Limited, false, time.Minute},
		"used up, reset gone by":          {limited(403, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1"), Limited, false, time.Second},
		"used up, reset far away":         {limited(403, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "99999999999"), Limited, false, time.Hour},
		"429 used up":                     {limited(429, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1"), Limited, false, time.Second},
		"403 of an older server by words": {answer{status: 403, body: `{"message":"You have triggered an Abuse Detection mechanism."}`}, Limited, false, time.Minute},
		"403 of a secondary limit":        {answer{status: 403, body: secondary}, Limited, false, time.Minute},
		"403 of one, reset of the other": {
			answer{status: 403, body: secondary, header: map[string]string{"X-RateLimit-Remaining": "4000", "X-RateLimit-Reset": "99999999999"}},
			Limited, false, time.Minute,
		},
		"moved":             {answer{status: 301, header: map[string]string{"Location": "/x"}}, Moved, false, 0},
		"moved for a while": {answer{status: 302, header: map[string]string{"Location": "/x"}}, Moved, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, map[string]answer{postComment: tc.answer})
			_, err := f.shop().CreateComment(patient(t), 1, "text")
			if !Is(err, tc.kind) || Permanent(err) != tc.permanent || Wait(err) != tc.wait {
				t.Errorf("%v is permanent %t, wait %s; want %s, %t, %s", err, Permanent(err), Wait(err), tc.kind, tc.permanent, tc.wait)
			}
			if !strings.HasPrefix(err.Error(), "write comment: ") || strings.Contains(err.Error(), "ghs_of_the_fake") {
				t.Errorf("the error says %q", err)
			}
		})
	}
}

// Why there is no token says nothing about the repository or the person that
// was asked about: no such installation is not no such person.
func TestNoTokenForAnInstallation(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]struct {
		kind      FaultKind
		permanent bool
	}{
		401: {Temporary, false}, 403: {Uninstalled, true}, 404: {Uninstalled, true}, 410: {Uninstalled, true},
		422: {Uninstalled, true}, 429: {Limited, false}, 500: {Temporary, false}, 502: {Temporary, false},
	} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			f := start(t, map[string]answer{tokenOf7: refuse(status)})
			_, err := f.shop().Permission(patient(t), "maya")
			if !Is(err, want.kind) || Permanent(err) != want.permanent {
				t.Errorf("%v is permanent %t, want %s", err, Permanent(err), want.kind)
			}
		})
	}
}

func TestCallsThatAreGivenUp(t *testing.T) {
	t.Parallel()
	t.Run("cancelled", func(t *testing.T) {
		t.Parallel()
		f := start(t, map[string]answer{postComment: {hang: true}})
		ctx, cancel := context.WithCancel(context.Background())
		failed := make(chan error, 1)
		go func() {
			_, err := f.shop().CreateComment(ctx, 1, "text")
			failed <- err
		}()
		cancel()
		err := <-failed
		var fault *Fault
		if !errors.Is(err, context.Canceled) || errors.As(err, &fault) {
			t.Errorf("it ended with %v", err)
		}
	})
	t.Run("out of time", func(t *testing.T) {
		t.Parallel()
		f := start(t, map[string]answer{postComment: {hang: true}})
		ctx, cancel := context.WithDeadline(context.Background(), time.Now())
		defer cancel()
		if _, err := f.shop().CreateComment(ctx, 1, "text"); !Is(err, Temporary) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("it ended with %v", err)
		}
	})
	t.Run("nobody there", func(t *testing.T) {
		t.Parallel()
		f := start(t, nil)
		repo := f.shop()
		repo.client.BaseURL.Host = "127.0.0.1:1"
		if _, err := repo.Comment(patient(t), 1); !Is(err, Temporary) {
			t.Errorf("it ended with %v", err)
		}
	})
}

// GitHub's words go into logs: a few of them do.
func TestGitHubsWordsAreBounded(t *testing.T) {
	t.Parallel()
	body := `{"message":"` + strings.Repeat("ü", 5000) + `"}`
	f := start(t, map[string]answer{postComment: {status: http.StatusUnprocessableEntity, body: body}})
	_, err := f.shop().CreateComment(patient(t), 1, "text")
	var fault *Fault
	if !errors.As(err, &fault) || utf8.RuneCountInString(fault.Message) != 201 || !utf8.ValidString(fault.Message) {
		t.Fatalf("the fault is %+v", fault)
	}
	if n := len(err.Error()); n > 1000 {
		t.Errorf("the error has %d bytes", n)
	}
}

func TestNoFaultIsNoError(t *testing.T) {
	t.Parallel()
	if err := classify("do it", nil); err != nil || passing(nil) != nil || Permanent(nil) || Wait(nil) != 0 {
		t.Errorf("nothing is %v", err)
	}
	plain := errors.New("plain")
	if err := passing(plain); err != plain {
		t.Errorf("an error of another kind became %v", err)
	}
}

// What GitHub refuses is told apart by its own words.
func TestRefusalsAreToldApart(t *testing.T) {
	kinds := map[string]func(error) bool{
		"locked": Locked, "archived": Archived, "no permission": NoPermission, "away": Away, "issues off": IssuesOff,
	}
	for _, tc := range []struct {
		status        int
		message, kind string
	}{
		{403, "Unable to create comment because issue is locked.", "locked"},
		{403, "Repository was archived so is read-only.", "archived"},
		{403, "Resource not accessible by integration", "no permission"},
		{403, "This installation has been suspended", "away"},
		{410, "Issues are disabled for this repo", "issues off"},
		{403, "The organization has an IP allow list enabled", ""},
		{410, "This issue was deleted", ""},
		{422, "Validation Failed: locked", ""},
	} {
		_, err := answering(t, tc.status, nil, fmt.Sprintf(`{"message":%q}`, tc.message)).CreateComment(t.Context(), 1, "text")
		for kind, is := range kinds {
			if have := is(err); have != (kind == tc.kind) {
				t.Errorf("%d %s: is it %s? %t", tc.status, tc.message, kind, have)
			}
		}
	}
}
