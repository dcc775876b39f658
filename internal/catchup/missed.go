package catchup

import (
	"slices"
	"time"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/store"
)

// sorter groups attempts by their delivery, over the pages of a round.
type sorter struct {
	events []string
	// since leaves out what was made before.
	since   time.Time
	arrived map[string]bool
}

// sort says which deliveries of a page failed, none of their attempts having
// arrived, and which arrived. The newest come first, so a success is seen before
// the failures that it made good.
func (s *sorter) sort(page []github.Attempt) (failed []store.Missed, arrived []string) {
	for _, a := range page {
		if a.Arrived && s.concerns(a) && !s.arrived[a.GUID] {
			s.arrived[a.GUID] = true
			arrived = append(arrived, a.GUID)
		}
	}
	for _, a := range page {
		if s.concerns(a) && !s.arrived[a.GUID] {
			failed = append(failed, store.Missed{GUID: a.GUID, Attempt: a.ID, Failed: a.At})
		}
	}
	return failed, arrived
}

func (s *sorter) concerns(a github.Attempt) bool {
	return !a.At.Before(s.since) && slices.Contains(s.events, a.Event)
}

const (
	// firstGap is the wait after a delivery was asked for; it doubles up to
	// longestGap.
	firstGap   = 2 * time.Minute
	longestGap = 6 * time.Hour
	// maxTries is how often one delivery is asked for: over some forty hours.
	maxTries = 14
)

// gap returns how long to wait after a delivery was asked for so many times.
func gap(asked int) time.Duration {
	wait := firstGap
	for range asked {
		if wait *= 2; wait >= longestGap {
			return longestGap
		}
	}
	return wait
}

// hopeless says whether a delivery is no longer worth asking for: often enough,
// or from before what GitHub remembers.
func hopeless(m store.Missed, since time.Time) bool {
	return m.Asked >= maxTries || m.Failed.Before(since)
}
