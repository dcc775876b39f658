// Package command reads the slash commands that people write to Firebreak: their grammar, the registry of verbs, and the
// help that is made of it. It is pure: the time comes in with Options, and nothing here asks GitHub or a database.
//
// To add a verb, write a file like severity.go with its constant, definition and parser, and name the definition in the
// registry. Grammar, help, nearest-verb advice and permission follow from it.
package command

import "time"

// Verb names what a command asks for, as it is written in a comment.
type Verb string

// Bounds of what one comment may ask. What is longer is refused with a sentence, never cut.
const (
	MaxCommands = 50   // commands in one comment; those after it are refused together
	MaxEntries  = 100  // timeline entries in one command
	MaxText     = 4000 // characters of summary, systems, impact, cause, lesson
	MaxLine     = 500  // characters of a timeline entry, a reason, an action item
)

// Options are what the reading of a command depends on.
type Options struct {
	// Now is when the comment was written; relative times count from it, so that a comment read again later means the same.
	Now time.Time
	// Zone is that of times and days written without one. Nil is UTC.
	Zone *time.Location
	// Severities are the accepted severities, gravest first. Empty means P0 to P3.
	Severities []string
}

// Command is one command of a comment. Texts are as people wrote them: hostile until redacted and escaped.
type Command struct {
	Verb   Verb   // empty when the verb is missing or unknown
	Line   int    // line of the comment it stands on, from 1
	Source string // that line and those below that belong to it, as written

	Text     string    // of summary, systems, impact, cause, lesson: Markdown, may have several lines
	Severity string    // of severity, in the spelling of Options
	Reason   string    // of severity; empty if none is given
	Ref      string    // of check and uncheck: an item's number ("3.2") or id ("mitigate.verify", "classify.P1")
	Role     string    // of lead, comms, scribe: the same word
	User     string    // of lead, comms, scribe: a login without its @
	When     time.Time // of started, detected, mitigated, resolved, in UTC; zero: not given, the comment's own time
	Entries  []Entry   // of timeline, at least one
	Action   Action    // of action

	// Problem says why the command is refused; nil: it can be run. Beside Verb, Line and Source nothing is set then.
	Problem *Problem
}

// Entry is one line of a timeline command.
type Entry struct {
	When time.Time // UTC; zero: not given, the time of the comment that it is taken from, else of the command's own
	Text string    // empty where From says what it is taken from
	From From
}

// Parse reads the commands of a comment or of a new issue's body, in their order. No command, no answer: nil.
//
// A command starts a line, after at most three spaces, and is read only where it shows as plain text: not in quotes, code
// or HTML comments. One that cannot be understood is returned with its Problem and does not stop those after it.
func Parse(body string, o Options) []Command {
	if !mentionsCommand(body) {
		return nil
	}
	p := readPage(body)
	o = o.withDefaults()
	var found []Command
	for _, at := range p.commands {
		if len(found) == MaxCommands {
			return append(found, p.surplus(at))
		}
		found = append(found, p.command(at, o))
	}
	return found
}

func (o Options) withDefaults() Options {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if len(o.Severities) == 0 {
		o.Severities = []string{"P0", "P1", "P2", "P3"}
	}
	return o
}
