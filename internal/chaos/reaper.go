package chaos

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// moment is where in its work a process is killed.
type moment string

const (
	// beforeWork and afterWork are at a request of the program's, before GitHub
	// does what it asks for, and when it is done but the answer is not out.
	beforeWork moment = "a request, before GitHub did it"
	afterWork  moment = "a request, after GitHub did it"
	// arriving and answering are while a delivery is handed over, and when it has
	// just been answered.
	arriving  moment = "a delivery being handed over"
	answering moment = "a delivery just answered"
)

// reaper kills processes when the moment comes that it is set to, and starts
// them again.
type reaper struct {
	replicas []*replica
	life     context.Context
	die      context.CancelFunc
	work     sync.WaitGroup

	mu     sync.Mutex
	random *rand.Rand
	at     moment
	// left is how many such moments pass before; armed says that it waits for one.
	left  int
	armed bool
	kills int
	errs  []error
}

func newReaper(random *rand.Rand, replicas []*replica) *reaper {
	r := &reaper{random: random, replicas: replicas}
	r.life, r.die = context.WithCancel(context.Background())
	return r
}

// watch looks at every request that the program makes.
func (r *reaper) watch(s *sandbox.Sandbox) {
	s.Inject(sandbox.Fault{Times: -1, Cut: true, Match: func(sandbox.Request) bool { return r.comes(beforeWork) }})
	s.Inject(sandbox.Fault{Times: -1, DropAnswer: true, Match: func(sandbox.Request) bool { return r.comes(afterWork) }})
}

func (r *reaper) arrives()  { r.comes(arriving) }
func (r *reaper) answered() { r.comes(answering) }

// arm sets the next moment, unless one is set already.
func (r *reaper) arm() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.armed {
		return
	}
	r.at = choose(r.random, []weighted[moment]{{3, beforeWork}, {4, afterWork}, {2, arriving}, {2, answering}})
	r.left, r.armed = r.random.IntN(30), true
}

// comes counts a moment, kills if it is the one, and says so.
func (r *reaper) comes(m moment) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.armed || r.at != m {
		return false
	}
	if r.left--; r.left >= 0 {
		return false
	}
	r.armed = false
	victims := []*replica{pick(r.random, r.replicas)}
	if r.random.IntN(4) == 0 {
		victims = r.replicas
	}
	delay := time.Duration(0)
	if m == arriving {
		delay = time.Duration(r.random.IntN(4000)) * time.Microsecond
	}
	down := time.Duration(r.random.IntN(300)) * time.Millisecond
	for _, p := range victims {
		r.work.Go(func() { r.reap(p, delay, down) })
	}
	return true
}

// reap kills a process and starts it again after a while.
func (r *reaper) reap(p *replica, delay, down time.Duration) {
	if pause(r.life, delay) != nil {
		return
	}
	if p.kill() {
		r.mu.Lock()
		r.kills++
		r.mu.Unlock()
	}
	if pause(r.life, down) != nil {
		return
	}
	if err := p.start(r.life); err != nil && r.life.Err() == nil {
		r.mu.Lock()
		r.errs = append(r.errs, err)
		r.mu.Unlock()
	}
}

// killed says how many processes were killed so far, and what went wrong when
// they were started again.
func (r *reaper) killed() (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.kills, errors.Join(r.errs...)
}

// rest lets no more be killed, and waits for those that are being started.
func (r *reaper) rest() error {
	r.mu.Lock()
	r.armed = false
	r.mu.Unlock()
	r.work.Wait()
	_, err := r.killed()
	return err
}

func (r *reaper) close() error {
	r.die()
	if err := r.rest(); err != nil {
		return fmt.Errorf("start again what was killed: %w", err)
	}
	return nil
}
