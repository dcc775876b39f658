package sandbox

import (
	"net/http"
	"strconv"
	"time"
)

// rate counts requests against the primary limit.
type rate struct {
	used  int
	reset time.Time
}

// count books one request of an installation (0: the App itself), in windows of
// an hour.
func (w *world) count(installation int64) *rate {
	r := w.rateOf(installation)
	r.used++
	return r
}

func (w *world) rateOf(installation int64) *rate {
	r := w.rates[installation]
	if r == nil || !w.now().Before(r.reset) {
		r = &rate{reset: w.now().Add(time.Hour)}
		w.rates[installation] = r
	}
	return r
}

func (r *rate) remaining(limit int) int { return max(0, limit-r.used) }

func (r *rate) header(h http.Header, limit int) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(r.remaining(limit)))
	h.Set("X-RateLimit-Used", strconv.Itoa(r.used))
	h.Set("X-RateLimit-Reset", strconv.FormatInt(r.reset.Unix(), 10))
	h.Set("X-RateLimit-Resource", "core")
}

// rateJSON is the schema rate-limit.
func (r *rate) rateJSON(limit int) object {
	return object{"limit": limit, "remaining": r.remaining(limit), "used": r.used, "reset": r.reset.Unix()}
}

// errRate is GitHub's refusal by the primary limit.
var errRate = &Error{Status: http.StatusForbidden, Message: "API rate limit exceeded for installation."}
