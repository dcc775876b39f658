package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow"
)

func givenUp(reason string) Failure {
	return Failure{
		Place:  workflow.Place{Installation: 3, Owner: "acme", Repo: "shop", Number: 1},
		Effect: workflow.Effect{Kind: workflow.EffectReply, Key: key, Delivery: "d", Comment: 5, Text: "Done."}, Reason: reason,
	}
}

func atNoon(o *Options) {
	o.Clock = func() time.Time { return noon }
	o.Deliveries = deliveryJobs
}

// What is given up is kept once, with a reason that can be shown, and forgotten
// when it succeeds.
func TestFailuresAreKeptUntilTheySucceed(t *testing.T) {
	t.Parallel()
	k := newKit(t, atNoon)
	ctx := context.Background()
	k.must(k.Record(ctx, "", declared("")))
	k.must(k.Refuse(ctx, givenUp("first")))
	told := Step{Key: key, Event: workflow.EffectRefused{Effect: workflow.EffectReply, Kind: workflow.RefusedLocked}}
	k.must(k.Refuse(ctx, givenUp("get https://x:y@z/\x00a?b=c:\n\x1b[2J403 ghs_abc.def "+strings.Repeat("é", 600)), told))
	have, err := k.Failures(ctx)
	k.must(err)
	if len(have) != 1 || len([]rune(have[0].Reason)) != 500 || !strings.HasPrefix(have[0].Reason, "get [address] [2J403 [token] éé") {
		t.Fatalf("kept %+v", have)
	}
	want := givenUp(have[0].Reason)
	want.ID, want.At = "reply-7-70-5", noon
	if diff := cmp.Diff(want, have[0]); diff != "" {
		t.Errorf("kept (-want +have):\n%s", diff)
	}
	inc, err := k.Incident(ctx, key)
	k.must(err)
	if r := inc.Refused[workflow.EffectReply]; !strings.Contains(r.Text, "Unlock it") {
		t.Errorf("the incident has %+v", r)
	}
	k.must(k.Succeeded(ctx, have[0].Effect))
	k.must(k.Succeeded(ctx, have[0].Effect))
	if n := k.count("SELECT COUNT(*) FROM failures"); n != 0 {
		t.Errorf("%d are left", n)
	}
}

func TestRetryFailures(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		in   workflow.Scope
		want int
	}{
		"everything":           {workflow.Scope{}, 2},
		"an installation":      {workflow.Scope{Installation: 3}, 2},
		"a repository":         {workflow.Scope{Repository: 7}, 2},
		"an issue":             {workflow.Scope{Repository: 7, Issue: 70}, 2},
		"another issue":        {workflow.Scope{Repository: 7, Issue: 71}, 0},
		"another installation": {workflow.Scope{Installation: 4}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newKit(t, atNoon)
			ctx := context.Background()
			k.keep("a", "b", "c")
			d := delivery("a")
			d.Installation, d.Name = 3, "acme/shop"
			k.must(k.FailDelivery(ctx, d, "no"))
			k.must(k.Complete(ctx, "b"))
			k.must(k.Refuse(ctx, givenUp("no")))
			before := k.rows()["river_job"]
			n, err := k.RetryFailures(ctx, tc.in)
			k.must(err)
			if jobs := k.rows()["river_job"] - before; n != tc.want || jobs != n {
				t.Errorf("%d run again with %d jobs, want %d", n, jobs, tc.want)
			}
			if left := k.count("SELECT (SELECT COUNT(*) FROM failures) + (SELECT COUNT(*) FROM deliveries WHERE failure IS NOT NULL)"); left != 2-tc.want {
				t.Errorf("%d are left given up", left)
			}
		})
	}
}
