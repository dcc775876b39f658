package inbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// maxAttempts is how often the tests' jobs are tried.
const maxAttempts = 12

func TestADeliveryIsHandledOnce(t *testing.T) {
	t.Parallel()
	k := newKit(t, &handler{})
	k.run()
	k.must(k.schedule("a"))
	k.must(k.db.Settle(patient(t)))
	k.must(k.schedule("a"))
	k.must(k.db.Settle(patient(t)))
	if !k.delivery("a").Completed || len(k.h.handled) != 1 {
		t.Errorf("handled %q, kept %+v", k.h.handled, k.delivery("a"))
	}
	var line struct {
		Delivery   string `json:"github_delivery_id"`
		Event      string `json:"github_event_type"`
		Repository int64
		Issue      int64
		Message    string
	}
	k.must(json.Unmarshal([]byte(k.log.String()), &line))
	if line.Delivery != "a" || line.Event != "issues" || line.Repository != 7 || line.Issue != 70 || line.Message != "delivery handled" {
		t.Errorf("the log says %s", k.log)
	}
}

func TestDeliveriesThatFail(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		handle  func(run int) error
		runs    int
		failure string
		log     string
	}{
		"once": {func(run int) error { return map[int]error{1: errBroken}[run] }, 2, "", "delivery failed"},
		"a panic, once": {func(run int) error {
			if run == 1 {
				panic("somebody's words")
			}
			return nil
		}, 2, "", "handler panicked"},
		"always":              {func(int) error { return errBroken }, maxAttempts, "broken on purpose", "delivery failed"},
		"always by a panic":   {func(int) error { panic("somebody's words") }, maxAttempts, "handle delivery: handler of issues panicked", "handler panicked"},
		"for good":            {func(int) error { return fmt.Errorf("ask: %w", errHopeless) }, 1, "ask: hopeless", "delivery given up"},
		"for good, the third": {func(run int) error { return map[int]error{1: errBroken, 2: errBusy, 3: errHopeless}[run] }, 3, "hopeless", "delivery given up"},
		"busy for long": {func(run int) error {
			if run <= maxAttempts+2 {
				return errBusy
			}
			return nil
		}, maxAttempts + 3, "", "delivery waits for GitHub"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run, h := 0, &handler{}
			h.handle = func(context.Context, string) error {
				run++
				return tc.handle(run)
			}
			k := newKit(t, h)
			k.must(k.schedule("a"))
			k.attempts("a")
			d := k.delivery("a")
			if run != tc.runs || d.Failure != tc.failure || d.Completed == (tc.failure != "") {
				t.Errorf("handled %d times and kept %+v, want %d times and %q", run, d, tc.runs, tc.failure)
			}
			if got := len(h.gaveUp); got != map[bool]int{false: 0, true: 1}[tc.failure != ""] {
				t.Errorf("gave up %d times", got)
			}
			if log := k.log.String(); !strings.Contains(log, tc.log) || strings.Contains(log, "somebody's words") {
				t.Errorf("the log says:\n%s", log)
			}
		})
	}
}

// attempts works a delivery as often as River would.
func (k *kit) attempts(guid string) {
	k.t.Helper()
	for attempt := 1; ; {
		err := k.worker.Work(context.Background(), job(guid, attempt))
		var cancelled *rivertype.JobCancelError
		var snoozed *rivertype.JobSnoozeError
		switch {
		case err == nil, errors.As(err, &cancelled), attempt == maxAttempts && !errors.As(err, &snoozed):
			return
		case !errors.As(err, &snoozed):
			attempt++
		}
	}
}

func TestOneThatWasGivenUpIsHandledWhenItIsDeliveredAgain(t *testing.T) {
	t.Parallel()
	broken, h := true, &handler{}
	h.handle = func(context.Context, string) error {
		if broken {
			return errHopeless
		}
		return nil
	}
	k := newKit(t, h)
	k.run()
	k.must(k.schedule("a"))
	k.must(k.db.Settle(patient(t)))
	if k.delivery("a").Failure == "" {
		t.Fatal("it was not given up")
	}
	broken = false
	k.must(k.schedule("a"))
	k.must(k.db.Settle(patient(t)))
	if d := k.delivery("a"); !d.Completed || d.Failure != "" || len(h.handled) != 2 {
		t.Errorf("handled %q, kept %+v", h.handled, d)
	}
}

// job is one attempt, as River would make it.
func job(guid string, attempt int) *river.Job[args] {
	return &river.Job[args]{JobRow: &rivertype.JobRow{Attempt: attempt, MaxAttempts: maxAttempts}, Args: args{guid}}
}

func TestTheLastAttemptRunsOutOfTime(t *testing.T) {
	t.Parallel()
	k := newKit(t, &handler{})
	k.must(k.schedule("a"))
	ended := &switching{Context: context.Background()}
	k.h.handle = func(context.Context, string) error {
		ended.err = context.DeadlineExceeded
		return ended.err
	}
	if err := k.worker.Work(ended, job("a", maxAttempts)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it ended with %v", err)
	}
	if d := k.delivery("a"); d.Failure != context.DeadlineExceeded.Error() || len(k.h.gaveUp) != 1 {
		t.Errorf("kept %+v, gave up %d times", d, len(k.h.gaveUp))
	}
}

// A server that stops cuts its last attempts off; none of them is one.
func TestTheLastAttemptIsCutOff(t *testing.T) {
	t.Parallel()
	k := newKit(t, &handler{})
	k.must(k.schedule("a"))
	for name, cause := range map[string]error{"by the stop": context.Canceled, "and fails otherwise": errHopeless} {
		ctx := &switching{Context: context.Background()}
		k.h.handle = func(context.Context, string) error {
			ctx.err = context.Canceled
			return cause
		}
		if err := k.worker.Work(ctx, job("a", maxAttempts)); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: it ended with %v", name, err)
		}
		if d := k.delivery("a"); d.Failure != "" || d.Completed || len(k.h.gaveUp) != 0 {
			t.Errorf("%s: kept %+v, gave up %d times", name, d, len(k.h.gaveUp))
		}
	}
}

// switching is a context that ends when a test says so.
type switching struct {
	context.Context
	err error
}

func (s *switching) Err() error { return s.err }

func TestDeliveriesWithNothingToDo(t *testing.T) {
	t.Parallel()
	k := newKit(t, &handler{})
	k.must(k.schedule("done"))
	k.must(k.db.Complete(context.Background(), "done"))
	for _, guid := range []string{"done", "never kept"} {
		k.must(k.worker.Work(context.Background(), job(guid, 1)))
	}
	if len(k.h.handled) != 0 {
		t.Errorf("handled %q", k.h.handled)
	}
	k.must(k.schedule("unknown"))
	k.worker.handlers = nil
	if err := k.worker.Work(context.Background(), job("unknown", 1)); err == nil || !strings.Contains(err.Error(), "no handler for issues") {
		t.Errorf("an event that nobody handles ended with %v", err)
	}
}
