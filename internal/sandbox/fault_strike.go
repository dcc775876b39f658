package sandbox

import (
	"net/http"
	"strings"
)

// strikes finds the fault that a request runs into and books the hit.
func (sb *Sandbox) strikes(q asked) (Fault, bool) {
	sb.mu.Lock()
	defer sb.mu.Unlock()
	r := Request{Method: q.Method, Path: unescaped(q.path), Query: q.URL.Query(), Body: q.body}
	for _, f := range sb.faults {
		if !f.matches(r) {
			continue
		}
		f.seen++
		if f.seen <= f.Skip || f.Times >= 0 && f.hits >= f.Times {
			continue
		}
		f.hits++
		sb.wakeLocked()
		return f.Fault, true
	}
	return Fault{}, false
}

func (f *activeFault) matches(r Request) bool {
	return (f.Method == "" || f.Method == r.Method) &&
		(f.Path == "" || pathMatches(f.Path, r.Path)) &&
		(f.Match == nil || f.Match(r))
}

func pathMatches(pattern, path string) bool {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	for i, segment := range want {
		if segment == "**" {
			return true
		}
		if i >= len(have) || segment != "*" && segment != have[i] {
			return false
		}
	}
	return len(want) == len(have)
}

// withFaults serves a request unless a fault is in the way; cut says that the
// connection is to be dropped.
func (sb *Sandbox) withFaults(q asked, serve func(asked) answer) (a answer, cut bool) {
	f, struck := sb.strikes(q)
	switch {
	case !struck:
		return serve(q), false
	case f.Cut:
		return answer{}, true
	case f.Hang:
		select {
		case <-q.Context().Done():
		case <-sb.life.Done():
		}
		return answer{}, true
	case f.DropAnswer:
		return serve(q), true
	}
	if f.DoWork {
		a = serve(q)
	}
	return f.answer(a), false
}

func (f Fault) answer(real answer) answer {
	h := http.Header{}
	h.Set("Content-Type", "application/json; charset=utf-8")
	for name, value := range f.Header {
		h.Set(name, value)
	}
	return answer{status: f.Status, header: h, body: []byte(f.Body), injected: true,
		actor: real.actor, installation: real.installation}
}
