package store

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"
)

func TestFinishedDeliveriesAreDeletedAfterAWhile(t *testing.T) {
	t.Parallel()
	now := noon
	k := newKit(t, func(o *Options) { o.Clock = func() time.Time { return now } })
	k.keep("old", "old and given up", "old and open")
	k.must(k.Complete(context.Background(), "old"))
	k.must(k.FailDelivery(context.Background(), delivery("old and given up"), "GitHub said no"))
	k.must(k.Refuse(context.Background(), givenUp("GitHub said no")))
	var many []string
	for n := range purgeAtOnce {
		many = append(many, fmt.Sprint("many ", n))
	}
	k.keep(many...)
	k.exec("UPDATE deliveries SET completed = received WHERE guid LIKE 'many %'")
	now = noon.Add(24 * time.Hour)
	k.keep("late")
	k.must(k.Complete(context.Background(), "late"))
	n, err := k.Purge(context.Background(), now)
	k.must(err)
	all, err := k.Deliveries(context.Background())
	k.must(err)
	if failed, err := k.Failures(context.Background()); len(failed) != 0 || err != nil {
		t.Errorf("of what was given up is left %+v: %v", failed, err)
	}
	var left []string
	for _, d := range all {
		left = append(left, d.GUID)
	}
	if slices.Sort(left); !slices.Equal(left, []string{"late", "old and open"}) || n != purgeAtOnce+3 {
		t.Errorf("%d are deleted, %q left", n, left)
	}
}
