package contract

import (
	"net/http"
	"net/url"
)

// Exchange is one request to GitHub's API and the answer to it.
type Exchange struct {
	Method string
	// Path is below the API's root and escaped as it was sent, such as
	// /repos/acme/shop/labels/incident%2Ftriage.
	Path           string
	Query          url.Values
	RequestHeader  http.Header
	RequestBody    []byte
	Status         int // 0: no answer was given, as when a connection is dropped
	ResponseHeader http.Header
	ResponseBody   []byte
}

// Check holds an exchange against GitHub's description. The error lists every
// violation found (see Violations); it is nil where there is none.
//
// A request body that does not fit its schema is no violation when the answer
// is 400 or 422: that is GitHub's answer to it. Unknown fields always are one.
func (s *Spec) Check(e Exchange) error {
	op, parameters, err := s.operation(e.Method, e.Path)
	if err != nil {
		return violations{{Operation: e.Method + " " + e.Path, Part: "request", Reason: err.Error()}}
	}
	c := checking{operation: op, exchange: e, parameters: parameters}
	c.request()
	if e.Status != 0 {
		c.answer()
	}
	return c.found.err()
}

// checking is the check of one exchange under way.
type checking struct {
	operation  *operation
	exchange   Exchange
	parameters map[string]string
	found      violations
}

func (c *checking) report(part, reason string) {
	c.found.add(c.operation.name, part, []fault{{reason: reason}})
}

func (c *checking) reportAll(part string, faults []fault) {
	c.found.add(c.operation.name, part, faults)
}
