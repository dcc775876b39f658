package chaos

import (
	"fmt"
	"strings"
	"time"
)

// Report is what a run was and what came of it.
type Report struct {
	Name     string
	Seed     uint64
	Replicas int
	// Issues is how many incidents there were; Sent counts attempts to deliver,
	// Acknowledged the deliveries that GitHub got a 2xx for.
	Issues, Sent, Acknowledged int
	// Redelivered counts what was delivered again for want of a 2xx, LostAnswers
	// the 2xx that got lost on their way to GitHub, Doubled what was handed to
	// several processes at once.
	Redelivered, LostAnswers, HandedTwice int
	// Kills counts the processes killed, Faults the requests to GitHub that went
	// wrong; BadGateway and Limited are those of the outage.
	Kills, Faults       int
	BadGateway, Limited int
	// Requests counts the requests of the program to GitHub.
	Requests int
	// Settled is how long it took after the storm until everything was right.
	Took, Settled time.Duration
	// Problems is everything that did not come out right.
	Problems []Problem
}

// count adds up what happened.
func (r *run) count() {
	rep := &r.report
	rep.Redelivered = r.redelivered
	if r.world != nil {
		rep.Issues = len(r.incidents)
		rep.Requests = len(r.Requests())
	}
	if r.reaper != nil {
		rep.Kills, _ = r.reaper.killed()
	}
	if r.faults.sandbox != nil {
		r.faults.collect()
		rep.Faults = r.faults.hits
	}
	if b := r.balancer; b != nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		rep.Sent, rep.Acknowledged, rep.LostAnswers, rep.HandedTwice = b.attempts, len(b.acked), b.lost, b.doubled
	}
}

// Lost counts what is not there as it should be, Doubled what is there too often.
func (r Report) Lost() int { return len(r.Problems) - r.Doubled() }

// Doubled counts what is there too often.
func (r Report) Doubled() int {
	n := 0
	for _, p := range r.Problems {
		if p.Doubled {
			n++
		}
	}
	return n
}

// most is how many problems are listed.
const most = 40

func (r Report) String() string {
	var b strings.Builder
	row := func(what string, n any) { fmt.Fprintf(&b, "  %-52s %8v\n", what, n) }
	fmt.Fprintf(&b, "%s, processes: %d, seed: %d, took %s\n", r.Name, r.Replicas, r.Seed, r.Took.Round(time.Second))
	row("incidents", r.Issues)
	row("deliveries sent, repeats included", r.Sent)
	row("deliveries acknowledged", r.Acknowledged)
	row("  handed over twice at the same time", r.HandedTwice)
	row("  whose acknowledgement got lost", r.LostAnswers)
	row("  sent again for want of an acknowledgement", r.Redelivered)
	row("kills (SIGKILL)", r.Kills)
	row("requests to GitHub", r.Requests)
	row("faults injected into them", r.Faults)
	if r.BadGateway+r.Limited > 0 {
		row("  answered 502 in the outage", r.BadGateway)
		row("  answered 429 after it", r.Limited)
	}
	row("everything right after", r.Settled.Round(time.Second))
	row("lost", r.Lost())
	row("doubled", r.Doubled())
	for n, p := range r.Problems {
		if n == most {
			fmt.Fprintf(&b, "  … and %d more\n", len(r.Problems)-most)
			break
		}
		fmt.Fprintf(&b, "  %s\n", p)
	}
	return b.String()
}
