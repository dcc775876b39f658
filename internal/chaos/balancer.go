package chaos

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// balancer is what stands between GitHub and the processes: it hands each
// delivery to one that lives, and answers 502 where none does. It keeps what was
// acknowledged, and is a bad balancer now and then: it loses an answer, or hands
// a delivery to all at once.
type balancer struct {
	random   *rand.Rand
	replicas []*replica
	reaper   *reaper
	server   *http.Server
	listener net.Listener

	mu       sync.Mutex
	next     int
	attempts int
	// acked and missed are the ids of deliveries that GitHub got a 2xx for, and
	// those that it did not so far: true if they were asked for again.
	acked, missed map[string]bool
	lost, doubled int
}

func newBalancer(random *rand.Rand, replicas []*replica, reaper *reaper) (*balancer, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for the balancer: %w", err)
	}
	b := &balancer{
		random: random, replicas: replicas, reaper: reaper, listener: l,
		acked: map[string]bool{}, missed: map[string]bool{},
	}
	b.server = &http.Server{Handler: b, ReadHeaderTimeout: time.Minute}
	go func() { _ = b.server.Serve(l) }()
	return b, nil
}

func (b *balancer) url() string { return "http://" + b.listener.Addr().String() + "/api/github/hook" }

func (b *balancer) close() error { return b.server.Close() }

func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	guid := r.Header.Get("X-GitHub-Delivery")
	to, loses := b.route()
	b.reaper.arrives()
	status, text := b.deliver(to, r, body)
	b.reaper.answered()
	if loses && status/100 == 2 {
		status, text = http.StatusBadGateway, []byte("the answer got lost")
	}
	b.book(guid, status)
	w.WriteHeader(status)
	_, _ = w.Write(text)
}

// route chooses who gets a delivery, and whether the answer gets lost.
func (b *balancer) route() (to []*replica, loses bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.attempts++
	loses, all := b.random.IntN(50) == 0, b.random.IntN(25) == 0
	var living []*replica
	for n := range b.replicas {
		if p := b.replicas[(b.next+n)%len(b.replicas)]; p.address() != "" {
			living = append(living, p)
		}
	}
	b.next++
	switch {
	case len(living) == 0:
		return nil, false
	case !all:
		living = living[:1]
	case len(living) == 1:
		living = append(living, living[0])
	}
	if loses {
		b.lost++
	}
	if all {
		b.doubled++
	}
	return living, loses
}

// deliver hands a delivery on, to several at the same time, and returns the best
// answer.
func (b *balancer) deliver(to []*replica, r *http.Request, body []byte) (status int, text []byte) {
	status, text = http.StatusBadGateway, []byte("nobody is there")
	type answer struct {
		status int
		text   []byte
	}
	answers := make(chan answer, len(to))
	for _, p := range to {
		go func() {
			status, text, err := p.post(r, body)
			if err != nil {
				status, text = http.StatusBadGateway, []byte("no answer")
			}
			answers <- answer{status, text}
		}()
	}
	for range to {
		if a := <-answers; a.status < status || status == http.StatusBadGateway {
			status, text = a.status, a.text
		}
	}
	return status, text
}

func (p *replica) post(r *http.Request, body []byte) (int, []byte, error) {
	addr := p.address()
	if addr == "" {
		return 0, nil, errors.New("it was killed")
	}
	out, err := http.NewRequestWithContext(r.Context(), http.MethodPost, "http://"+addr+r.URL.Path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	out.Header = r.Header.Clone()
	res, err := p.client.Do(out)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return res.StatusCode, text, err
}

// book keeps what GitHub was answered. What was acknowledged once is so for good.
func (b *balancer) book(guid string, status int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case status/100 == 2:
		b.acked[guid] = true
		delete(b.missed, guid)
	case !b.acked[guid]:
		b.missed[guid] = false
	}
}

// unanswered lists the ids of deliveries that are not acknowledged.
func (b *balancer) unanswered() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Sorted(maps.Keys(b.missed))
}

// askAgain lists those that were not asked for again since they came last.
func (b *balancer) askAgain() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []string
	for guid, asked := range b.missed {
		if !asked {
			out = append(out, guid)
			b.missed[guid] = true
		}
	}
	slices.Sort(out)
	return out
}

// acknowledged counts the deliveries that GitHub got a 2xx for so far.
func (b *balancer) acknowledged() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.acked)
}

// alive says whether anybody takes deliveries.
func (b *balancer) alive() bool {
	return slices.ContainsFunc(b.replicas, func(p *replica) bool { return p.address() != "" })
}
