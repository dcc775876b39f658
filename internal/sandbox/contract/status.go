package contract

import "net/http"

// general lists the statuses that GitHub gives for operations which do not list
// them, as its guides rather than its OpenAPI description say.
var general = map[int]string{
	http.StatusMovedPermanently:    "any request may be redirected (best practices for using the REST API)",
	http.StatusTemporaryRedirect:   "any request may be redirected (best practices for using the REST API)",
	http.StatusUnauthorized:        "bad or expired credentials (troubleshooting the REST API)",
	http.StatusForbidden:           "permission not granted, or rate limit exceeded (rate limits for the REST API)",
	http.StatusTooManyRequests:     "rate limit exceeded (rate limits for the REST API)",
	http.StatusInternalServerError: "GitHub fails",
	http.StatusBadGateway:          "GitHub fails",
	http.StatusServiceUnavailable:  "GitHub fails",
	http.StatusGatewayTimeout:      "GitHub fails",
}

// mayAnswer reports whether a status that the operation does not list is one
// that GitHub gives all the same.
func (c *checking) mayAnswer(status int) bool {
	switch status {
	case http.StatusNotFound:
		// Whatever a path names may be missing or hidden from the caller, and few
		// writes list it (troubleshooting the REST API, "404 Not Found").
		return len(c.parameters) > 0
	case http.StatusNotModified:
		// Conditional requests work on every read (best practices for using the REST API).
		return c.exchange.Method == http.MethodGet
	}
	_, ok := general[status]
	return ok
}
