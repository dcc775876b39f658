package github

import (
	"net/http"
	"time"

	"github.com/google/go-github/v62/github"
)

// unsaid is how long GitHub asks to be left alone by a secondary limit that does
// not say for how long.
//
// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
const unsaid = time.Minute

// hideReset takes the time at which the primary limit is reset out of refusals
// that have nothing to do with it. go-github takes it for the end of a secondary
// limit that names none, and makes no call for the installation until then, up
// to an hour.
func hideReset(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		res, err := next.RoundTrip(r)
		if err == nil && res.StatusCode == http.StatusForbidden && res.Header.Get("X-RateLimit-Remaining") != "0" {
			res.Header.Del("X-RateLimit-Reset")
		}
		return res, err
	})
}

func secondaryWait(limit *github.AbuseRateLimitError) time.Duration {
	if limit.RetryAfter == nil {
		return unsaid
	}
	return bearable(*limit.RetryAfter)
}
