package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/riverqueue/river/rivertype"
)

func TestRetryDoublesUpToTheLongest(t *testing.T) {
	t.Parallel()
	r := DefaultRetry
	r.Clock = func() time.Time { return noon }
	for failures, wait := range map[int]time.Duration{
		0: 2 * time.Second, 1: 4 * time.Second, 2: 8 * time.Second, 5: 64 * time.Second, 10: 2048 * time.Second,
		11: time.Hour, 29: time.Hour, 30: time.Hour, 1000: time.Hour,
	} {
		t.Run(fmt.Sprint(failures), func(t *testing.T) {
			t.Parallel()
			job := &rivertype.JobRow{Errors: make([]rivertype.AttemptError, failures)}
			least, most := wait, time.Duration(0)
			for range 200 {
				have := r.NextRetry(job).Sub(noon)
				least, most = min(least, have), max(most, have)
			}
			if least < wait-wait/3 || most > wait || least == most {
				t.Errorf("waits from %s to %s, want from %s to %s", least, most, wait-wait/3, wait)
			}
		})
	}
}

func TestRetryOfAnyPolicy(t *testing.T) {
	t.Parallel()
	for _, first := range []time.Duration{1, time.Millisecond, time.Minute, time.Hour, 1 << 62} {
		r := Retry{First: first, Longest: 2 * time.Hour, Clock: func() time.Time { return noon }}
		for failures := range 80 {
			job := &rivertype.JobRow{Errors: make([]rivertype.AttemptError, failures)}
			if have := r.NextRetry(job).Sub(noon); have < 0 || have > r.Longest {
				t.Errorf("first %s, %d failures: waits %s", first, failures, have)
			}
		}
	}
	t.Run("by the system's clock", func(t *testing.T) {
		t.Parallel()
		before := time.Now()
		if at := DefaultRetry.NextRetry(&rivertype.JobRow{}); at.Before(before) {
			t.Errorf("tried again at %s, before it failed", at)
		}
	})
}
