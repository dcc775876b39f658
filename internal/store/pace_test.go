package store

import (
	"context"
	"sync"
	"testing"
	"time"
)

// However it is asked, no stretch of time gets more than its rate, and whoever
// waits as long as it says gets through in the end.
func TestThePaceIsKeptInEveryStretchOfTime(t *testing.T) {
	t.Parallel()
	rates := []Rate{{5, time.Minute}, {20, time.Hour}}
	k := newKit(t, func(o *Options) { o.Pace = rates })
	now := noon
	var spent []time.Time
	for asked := 0; len(spent) < 100; asked++ {
		if asked == 50 {
			k.must(k.Close())
			k.open(func(o *Options) { o.Pace = rates }) // a restart forgets nothing
		}
		wait, err := k.Spend(context.Background(), 3, now)
		k.must(err)
		if wait == 0 {
			spent = append(spent, now)
			now = now.Add(700 * time.Millisecond)
			continue
		}
		if wait > time.Hour+time.Minute {
			t.Fatalf("it says to wait %v", wait)
		}
		now = now.Add(wait)
	}
	for n := range spent {
		for _, r := range rates {
			if n >= r.Most && spent[n].Sub(spent[n-r.Most]) < r.Per {
				t.Errorf("%d within %v at %v", r.Most+1, spent[n].Sub(spent[n-r.Most]), spent[n])
			}
		}
	}
	if wait, err := k.Spend(context.Background(), 4, now); wait != 0 || err != nil {
		t.Errorf("another installation waits %v: %v", wait, err)
	}
	var text string
	k.must(scanOne(context.Background(), k.reads, []any{&text}, "SELECT times FROM creations WHERE installation = 3"))
	if len(text) > 20*20 {
		t.Errorf("the log has grown to %d bytes", len(text))
	}
}

func TestManyAtOnceShareThePace(t *testing.T) {
	t.Parallel()
	k := newKit(t, func(o *Options) { o.Pace = DefaultPace })
	var mu sync.Mutex
	var through int
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			wait, err := k.Spend(context.Background(), 3, noon)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			} else if wait == 0 {
				through++
			}
		})
	}
	wg.Wait()
	if through != DefaultPace[0].Most {
		t.Errorf("%d of 100 get through in one moment, want %d", through, DefaultPace[0].Most)
	}
}
