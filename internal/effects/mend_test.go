package effects

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// saved is what somebody writes below the checklist.
const saved = "\n\nThe cache is cold since 11:40.\n\n- [x] page the vendor\n"

// What a person saves into the checklist between our read and our write comes
// back with the delivery of that write, whichever delivery arrives first, and
// twice nowhere.
func TestWordsSavedAmidARefreshComeBack(t *testing.T) {
	t.Parallel()
	for seed, reversed := range []bool{false, true} {
		r := newMending(t, uint64(seed))
		theirs, own := r.overwrite()
		if strings.Contains(r.checklist().Body, "cache") {
			t.Fatal("that was no race")
		}
		before := r.edits()
		if reversed {
			r.arrive(own)
			r.runMends(1)
			r.arrive(theirs)
			r.refresh()
		} else {
			r.arrive(theirs)
			r.arrive(own)
			r.runMends(1)
			r.refresh()
			if n := r.edits() - before; n != 1 {
				t.Errorf("edited %d times, want once", n)
			}
		}
		r.isMended()
		page, edits := r.checklist().Body, r.edits()
		own.GUID += "-again"
		r.arrive(own)
		r.arriveAll()
		r.runMends(0)
		r.must(r.carryOut(workflow.Effect{Kind: workflow.EffectMend, Text: r.text, Wrote: workflow.TextHash(r.wrote)}))
		if r.checklist().Body != page || r.edits() != edits {
			t.Errorf("it was written again:\n%s", r.checklist().Body)
		}
		if told := r.told(); told != 0 {
			t.Errorf("told %d times of what came back", told)
		}
		r.close()
	}
}

// Refreshes and ticks after it keep nothing from being put back; other words do,
// and are kept. Then the timeline tells of it, once.
func TestWordsOverwrittenBeforeOthersWereSaved(t *testing.T) {
	t.Parallel()
	r := newMending(t, 2)
	defer r.close()
	theirs, own := r.overwrite()
	r.seconds.Add(1)
	r.must(r.As("jon").EditComment(shop, r.checklist().ID, r.checklist().Body+"\n\nRolled back.\n"))
	r.arrive(theirs)
	r.arrive(own)
	before := r.edits()
	r.runMends(1)
	r.runMends(1)
	if body := r.checklist().Body; r.edits() != before || !strings.Contains(body, "Rolled back.") || strings.Contains(body, "cache") {
		t.Errorf("the checklist was written:\n%s", body)
	}
	if told := r.told(); told != 1 {
		t.Errorf("told %d times, want once", told)
	}
	r.refresh()
	if body := r.checklist().Body; !strings.Contains(body, "Rolled back.") || !strings.Contains(body, "were overwritten") {
		t.Errorf("the checklist lacks words:\n%s", body)
	}
}

// What is put back can overwrite somebody in turn: neither is put in the other's
// place.
func TestWordsOverwrittenByWordsThatCameBack(t *testing.T) {
	t.Parallel()
	r := newMending(t, 3)
	defer r.close()
	theirs, own := r.overwrite()
	r.arrive(theirs)
	r.arrive(own)
	r.meanwhile = func() {
		r.seconds.Add(1)
		r.noted(r.As("jon").EditComment(shop, r.checklist().ID, r.checklist().Body+"\n\nRolled back.\n"))
	}
	r.runMends(1)
	r.arriveAll()
	r.runMends(1) // the first again
	r.isMended()
	if told := r.told(); told != 1 {
		t.Errorf("told %d times, want once", told)
	}
}

// The tick that came first is shown by a later refresh, and the line still comes
// back to where it was.
func TestWordsComeBackLate(t *testing.T) {
	t.Parallel()
	r := newMending(t, 4)
	defer r.close()
	theirs, own := r.overwrite()
	r.seconds.Add(1)
	r.must(r.As("jon").Tick(shop, r.number, r.checklist().ID, "step:triage.data"))
	r.arrive(theirs)
	r.arriveAll()
	r.refresh()
	r.arrive(own)
	r.runMends(1)
	r.isMended()
	if !checklist.Read(checklist.Default(), r.checklist().Body).Ticked["triage.data"] {
		t.Error("a tick was lost")
	}
}

// mending is an incident in which somebody is overwritten.
type mending struct {
	*race
	// text is what ada saved, wrote what replaced it.
	text, wrote string
}

func newMending(t *testing.T, seed uint64) *mending {
	r := &mending{race: newRace(t, seed)}
	r.calm = true
	return r
}

