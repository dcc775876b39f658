package chaos

import (
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// faults makes requests to GitHub go wrong, each once.
type faults struct {
	random  *rand.Rand
	sandbox *sandbox.Sandbox
	armed   []*sandbox.Injected
	// hits counts those that struck; limits are apart, since GitHub does nothing
	// wrong there.
	hits int
}

// kinds are what GitHub does to requests. Those that hang take as long as the
// program's patience, so they are rare.
var kinds = []weighted[func(*rand.Rand) sandbox.Fault]{
	{4, func(*rand.Rand) sandbox.Fault { return sandbox.BadGateway("", "") }},
	{2, func(*rand.Rand) sandbox.Fault { return status(http.StatusInternalServerError) }},
	{2, func(*rand.Rand) sandbox.Fault { return status(http.StatusServiceUnavailable) }},
	{4, func(*rand.Rand) sandbox.Fault { return sandbox.DroppedAnswer("", "") }},
	{4, func(*rand.Rand) sandbox.Fault { return done(sandbox.BadGateway("", "")) }},
	{3, func(*rand.Rand) sandbox.Fault { return sandbox.Fault{Cut: true} }},
	{1, func(*rand.Rand) sandbox.Fault { return api(sandbox.SecondaryLimit("", "", time.Second)) }},
	{1, func(*rand.Rand) sandbox.Fault { return api(sandbox.TooManyRequests("", "", time.Second)) }},
	{1, func(*rand.Rand) sandbox.Fault { return api(sandbox.PrimaryLimit("", "", time.Now().Add(time.Second))) }},
}

func status(code int) sandbox.Fault {
	return sandbox.Fault{Status: code, Body: `{"message":"Server Error"}`}
}

// done does what was asked for, and answers as if it had not.
func done(f sandbox.Fault) sandbox.Fault {
	f.DoWork = true
	return f
}

// api keeps a fault off the wikis' git, which knows no such limits.
func api(f sandbox.Fault) sandbox.Fault {
	f.Match = func(r sandbox.Request) bool { return !strings.Contains(r.Path, ".git/") }
	return f
}

// writes keeps a fault for requests that change something.
func writes(f sandbox.Fault) sandbox.Fault {
	match := f.Match
	f.Match = func(r sandbox.Request) bool {
		return r.Method != http.MethodGet && !strings.Contains(r.Path, "access_tokens") && (match == nil || match(r))
	}
	return f
}

// arm sets the next fault, at one of the next requests or of the next writes.
func (f *faults) arm() {
	f.collect()
	fault := choose(f.random, kinds)(f.random)
	if f.random.IntN(2) == 0 {
		fault = writes(fault)
	}
	fault.Skip = f.random.IntN(10)
	f.armed = append(f.armed, f.sandbox.Inject(fault))
}

// hang makes one request hang until the program gives it up.
func (f *faults) hang() {
	f.armed = append(f.armed, f.sandbox.Inject(writes(api(sandbox.Hanging("", "")))))
}

// collect counts the faults that struck and takes them away.
func (f *faults) collect() {
	left := f.armed[:0]
	for _, i := range f.armed {
		if n := i.Hits(); n > 0 {
			f.hits += n
			i.Remove()
			continue
		}
		left = append(left, i)
	}
	f.armed = left
}
