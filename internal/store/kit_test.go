package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"github.com/firebreak-app/firebreak/internal/store/pgtest"
	"github.com/firebreak-app/firebreak/workflow"
)

// spec makes the database of a test; the suite runs once on each kind.
var spec func(t *testing.T) string

func TestMain(m *testing.M) {
	for _, spec = range []func(*testing.T) string{newFile, func(t *testing.T) string { return pgtest.Database(t) }} {
		if status := m.Run(); status != 0 {
			os.Exit(status)
		}
	}
	if err := goleak.Find(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// note is the job of the tests, in a queue of its own.
type note struct {
	Text string `json:"text"`
}

func (note) Kind() string { return "note" }

const notes = "notes"

func jobOf(text string) river.InsertManyParams {
	return river.InsertManyParams{Args: note{text}, InsertOpts: &river.InsertOpts{Queue: notes, MaxAttempts: 3}}
}

// kit is a store whose jobs do what the test says, and a log of theirs.
type kit struct {
	*DB
	t    *testing.T
	spec string
	log  *syncBuffer

	mu   sync.Mutex
	work func(ctx context.Context, job *river.Job[note]) error
}

func newKit(t *testing.T, alter ...func(*Options)) *kit {
	t.Helper()
	return kitOn(t, spec(t), alter...)
}

// newSQLite is a kit for what concerns SQLite alone.
func newSQLite(t *testing.T) *kit { return kitOn(t, newFile(t)) }

func kitOn(t *testing.T, spec string, alter ...func(*Options)) *kit {
	t.Helper()
	k := &kit{t: t, spec: spec, log: &syncBuffer{}}
	k.open(alter...)
	t.Cleanup(func() { k.must(k.Close()) })
	return k
}

// newFile returns the specification of a new SQLite database.
func newFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store.db")
	if err := os.WriteFile(path, empty(), 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// path is where an SQLite database is.
func (k *kit) path() string { return strings.TrimPrefix(k.spec, "sqlite:") }

// empty is a database with its tables, which take a while to make.
var empty = sync.OnceValue(func() []byte {
	dir, err := os.MkdirTemp("", "firebreak-store-")
	if err != nil {
		panic(err)
	}
	path := filepath.Join(dir, "store.db")
	db, err := Open(context.Background(), "sqlite:"+path, Options{Workers: river.NewWorkers(), Queues: []string{notes}})
	if err == nil {
		err = db.Close()
	}
	text, read := os.ReadFile(path)
	if err := errors.Join(err, read, os.RemoveAll(dir)); err != nil {
		panic(err)
	}
	return text
})

func (k *kit) open(alter ...func(*Options)) {
	k.t.Helper()
	workers := river.NewWorkers()
	river.AddWorker(workers, river.WorkFunc(func(ctx context.Context, job *river.Job[note]) error {
		k.mu.Lock()
		work := k.work
		k.mu.Unlock()
		return work(ctx, job)
	}))
	opts := Options{
		Workers: workers, Queues: []string{notes}, Rules: workflow.DefaultRules(), Jobs: effectJobs,
		Retry: Retry{First: time.Millisecond, Longest: 5 * time.Millisecond}, Log: zerolog.New(k.log),
	}
	for _, a := range alter {
		a(&opts)
	}
	db, err := Open(context.Background(), k.spec, opts)
	k.must(err)
	k.DB = db
}

// effectJobs makes a note of every effect.
func effectJobs(effects []workflow.Effect) []river.InsertManyParams {
	var out []river.InsertManyParams
	for _, e := range effects {
		out = append(out, jobOf(string(e.Kind)))
	}
	return out
}

func (k *kit) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

// run works the jobs with a function until the test is over.
func (k *kit) run(work func(ctx context.Context, job *river.Job[note]) error) {
	k.t.Helper()
	k.mu.Lock()
	k.work = work
	k.mu.Unlock()
	k.must(k.Start(context.Background()))
	k.t.Cleanup(func() { k.must(k.Stop(patient(k.t))) })
}

// enqueue adds jobs as a transaction of their own.
func (k *kit) enqueue(texts ...string) {
	k.t.Helper()
	k.must(k.InTx(context.Background(), func(tx Tx) error {
		var jobs []river.InsertManyParams
		for _, text := range texts {
			jobs = append(jobs, jobOf(text))
		}
		return tx.Enqueue(context.Background(), jobs)
	}))
}

// count returns the one number that a query answers.
func (k *kit) count(query string, args ...any) int {
	k.t.Helper()
	var n int
	k.must(scanOne(context.Background(), k.reads, []any{&n}, query, args...))
	return n
}

// exec changes rows behind the store's back.
func (k *kit) exec(query string, args ...any) {
	k.t.Helper()
	k.must(k.InTx(context.Background(), func(tx Tx) error {
		_, err := tx.Exec(context.Background(), query, args...)
		return err
	}))
}

// rows counts everything that is kept, table by table.
func (k *kit) rows() map[string]int {
	k.t.Helper()
	out := map[string]int{}
	for _, table := range []string{"deliveries", "incidents", "entries", "follow_ups", "pages", "river_job"} {
		out[table] = k.count("SELECT COUNT(*) FROM " + table)
	}
	return out
}

// patient bounds every wait; a test that needs it has failed.
func patient(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

var (
	key  = workflow.Key{Repository: 7, Issue: 70}
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	maya = workflow.Person{ID: 1, Login: "maya"}
)

// meta is what an event of a delivery carries.
func meta(delivery string, at time.Time) workflow.Meta {
	return workflow.Meta{Delivery: delivery, At: at, Now: at, By: maya, Issue: &workflow.Snapshot{
		Place:  workflow.Place{Installation: 3, Owner: "acme", Repo: "shop", Number: 1, URL: "https://github.com/acme/shop/issues/1"},
		Author: maya, Title: "Slow", Created: noon, Labels: []string{"incident"},
	}}
}

func declared(delivery string) Step {
	return Step{Key: key, Meta: meta(delivery, noon), Event: workflow.Declared{Trusted: true}}
}

func delivery(guid string) Delivery {
	return Delivery{GUID: guid, Event: "issues", Key: key, Payload: []byte(`{"a":1}`), Received: noon}
}

// keep saves deliveries with a job each.
func (k *kit) keep(guids ...string) {
	k.t.Helper()
	var all []Delivery
	for _, g := range guids {
		all = append(all, delivery(g))
	}
	k.must(k.SaveDeliveries(context.Background(), all, deliveryJobs))
}

func deliveryJobs(all []Delivery) []river.InsertManyParams {
	var out []river.InsertManyParams
	for _, d := range all {
		out = append(out, jobOf(d.GUID))
	}
	return out
}

var errBroken = errors.New("broken on purpose")

// syncBuffer is a buffer that goroutines share.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
