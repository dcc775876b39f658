package contract

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Violation is one way in which an exchange or payload departs from GitHub's
// description. It never holds values, as those may be tokens.
type Violation struct {
	// Operation is "METHOD /path/{template}" or "webhook event/action"; where the
	// operation is unknown, method and path as they came.
	Operation string
	// Part is where it is: "request", "query", "request body", "answer 200", ….
	Part string
	// Pointer is the JSON pointer to the field, empty for the whole part.
	Pointer string
	Reason  string
}

func (v Violation) Error() string {
	part := v.Part
	if v.Pointer != "" {
		part += " " + v.Pointer
	}
	return fmt.Sprintf("%s: %s: %s", v.Operation, part, v.Reason)
}

// Violations takes the single violations out of an error of this package. An
// error of another kind, such as a description that does not load, yields none.
func Violations(err error) []Violation {
	var list violations
	if errors.As(err, &list) {
		return list
	}
	return nil
}

// violations is what the checks of this package return as their error.
type violations []Violation

func (vs violations) Error() string {
	lines := make([]string, len(vs))
	for i, v := range vs {
		lines[i] = v.Error()
	}
	return strings.Join(lines, "\n")
}

// add appends faults once each: a schema reached on two ways finds them twice.
func (vs *violations) add(operation, part string, faults []fault) {
	for _, f := range faults {
		v := Violation{Operation: operation, Part: part, Pointer: f.pointer(), Reason: f.reason}
		if !slices.Contains(*vs, v) {
			*vs = append(*vs, v)
		}
	}
}

// err keeps an empty list from becoming a non-nil error.
func (vs violations) err() error {
	if len(vs) == 0 {
		return nil
	}
	return vs
}
