package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Fault makes requests fail. Of several that match, the first injected that has
// hits left applies.
type Fault struct {
	// Method is the HTTP method. Empty: any.
	Method string
	// Path is compared with Request.Path segment by segment: "*" is any one
	// segment, "**" at the end is any rest. Empty: any path.
	Path string
	// Match narrows further. Nil: no.
	Match func(Request) bool
	// Skip lets that many matching requests pass first.
	Skip int
	// Times is how often it strikes. Zero: once. -1: for ever.
	Times int

	// Status, Header and Body are the answer.
	Status int
	Header map[string]string
	Body   string
	// DoWork does what was asked before the answer above is given in place of the
	// true one.
	DoWork bool
	// DropAnswer does what was asked, then cuts the connection.
	DropAnswer bool
	// Cut cuts the connection before anything is done.
	Cut bool
	// Hang answers nothing until the client gives up or the Sandbox closes.
	Hang bool
}

// BadGateway is GitHub's 502.
func BadGateway(method, path string) Fault {
	return Fault{Method: method, Path: path, Status: http.StatusBadGateway, Body: `{"message":"Server Error"}`}
}

// SecondaryLimit is the 403 of the secondary rate limit; retryAfter 0 leaves
// Retry-After out.
func SecondaryLimit(method, path string, retryAfter time.Duration) Fault {
	f := Fault{Method: method, Path: path, Status: http.StatusForbidden,
		Body: `{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",` +
			`"documentation_url":"https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"}`}
	if retryAfter > 0 {
		f.Header = map[string]string{"Retry-After": seconds(retryAfter)}
	}
	return f
}

// TooManyRequests is the secondary limit answered by 429.
func TooManyRequests(method, path string, retryAfter time.Duration) Fault {
	f := SecondaryLimit(method, path, retryAfter)
	f.Status = http.StatusTooManyRequests
	return f
}

// PrimaryLimit is the 403 of the primary limit, over at reset.
func PrimaryLimit(method, path string, reset time.Time) Fault {
	return Fault{Method: method, Path: path, Status: http.StatusForbidden,
		Header: map[string]string{
			"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Used": "5000",
			"X-RateLimit-Reset": strconv.FormatInt(reset.Unix(), 10), "X-RateLimit-Resource": "core",
		},
		Body: `{"message":"API rate limit exceeded for installation.","documentation_url":"https://docs.github.com/rest"}`}
}

// DroppedAnswer does the work and loses the answer.
func DroppedAnswer(method, path string) Fault {
	return Fault{Method: method, Path: path, DropAnswer: true}
}

// Hanging never answers.
func Hanging(method, path string) Fault { return Fault{Method: method, Path: path, Hang: true} }

func seconds(d time.Duration) string { return strconv.Itoa(int(d.Round(time.Second) / time.Second)) }

// Injected is a fault under way.
type Injected struct {
	sb *Sandbox
	f  *activeFault
}

type activeFault struct {
	Fault
	seen, hits int
}

// Inject arms a fault.
func (sb *Sandbox) Inject(f Fault) *Injected {
	if f.Times == 0 {
		f.Times = 1
	}
	active := &activeFault{Fault: f}
	sb.mu.Lock()
	defer sb.mu.Unlock()
	sb.faults = append(sb.faults, active)
	return &Injected{sb, active}
}

// Hits is how often the fault struck.
func (i *Injected) Hits() int {
	i.sb.mu.Lock()
	defer i.sb.mu.Unlock()
	return i.f.hits
}

// Remove disarms the fault; requests that hang in it go on hanging.
func (i *Injected) Remove() {
	i.sb.mu.Lock()
	defer i.sb.mu.Unlock()
	i.sb.faults = slices.DeleteFunc(i.sb.faults, func(f *activeFault) bool { return f == i.f })
}
