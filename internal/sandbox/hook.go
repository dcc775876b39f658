package sandbox

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// Delivery is one attempt to tell the App something.
type Delivery struct {
	// ID is the attempt's; GUID is what X-GitHub-Delivery carries, the same for
	// every attempt.
	ID   int64
	GUID string
	// Event and Action are what it is about; Action may be empty.
	Event, Action string
	// Installation and Repository are ids; 0 where there is none.
	Installation, Repository int64
	// Redelivery says that it was asked for again.
	Redelivery bool
	Payload    []byte
	// DeliveredAt is when it was sent; zero while it waits.
	DeliveredAt time.Time
	// Status is "OK" for a 2xx, or what went wrong; empty while it is under way.
	Status string
	// StatusCode is the answer's; 0 if there was none.
	StatusCode int
	// Answer is the beginning of the answer's body.
	Answer []byte

	request  http.Header
	response http.Header
	took     time.Duration
	done     chan struct{} // closed when answered or given up
}

// hooks is the state of sending.
type hooks struct {
	url      string
	queue    []*Delivery
	held     []*Delivery
	holding  bool
	doubling bool
	inFlight int
	log      []*Delivery
}

// queueLocked turns events into deliveries. Without an address, as with an
// inactive webhook, there are none.
func (sb *Sandbox) queueLocked(events []event) (caused []*Delivery) {
	if sb.hooks.url == "" {
		return nil
	}
	for _, e := range events {
		d := sb.newDelivery(e)
		caused = append(caused, d)
		sb.enqueue(d)
		if sb.hooks.doubling {
			sb.enqueue(sb.again(d))
		}
	}
	return caused
}

func (sb *Sandbox) newDelivery(e event) *Delivery {
	payload, err := json.Marshal(e.payload)
	if err != nil {
		panic(fmt.Sprintf("marshal the payload of %s: %v", e.name, err)) // objects of our own making
	}
	d := &Delivery{
		ID: sb.world.id("delivery"), GUID: newGUID(), Event: e.name, Action: e.action,
		Payload: payload, done: make(chan struct{}),
	}
	if e.install != nil {
		d.Installation = e.install.id
	}
	if e.repo != nil {
		d.Repository = e.repo.id
	}
	return d
}

// again is another attempt at the same.
func (sb *Sandbox) again(d *Delivery) *Delivery {
	return &Delivery{
		ID: sb.world.id("delivery"), GUID: d.GUID, Event: d.Event, Action: d.Action, Payload: d.Payload,
		Installation: d.Installation, Repository: d.Repository, Redelivery: true, done: make(chan struct{}),
	}
}

func (sb *Sandbox) enqueue(d *Delivery) {
	if sb.hooks.holding {
		sb.hooks.held = append(sb.hooks.held, d)
		return
	}
	sb.hooks.queue = append(sb.hooks.queue, d)
	sb.hooks.log = append(sb.hooks.log, d)
}

func newGUID() string {
	raw := make([]byte, 16)
	_, _ = rand.Read(raw)
	raw[6], raw[8] = raw[6]&0x0f|0x40, raw[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", raw[:4], raw[4:6], raw[6:8], raw[8:10], raw[10:])
}
