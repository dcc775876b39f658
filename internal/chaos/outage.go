package chaos

import (
	"context"
	"net/http"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// outage lets people go on while GitHub's API and git answer nothing but 502,
// and then nothing but 429.
func (r *run) outage(ctx context.Context) error {
	limited := sandbox.TooManyRequests("", "", 2*time.Second)
	for _, phase := range []struct {
		fault sandbox.Fault
		lasts time.Duration
	}{{sandbox.BadGateway("", ""), r.Outage}, {limited, r.Outage / 2}} {
		f := phase.fault
		f.Times = -1
		r.say("GitHub answers %d for %s", f.Status, phase.lasts)
		until := time.Now().Add(phase.lasts)
		under := r.Inject(f)
		for time.Now().Before(until) {
			if err := r.round(ctx); err != nil {
				return err
			}
			if err := pause(ctx, phase.lasts/20); err != nil {
				return err
			}
		}
		under.Remove()
		if f.Status == http.StatusBadGateway {
			r.report.BadGateway = under.Hits()
		} else {
			r.report.Limited = under.Hits()
		}
	}
	return nil
}
