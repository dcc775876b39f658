package store

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/riverqueue/river"

	"github.com/firebreak-app/firebreak/internal/store/pgtest"
)

// replicas are several processes' stores on one database, and what ran where.
type replicas struct {
	t    *testing.T
	spec string
	all  []*kit

	mu      sync.Mutex
	running map[string]int
	ran     map[string][]string
	by      map[int]int
	broken  []string
}

func newReplicas(t *testing.T, n int) *replicas {
	t.Helper()
	r := &replicas{t: t, spec: pgtest.Database(t), running: map[string]int{}, ran: map[string][]string{}, by: map[int]int{}}
	for range n {
		r.join()
	}
	return r
}

func manyQueues(o *Options) { o.Queues = Queues("in") }

// join starts one more.
func (r *replicas) join() *kit {
	r.t.Helper()
	n := len(r.all)
	k := kitOn(r.t, r.spec, manyQueues)
	k.run(func(_ context.Context, job *river.Job[note]) error {
		r.begin(n, job.Queue)
		runtime.Gosched()
		r.end(n, job.Queue, job.Args.Text)
		return nil
	})
	r.all = append(r.all, k)
	return k
}

func (r *replicas) begin(_ int, queue string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.running[queue]++; r.running[queue] > 1 {
		r.broken = append(r.broken, queue)
	}
}

func (r *replicas) end(n int, queue, text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.running[queue]--
	r.by[n]++
	r.ran[queue] = append(r.ran[queue], text)
}

// shared waits until every one of them holds something and nothing is left over.
func (r *replicas) shared() {
	r.t.Helper()
	for ctx := patient(r.t); ; runtime.Gosched() {
		sum, idle := 0, 0
		for _, k := range r.all {
			n := held(k)
			sum += n
			if n == 0 || n > (shards+len(r.all)-1)/len(r.all) {
				idle++
			}
		}
		if sum == shards && idle == 0 {
			return
		}
		if ctx.Err() != nil {
			r.t.Fatalf("of %d shards %d are held; %d hold none or too many", shards, sum, idle)
		}
	}
}

func held(k *kit) int {
	l := k.engine.(*postgres).leases
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.held)
}

// fill enqueues so many jobs in every queue, numbered, through all in turn.
func (r *replicas) fill(first, n int) {
	r.t.Helper()
	for i := range n {
		for q, queue := range Queues("in") {
			k := r.all[(i+q)%len(r.all)]
			k.must(k.InTx(context.Background(), func(tx Tx) error {
				return tx.Enqueue(context.Background(), []river.InsertManyParams{{Args: note{fmt.Sprint(first + i)}, InsertOpts: &river.InsertOpts{Queue: queue}}})
			}))
		}
	}
}

// worked waits until every queue has run so many jobs, and checks that each ran
// one at a time, in order, none left out.
func (r *replicas) worked(n int) {
	r.t.Helper()
	for _, queue := range Queues("in") {
		for ctx := patient(r.t); ; runtime.Gosched() {
			r.mu.Lock()
			have := len(r.ran[queue])
			r.mu.Unlock()
			if have >= n {
				break
			}
			if ctx.Err() != nil {
				r.t.Fatalf("queue %s ran %d jobs of %d", queue, have, n)
			}
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.broken) > 0 {
		r.t.Errorf("jobs ran beside one another in %q", r.broken)
	}
	for queue, texts := range r.ran {
		for i, text := range texts {
			if text != fmt.Sprint(i) {
				r.t.Fatalf("queue %s ran %q", queue, texts)
			}
		}
	}
}

// However many processes there are, jobs of one queue run one at a time and in
// their order, and all of them take part.
func TestProcessesShareTheQueues(t *testing.T) {
	t.Parallel()
	r := newReplicas(t, 2)
	r.shared()
	r.fill(0, 5)
	r.worked(5)
	r.join()
	r.fill(5, 5)
	r.shared()
	r.fill(10, 5)
	r.worked(15)
	if len(r.by) != 3 {
		t.Errorf("jobs ran in the processes %v, want in three", r.by)
	}
}

// A process whose connection is cut works nothing that another may hold. What
// it was running is cancelled, runs again elsewhere, and was no attempt.
func TestALostLeaseEndsItsJobs(t *testing.T) {
	t.Parallel()
	spec := pgtest.Database(t)
	first := kitOn(t, spec, manyQueues)
	started, attempts := make(chan struct{}), make(chan int, 2)
	var once sync.Once
	first.run(func(ctx context.Context, job *river.Job[note]) error {
		before := true
		once.Do(func() { before = false; close(started) })
		if before { // it was the first to take the shard again
			attempts <- job.Attempt
			return nil
		}
		<-ctx.Done()
		return ctx.Err()
	})
	first.must(first.InTx(context.Background(), func(tx Tx) error {
		return tx.Enqueue(context.Background(), []river.InsertManyParams{{Args: note{"cut off"}, InsertOpts: &river.InsertOpts{Queue: "in_3"}}})
	}))
	<-started
	second := kitOn(t, spec, manyQueues)
	second.run(func(_ context.Context, job *river.Job[note]) error {
		attempts <- job.Attempt
		return nil
	})
	first.cut()
	select {
	case n := <-attempts:
		if n != 1 {
			t.Errorf("attempt %d, want the first", n)
		}
	case <-patient(t).Done():
		t.Fatal("it did not run again")
	}
	r := &replicas{t: t, spec: spec, all: []*kit{first, second}}
	r.shared()
}

// cut ends the connection that a process's leases belong to, as a network or a
// restart of the database would.
func (k *kit) cut() {
	k.t.Helper()
	id := k.engine.(*postgres).leases.id
	k.exec(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objid::bigint = $2`,
		classMember, int64(uint32(number(id))))
}

// What is due by the clock runs in one process.
func TestSchedulesRunInOneProcess(t *testing.T) {
	t.Parallel()
	spec, turns := pgtest.Database(t), make(chan int, 10)
	for n := range 2 {
		k := kitOn(t, spec, manyQueues)
		k.AddSchedule(Schedule{Name: "test", Every: 1 << 40, Run: func(context.Context) error {
			turns <- n
			return nil
		}})
		k.run(nil)
	}
	select {
	case <-turns:
	case <-patient(t).Done():
		t.Fatal("it did not run at the start")
	}
	if len(turns) != 0 {
		t.Errorf("it ran %d times more", len(turns))
	}
}
