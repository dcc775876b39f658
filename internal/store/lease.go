package store

import (
	"context"
	"crypto/rand"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/rs/zerolog"
)

// The classes of the advisory locks that processes of one database share.
const (
	classMigrate = 0x46420001
	// classMember is held by every process, under its own number.
	classMember = 0x46420002
	// classShard is held by the one process that works a shard's queues.
	classShard = 0x46420003
)

const (
	// leaseInterval is how often a process looks for shards to take or to give,
	// and so how long the work of one that died waits for another.
	leaseInterval = 250 * time.Millisecond
	// leaseAnswer is how long the database may take to answer before a process
	// takes its leases for lost. The database gives them to others eleven seconds
	// after it last heard of this process.
	leaseAnswer = 4 * time.Second
)

// leases share the shards of the queues among the processes of a database. A
// shard is worked by the one process that holds its lock, so that jobs of one
// incident run in order, one at a time, however many processes there are.
//
// The locks belong to a connection: when a process dies they are free at once,
// and whoever takes a shard knows that what is marked as running in it is not.
type leases struct {
	id     string
	at     *pgx.ConnConfig
	queues *river.QueueBundle
	shards map[int][]string
	log    zerolog.Logger

	conn *pgx.Conn
	// lost says that the database did not answer last.
	lost    bool
	ending  context.CancelFunc
	ended   chan struct{}
	settled chan struct{}
	once    sync.Once

	mu   sync.Mutex
	held map[int]*lease
}

// lease is one shard that this process holds.
type lease struct {
	ctx    context.Context
	cancel context.CancelFunc
	// working are the queues that are worked; a lease that is given back has
	// fewer and fewer.
	working []string
	giving  bool
}

func newLeases(at *pgx.ConnConfig, opts Options) *leases {
	l := &leases{
		id: "firebreak-" + strings.ToLower(rand.Text()[:12]), at: at, log: opts.Log,
		shards: map[int][]string{}, held: map[int]*lease{},
		ended: make(chan struct{}), settled: make(chan struct{}),
	}
	for _, queue := range append([]string{scheduleQueue}, opts.Queues...) {
		n := shardOf(queue)
		l.shards[n] = append(l.shards[n], queue)
	}
	return l
}

// shardOf returns the number at the end of a queue's name; zero if it has none.
// An incident's queues of all families have the same number.
func shardOf(queue string) int {
	n, err := strconv.Atoi(queue[strings.LastIndexByte(queue, '_')+1:])
	if err != nil {
		return 0
	}
	return n
}

// start takes what is free, then goes on taking and giving until stop.
func (l *leases) start(ctx context.Context) error {
	ctx, l.ending = context.WithCancel(ctx)
	if err := l.tick(ctx); err != nil {
		l.ending()
		close(l.ended)
		l.lose(ctx, err)
		return err
	}
	go l.run(ctx)
	return nil
}

func (l *leases) run(ctx context.Context) {
	defer close(l.ended)
	ticker := time.NewTicker(leaseInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			l.hangUp(ctx)
			return
		case <-ticker.C:
		}
		if err := l.tick(ctx); err != nil && ctx.Err() == nil {
			l.lose(ctx, err)
		}
	}
}

// settle ends taking and giving: what is held is kept until stop.
func (l *leases) settle() { l.once.Do(func() { close(l.settled) }) }

// stop gives everything back. Jobs must have ended.
func (l *leases) stop() {
	if l.ending != nil {
		l.ending()
		<-l.ended
	}
}

// hold returns a context that ends with the lease of a queue's shard.
func (l *leases) hold(ctx context.Context, queue string) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	held, ok := l.held[shardOf(queue)]
	if !ok {
		cancel()
		return ctx, cancel
	}
	unhook := context.AfterFunc(held.ctx, cancel)
	return ctx, func() { unhook(); cancel() }
}

// tick makes sure of what is held, and takes or gives what is this process's
// share.
func (l *leases) tick(ctx context.Context) error {
	asking, cancel := context.WithTimeout(ctx, leaseAnswer)
	defer cancel()
	if err := l.connect(asking); err != nil {
		return err
	}
	members, err := l.members(asking)
	if err != nil {
		return err
	}
	select {
	case <-l.settled:
		return nil
	default:
	}
	share := (len(l.shards) + members - 1) / members
	if err := l.giveAbove(asking, share); err != nil {
		return err
	}
	return l.takeUpTo(asking, share)
}