// overwrite lets ada write and tick while a tick of jon's is about to be shown.
// Neither delivery has arrived.
func (r *mending) overwrite() (theirs, own sandbox.Delivery) {
	r.t.Helper()
	r.must(r.As("jon").Tick(shop, r.number, r.checklist().ID, "step:triage.systems"))
	r.arriveAll()
	r.seconds.Add(1)
	r.meanwhile = func() {
		c := r.checklist()
		r.text = tickedIn(c.Body+saved, "triage.users")
		r.noted(r.As("ada").EditComment(shop, c.ID, r.text))
		r.seconds.Add(1)
	}
	r.refresh()
	r.wrote = r.checklist().Body
	r.collect()
	if len(r.waiting) != 2 {
		r.t.Fatalf("%d deliveries, want two edits", len(r.waiting))
	}
	theirs, own = r.waiting[0], r.waiting[1]
	r.waiting = nil
	return theirs, own
}

// tickedIn ticks one box in a text.
func tickedIn(text, id string) string {
	lines := strings.Split(text, "\n")
	for n, line := range lines {
		if strings.Contains(line, "step:"+id+" ") {
			lines[n] = strings.Replace(line, "[ ]", "[x]", 1)
		}
	}
	return strings.Join(lines, "\n")
}

func (r *mending) refresh() {
	r.t.Helper()
	r.must(r.carryOut(workflow.Effect{Kind: workflow.EffectChecklist}))
}

// arrive lets a delivery arrive as it does at the endpoint.
func (r *mending) arrive(d sandbox.Delivery) {
	r.t.Helper()
	router := r.handler.(interface {
		Route(ctx context.Context, event string, payload []byte) (workflow.Key, bool, error)
	})
	if _, ours, err := router.Route(r.t.Context(), d.Event, d.Payload); err != nil || !ours {
		r.must(err)
		return
	}
	kept := store.Delivery{GUID: d.GUID, Event: d.Event, Key: r.key, Payload: d.Payload, Received: time.Now()}
	r.must(r.db.SaveDeliveries(r.t.Context(), []store.Delivery{kept}, func([]store.Delivery) []river.InsertManyParams { return nil }))
	r.must(r.handler.Handle(r.t.Context(), d.Event, d.GUID, d.Payload))
}

func (r *mending) arriveAll() {
	r.t.Helper()
	r.collect()
	for _, d := range r.waiting {
		r.arrive(d)
	}
	r.waiting = nil
}

// runMends carries out the mends that were asked for, of which there are so many.
func (r *mending) runMends(want int) {
	r.t.Helper()
	n := 0
	for _, e := range r.asked {
		if e.Kind == workflow.EffectMend {
			n++
			r.must(r.carryOut(e))
		}
	}
	if want > 0 && n != want {
		r.t.Errorf("%d mends were asked for, want %d", n, want)
	}
}

// edits counts the edits of comments that GitHub was asked for.
func (r *mending) edits() int {
	n := 0
	for _, q := range r.Requests() {
		if q.Method == http.MethodPatch && strings.Contains(q.Path, "/issues/comments/") {
			n++
		}
	}
	return n
}

// isMended checks that the words are there, once, and that all else is up to date.
func (r *mending) isMended() {
	r.t.Helper()
	body := r.checklist().Body
	for _, line := range []string{"The cache is cold since 11:40.", "- [x] page the vendor"} {
		if n := strings.Count(body+"\n", "\n"+line+"\n"); n != 1 {
			r.t.Errorf("%q is there %d times:\n%s", line, n, body)
		}
	}
	ticked := checklist.Read(checklist.Default(), body).Ticked
	inc, err := r.db.Incident(r.t.Context(), r.key)
	r.must(err)
	for _, box := range []string{"triage.systems", "triage.users"} {
		if !ticked[box] || !inc.Marks[box].Ticked {
			r.t.Errorf("%s: shown %t, recorded %t", box, ticked[box], inc.Marks[box].Ticked)
		}
	}
	if row := "ticked: 2.1 Affected systems"; !strings.Contains(body, row) {
		r.t.Errorf("the timeline is not up to date, it lacks %q:\n%s", row, body)
	}
}

// told counts the lines of the timeline that say that words were lost.
func (r *mending) told() int {
	timeline, err := r.db.Timeline(r.t.Context(), r.key)
	r.must(err)
	n := 0
	for _, e := range timeline {
		if e.Kind == workflow.EntryProblem && strings.Contains(e.What, "overwritten") {
			n++
		}
	}
	return n
}
