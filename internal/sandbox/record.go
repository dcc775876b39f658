package sandbox

import (
	"net/url"
	"slices"
)

// Request is one request that came in, to the API or to git.
type Request struct {
	Method string
	// Path is without the API's prefix: /repos/acme/shop/issues/1. A wiki's git is
	// /acme/shop.wiki.git/…
	Path  string
	Query url.Values
	Body  []byte
	// Status is what was answered; 0 if nothing was yet, or the connection was cut.
	Status int
	// Answer is the answer's body.
	Answer []byte
	// Actor is "app" for a JWT, the bot's login for an installation token, else
	// empty.
	Actor string
	// Installation is the token's; 0 without.
	Installation int64
	// Injected says that a Fault wrote the answer or cut it off.
	Injected bool
}

// recorder keeps requests in the order they came.
type recorder struct {
	requests []*Request
	unknown  []string
}

func (sb *Sandbox) begin(q asked) *Request {
	entry := &Request{Method: q.Method, Path: unescaped(q.path), Query: q.URL.Query(), Body: q.body}
	sb.mu.Lock()
	defer sb.mu.Unlock()
	sb.record.requests = append(sb.record.requests, entry)
	return entry
}

func (sb *Sandbox) finish(entry *Request, a answer, cut bool) {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	entry.Actor, entry.Installation, entry.Injected = a.actor, a.installation, a.injected || cut
	if !cut {
		entry.Status, entry.Answer = a.status, a.body
	}
	sb.wakeLocked()
}

func unescaped(path string) string {
	if plain, err := url.PathUnescape(path); err == nil {
		return plain
	}
	return path
}

// Requests are those that came since the start or the last reset, in order of
// arrival.
func (sb *Sandbox) Requests() []Request {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	return sb.record.list()
}

func (r *recorder) list() []Request {
	list := make([]Request, 0, len(r.requests))
	for _, entry := range r.requests {
		list = append(list, *entry)
	}
	return list
}

// ResetRequests forgets the requests so far. Unknown ones stay.
func (sb *Sandbox) ResetRequests() {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	sb.record.requests = nil
}

// Unknown lists the operations asked for that the sandbox does not have, as
// "METHOD path". A test that finds any has met a gap, or a mistake.
func (sb *Sandbox) Unknown() []string {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	return slices.Clone(sb.record.unknown)
}

// unknown is called with the lock held.
func (sb *Sandbox) unknown(q asked) {
	sb.record.unknown = append(sb.record.unknown, q.Method+" "+q.path)
}
