package wiki

import (
	"net/http"
	"time"
)

// fault is a request that brought no usable answer.
type fault struct {
	status int // zero: the connection failed
	after  time.Duration
	cause  error
}

func (f *fault) Error() string { return f.cause.Error() }

type faultKind int

const (
	faultFinal faultKind = iota // will not mend by itself
	faultPassing
	faultGone
	faultDenied
	faultLarge
)

// kind sorts a fault by its status. A 403 that asks to come back later is
// GitHub's way to say that requests came too fast.
func (f *fault) kind() faultKind {
	switch f.status {
	case 0, http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return faultPassing
	case http.StatusNotFound, http.StatusGone:
		return faultGone
	case http.StatusForbidden:
		if f.after > 0 {
			return faultPassing
		}
		return faultDenied
	case http.StatusUnauthorized:
		return faultDenied
	case http.StatusRequestEntityTooLarge:
		return faultLarge
	}
	if f.status >= http.StatusInternalServerError {
		return faultPassing
	}
	return faultFinal
}
