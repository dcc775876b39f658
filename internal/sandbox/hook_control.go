package sandbox

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
)

// SetWebhook says where webhooks go from now on. Empty: nowhere.
func (sb *Sandbox) SetWebhook(url string) {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	sb.hooks.url = url
}

// HoldWebhooks keeps back what happens from now on until Release.
func (sb *Sandbox) HoldWebhooks() {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	sb.hooks.holding = true
}

// DuplicateWebhooks sends everything twice, or no longer, with the same GUID.
func (sb *Sandbox) DuplicateWebhooks(twice bool) {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	sb.hooks.doubling = twice
}

// Order says in which order to send n held webhooks: a list of indices below n.
// One that is missing is lost, one that is repeated is sent again.
type Order func(n int) []int

// InOrder sends webhooks as they arose.
func InOrder(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// Reversed sends the last first.
func Reversed(n int) []int {
	all := InOrder(n)
	slices.Reverse(all)
	return all
}

// Twice sends each twice.
func Twice(n int) []int { return append(InOrder(n), InOrder(n)...) }

// Lost sends none.
func Lost(int) []int { return nil }

// Shuffled sends in an order that seed determines.
func Shuffled(seed uint64) Order {
	return func(n int) []int { return rand.New(rand.NewPCG(seed, seed)).Perm(n) }
}

// Release sends what was held and holds no longer.
func (sb *Sandbox) Release(order Order) {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	held := sb.hooks.held
	sb.hooks.held, sb.hooks.holding = nil, false
	sent := make([]bool, len(held))
	for _, i := range order(len(held)) {
		d := held[i]
		if sent[i] {
			d = sb.again(d)
		}
		sent[i] = true
		sb.enqueue(d)
	}
	for i, d := range held {
		if !sent[i] {
			close(d.done)
		}
	}
	sb.wakeLocked()
}

// Held are the webhooks kept back, in the order they arose.
func (sb *Sandbox) Held() []Delivery {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	return copies(sb.hooks.held)
}

// Deliveries are all attempts so far, in order, waiting ones included.
func (sb *Sandbox) Deliveries() []Delivery {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	return copies(sb.hooks.log)
}

func copies(list []*Delivery) []Delivery {
	out := make([]Delivery, 0, len(list))
	for _, d := range list {
		out = append(out, *d)
	}
	return out
}

// Redeliver sends a delivery again, with its GUID, as the App's settings page and
// the API do.
func (sb *Sandbox) Redeliver(guid string) error {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	for _, d := range sb.hooks.log {
		if d.GUID == guid {
			sb.enqueue(sb.again(d))
			sb.wakeLocked()
			return nil
		}
	}
	return fmt.Errorf("redeliver %s: %w", guid, errNotFound)
}

// Ping sends the ping that GitHub sends when a webhook is made.
func (sb *Sandbox) Ping() {
	_ = sb.act(func(w *world) error {
		w.events = append(w.events, event{name: "ping", payload: object{
			"zen": "Keep it logically awesome.", "hook_id": hookID, "hook": object{
				"type": "App", "id": hookID, "name": "web", "active": true, "events": w.opts.Events, "app_id": w.opts.AppID,
				"config":     object{"content_type": "json", "insecure_ssl": "0", "url": sb.hooks.url},
				"updated_at": stamp(w.born), "created_at": stamp(w.born),
			}}})
		return nil
	})
}

// Drain waits until every webhook that is not held has been answered or has
// failed. What the App does about them afterwards is not waited for.
func (sb *Sandbox) Drain(ctx context.Context) error {
	return sb.Wait(ctx, func(*View) bool { return len(sb.hooks.queue) == 0 && sb.hooks.inFlight == 0 })
}

// awaitAnswers waits for deliveries that are not held back.
func (sb *Sandbox) awaitAnswers(caused []*Delivery) {
	for _, d := range caused {
		sb.mu.Lock()
		held := slices.Contains(sb.hooks.held, d)
		sb.mu.Unlock()
		if !held {
			<-d.done
		}
	}
}
