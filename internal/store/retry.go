package store

import (
	"math/rand/v2"
	"time"

	"github.com/riverqueue/river/rivertype"
)

// Retry is the policy for failed jobs: the first wait doubles with every
// attempt up to the longest, each shortened by chance by up to a third, so
// that what failed together does not come back together.
type Retry struct {
	First, Longest time.Duration
	// Attempts is how often a job is tried in all; waiting for a rate limit is no
	// attempt. Zero is DefaultRetry's.
	Attempts int
	// Clock tells the time; nil is the system's.
	Clock func() time.Time
}

// DefaultRetry waits 2 s, 4 s, 8 s, … and at most an hour; that is about a day
// in all.
var DefaultRetry = Retry{First: 2 * time.Second, Longest: time.Hour, Attempts: 35}

// NextRetry returns when a job that failed now runs again.
func (r Retry) NextRetry(job *rivertype.JobRow) time.Time {
	now := time.Now
	if r.Clock != nil {
		now = r.Clock
	}
	wait := r.longest(job)
	return now().Add(wait - time.Duration(rand.Int64N(int64(wait)/3+1)))
}

// longest returns the wait before chance shortens it.
func (r Retry) longest(job *rivertype.JobRow) time.Duration {
	wait := r.First
	for range job.Errors {
		if wait > r.Longest/2 {
			return r.Longest
		}
		wait *= 2
	}
	return min(wait, r.Longest)
}
