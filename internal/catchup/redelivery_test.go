package catchup

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/store"
)

// TestWhatIsAskedFor goes through what can have become of a delivery.
func TestWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	ago := func(d time.Duration) time.Time { return k.now.Add(-d) }
	k.gh.add("older than GitHub's memory", ago(Memory+time.Minute), false)
	k.gh.add("made good", ago(3*time.Hour), false)
	k.gh.add("failed twice", ago(2*time.Hour), false)
	k.gh.add("arrived", ago(time.Hour), true)
	k.gh.add("made good", ago(time.Hour), true)
	once := k.gh.add("failed once", ago(time.Hour), false)
	twice := k.gh.add("failed twice", ago(30*time.Minute), false)
	k.gh.attempts = append(k.gh.attempts, github.Attempt{ID: 20, GUID: "another event", Event: "push", At: ago(time.Minute)})
	for n, guid := range []string{"completed here", "pending here", "given up here"} {
		k.gh.attempts = append(k.gh.attempts, github.Attempt{ID: int64(21 + n), GUID: guid, Event: "issues", At: ago(time.Minute)})
	}
	k.receive("completed here", func() error { return k.db.Complete(t.Context(), "completed here") })
	k.receive("pending here", nil)
	k.receive("given up here", func() error { return k.db.FailDelivery(t.Context(), store.Delivery{GUID: "given up here"}, "no") })
	k.round(twice, once)
	t.Run("and not again at once", func(t *testing.T) { k.round() })
	t.Run("but later, even after a restart", func(t *testing.T) {
		k.restart()
		k.now = k.now.Add(firstGap)
		k.round(twice, once)
	})
	t.Run("until it arrives", func(t *testing.T) {
		k.gh.add("failed once", k.now, true)
		k.receive("failed twice", nil)
		k.now = k.now.Add(longestGap)
		k.round()
	})
}

// A delivery that never gets through is given up, and its id logged once.
func TestGivingUp(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	id := k.gh.add("lost", k.now, false)
	k.round(id)
	tries := 1
	for ; k.log.String() == "" || !strings.Contains(k.log.String(), "given up"); tries++ {
		k.now = k.now.Add(gap(tries - 1))
		k.gh.attempts[0].At = k.now // the latest attempt failed just now
		k.gh.asked = nil
		k.must(k.Run(t.Context()))
		if tries > 2*maxTries {
			t.Fatal("it is never given up")
		}
	}
	if tries != maxTries+1 {
		t.Errorf("given up after %d tries, want %d", tries-1, maxTries)
	}
	for range 3 {
		k.now = k.now.Add(2 * time.Minute)
		k.restart()
		k.round()
	}
	if n := strings.Count(k.log.String(), "given up"); n != 1 || !strings.Contains(k.log.String(), `"delivery":"lost"`) {
		t.Errorf("given up %d times:\n%s", n, k.log.String())
	}
}

// What GitHub does not have any more is given up at once; one call that fails
// does not lose the others; a limit ends the round.
func TestCallsThatFail(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	for n := range 4 {
		k.gh.add(fmt.Sprint("delivery ", n), k.now.Add(-time.Hour), false)
	}
	fails := func(id int64, err error) { k.gh.fails[fmt.Sprint("ask", id)] = err }
	fails(1, errGone)
	fails(2, errAway)
	fails(4, errLimited)
	if err := k.Run(t.Context()); github.Wait(err) == 0 {
		t.Errorf("a limited round says %v", err)
	}
	if want := "[1 2 3 4]"; fmt.Sprint(k.gh.asked) != want {
		t.Errorf("asked for %v, want %s", k.gh.asked, want)
	}
	clear(k.gh.fails)
	k.now = k.now.Add(errLimited.Wait - time.Second)
	k.round()
	if k.gh.pages != 0 {
		t.Error("GitHub is asked although it wants to be left alone")
	}
	k.now = k.now.Add(time.Second)
	k.round(2, 3, 4)
}

// A list that breaks off is read to its end by the next rounds, and one that is
// long takes several.
func TestLongLists(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.gh.size = 1
	var want []int64
	for n := range maxPages + 10 {
		id := k.gh.add(fmt.Sprint("delivery ", n), k.now.Add(time.Duration(n-100)*10*time.Minute), n >= 3)
		if n < 3 {
			want = append(want, id)
		}
	}
	k.gh.fails["list40"] = errAway
	if err := k.Run(t.Context()); err == nil {
		t.Error("a list that breaks off is no error")
	}
	delete(k.gh.fails, "list40")
	k.restart()
	k.round(want...)
	if k.gh.pages > 40 {
		t.Errorf("%d pages were read, want those that were left", k.gh.pages)
	}
	k.round()
	if k.gh.pages != 2 {
		t.Errorf("%d pages were read, want two: all before is known", k.gh.pages)
	}
	t.Run("too long for one round", func(t *testing.T) {
		k.now = k.now.Add(time.Hour)
		missed := k.gh.add("far down", k.now, false)
		for n := range maxPages {
			k.gh.add(fmt.Sprint("more ", n), k.now.Add(time.Hour), true)
		}
		k.round(want...) // whose time has come
		k.round(missed)
	})
	t.Run("a cursor that GitHub does not know any more", func(t *testing.T) {
		k.now = k.now.Add(longestGap)
		k.must(k.db.SetMark(t.Context(), markWalk, `{"cursor":"7"}`))
		k.gh.fails["list7"] = errCursor
		if err := k.Run(t.Context()); err == nil {
			t.Error("it is not told")
		}
		k.gh.add("new", k.now, false)
		k.gh.asked = nil
		k.must(k.Run(t.Context()))
		if len(k.gh.asked) == 0 {
			t.Error("the list is not read from its beginning")
		}
	})
}

// GitHub's being away is no reason not to ask for what is known.
func TestTheListIsOutOfReach(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	id := k.gh.add("missed", k.now, false)
	k.round(id)
	k.now = k.now.Add(firstGap)
	k.gh.fails["list"] = errAway
	k.gh.asked = nil
	if err := k.Run(t.Context()); err == nil || len(k.gh.asked) != 1 {
		t.Errorf("asked for %v, %v", k.gh.asked, err)
	}
}

func TestGapsGrow(t *testing.T) {
	t.Parallel()
	var whole time.Duration
	for n := range maxTries {
		if n > 0 && gap(n) < gap(n-1) || gap(n) > longestGap {
			t.Errorf("gap %d is %s", n, gap(n))
		}
		whole += gap(n)
	}
	if whole > Memory {
		t.Errorf("the last try is after %s, when GitHub has forgotten", whole)
	}
}
