package github

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-github/v62/github"
)

const secondary = `{"message":"You have exceeded a secondary rate limit.","documentation_url":"https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"}`

// answering is a repository whose server answers everything alike.
func answering(t *testing.T, status int, header map[string]string, body string) *Repository {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for name, value := range header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	client := github.NewClient(&http.Client{Transport: refuseMovedWrites(hideReset(http.DefaultTransport))})
	base, err := url.Parse(server.URL + "/")
	if err != nil {
		t.Fatal(err)
	}
	client.BaseURL = base
	return &Repository{client: client, owner: "acme", name: "shop"}
}

func TestFaults(t *testing.T) {
	inAnHour := strconv.FormatInt(time.Now().Add(time.Hour).Unix(), 10)
	for name, tc := range map[string]struct {
		status int
		header map[string]string
		body   string
		kind   FaultKind
		wait   time.Duration
	}{
		"secondary limit": {403, map[string]string{"Retry-After": "7", "X-RateLimit-Remaining": "4000", "X-RateLimit-Reset": inAnHour}, secondary, Limited, 7 * time.Second},
		"secondary limit that does not say how long": {403, map[string]string{"X-RateLimit-Remaining": "4000", "X-RateLimit-Reset": inAnHour}, secondary, Limited, time.Minute},
		"too many requests":                          {429, map[string]string{"Retry-After": "7"}, secondary, Limited, 7 * time.Second},
		"too many requests, no word how long":        {429, map[string]string{"X-RateLimit-Remaining": "4000", "X-RateLimit-Reset": inAnHour}, secondary, Limited, time.Minute},
		"at once is a second":                        {429, map[string]string{"Retry-After": "0"}, secondary, Limited, time.Second},
		"locked":                                     {403, map[string]string{"X-RateLimit-Remaining": "4000", "X-RateLimit-Reset": inAnHour}, `{"message":"Unable to create comment because issue is locked."}`, Forbidden, 0},
		"not there":                                  {404, nil, `{"message":"Not Found"}`, NotFound, 0},
		"deleted":                                    {410, nil, `{"message":"This issue was deleted"}`, Gone, 0},
		"not accepted":                               {422, nil, `{"message":"Validation Failed"}`, Invalid, 0},
		"bad gateway":                                {502, nil, `{"message":"Server Error"}`, Temporary, 0},
		"no JSON":                                    {503, nil, `<html>unicorn</html>`, Temporary, 0},
		"bad credentials":                            {401, nil, `{"message":"Bad credentials"}`, Temporary, 0},
		"moved":                                      {301, map[string]string{"Location": "/elsewhere"}, `{"message":"Moved Permanently"}`, Moved, 0},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := answering(t, tc.status, tc.header, tc.body).CreateComment(t.Context(), 1, "text")
			if !Is(err, tc.kind) {
				t.Fatalf("got %v, want a fault that is %s", err, tc.kind)
			}
			if got := limitOf(err); got != tc.wait {
				t.Errorf("wait %v, want %v", got, tc.wait)
			}
		})
	}
}

func TestPrimaryLimitEndsWhenItIsReset(t *testing.T) {
	reset := time.Now().Add(90 * time.Second)
	header := map[string]string{"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": strconv.FormatInt(reset.Unix(), 10)}
	_, err := answering(t, 403, header, `{"message":"API rate limit exceeded"}`).Comment(t.Context(), 1)
	if got := limitOf(err); got <= unsaid || got > 90*time.Second {
		t.Errorf("wait %v, want until the reset", got)
	}
}

func limitOf(err error) time.Duration {
	var f *Fault
	if !errors.As(err, &f) {
		return 0
	}
	return f.Wait
}
