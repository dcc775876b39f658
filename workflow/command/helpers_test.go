package command

import "time"

// at gives the options of a comment written at a time in RFC 3339.
func at(s string) Options {
	now, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return Options{Now: now}
}
