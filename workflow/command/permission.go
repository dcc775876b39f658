package command

import "strings"

// Permission is what a person may do in a repository, in rising order. The zero value may do nothing.
type Permission int

// The permissions that commands tell apart; maintain and admin count as Write.
const (
	None Permission = iota
	Read
	Triage
	Write
)

// String is GitHub's own name of the permission.
func (p Permission) String() string {
	switch p {
	case None:
		return "no"
	case Read:
		return "read"
	case Triage:
		return "triage"
	default:
		return "write"
	}
}

// Minimum is the least permission that may give the command. A command that is refused anyway asks for what its verb
// does, and one whose verb is unknown for Triage: whoever may use some command may be told how.
func Minimum(c Command) Permission {
	d, known := find(c.Verb)
	switch {
	case c.Verb == "":
		return Triage
	case !known, isSeverityBox(c.Ref):
		return Write
	default:
		return d.who
	}
}

// isSeverityBox says whether the item is, or could be, the box of a severity: ticking it is classifying.
func isSeverityBox(ref string) bool {
	return strings.HasPrefix(ref, "classify.") || strings.HasPrefix(ref, "1.")
}
