package catchup

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// fake is a GitHub that remembers attempts, and lists what it was asked.
type fake struct {
	attempts []github.Attempt // newest last
	size     int              // of a page
	asked    []int64
	pages    int
	// fails answers the calls with these names instead.
	fails map[string]error
}

func (f *fake) Attempts(_ context.Context, cursor string) (page []github.Attempt, next string, err error) {
	f.pages++
	if err := f.fails["list"+cursor]; err != nil {
		return nil, "", err
	}
	below := int64(1 << 62)
	if cursor != "" {
		below, _ = strconv.ParseInt(cursor, 10, 64)
	}
	for _, a := range slices.Backward(f.attempts) {
		if a.ID >= below {
			continue
		}
		if len(page) == f.size {
			return page, strconv.FormatInt(page[len(page)-1].ID, 10), nil
		}
		page = append(page, a)
	}
	return page, "", nil
}

func (f *fake) DeliverAgain(_ context.Context, attempt int64) error {
	f.asked = append(f.asked, attempt)
	return f.fails["ask"+strconv.FormatInt(attempt, 10)]
}

// add makes one more attempt.
func (f *fake) add(guid string, at time.Time, arrived bool) int64 {
	id := int64(len(f.attempts) + 1)
	f.attempts = append(f.attempts, github.Attempt{ID: id, GUID: guid, Event: "issues", At: at, Arrived: arrived})
	return id
}

// kit is a Redelivery on a real store and a GitHub of the test's.
type kit struct {
	*Redelivery
	t   *testing.T
	db  *store.DB
	gh  *fake
	now time.Time
	log strings.Builder
}

func newKit(t *testing.T) *kit {
	t.Helper()
	k := &kit{t: t, now: noon, gh: &fake{size: 100, fails: map[string]error{}}}
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "test.db"), store.Options{
		Workers: river.NewWorkers(), Queues: []string{"none"}, Rules: workflow.DefaultRules(),
	})
	k.must(err)
	t.Cleanup(func() { k.must(db.Close()) })
	k.db = db
	k.restart()
	return k
}

// restart forgets what is in memory.
func (k *kit) restart() {
	k.Redelivery = &Redelivery{
		Store: k.db, GitHub: k.gh, Events: []string{"issues"}, Log: zerolog.New(&k.log), Clock: func() time.Time { return k.now },
	}
}

func (k *kit) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

// round goes one round and checks which attempts were asked for.
func (k *kit) round(want ...int64) {
	k.t.Helper()
	k.gh.asked, k.gh.pages = nil, 0
	if err := k.Run(k.t.Context()); err != nil {
		k.t.Errorf("round: %v", err)
	}
	if !slices.Equal(k.gh.asked, want) {
		k.t.Errorf("asked for %v, want %v", k.gh.asked, want)
	}
}

// receive makes a delivery known to the store, and completes it or gives it up.
func (k *kit) receive(guid string, end func() error) {
	k.t.Helper()
	none := func([]store.Delivery) []river.InsertManyParams { return nil }
	k.must(k.db.SaveDeliveries(k.t.Context(), []store.Delivery{{GUID: guid, Event: "issues", Payload: []byte("{}"), Received: k.now}}, none))
	if end != nil {
		k.must(end())
	}
}

var (
	errAway    = &github.Fault{Kind: github.Temporary}
	errLimited = &github.Fault{Kind: github.Limited, Wait: 10 * time.Minute}
	errGone    = &github.Fault{Kind: github.NotFound}
	errCursor  = &github.Fault{Kind: github.Invalid}
)

func jobRow(id int64) *rivertype.JobRow { return &rivertype.JobRow{ID: id} }
