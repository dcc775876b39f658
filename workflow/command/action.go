package command

import (
	"strings"
	"time"
)

// ActionItem adds an action item to the post-mortem.
const ActionItem Verb = "action"

// The kinds of action item.
const (
	Permanent  = "permanent"  // a fix that removes the cause; the default
	Preventive = "preventive" // a measure against the next one
	Process    = "process"    // a change to how people work
)

// Action is an action item as it was written.
type Action struct {
	Kind     string    // Permanent, Preventive or Process
	Text     string    // what is to be done, on one line
	Owner    string    // a login without its @; empty: nobody yet
	Due      time.Time // midnight UTC of the calendar day; zero: none given
	Priority string    // a severity in the spelling of Options; empty: that of the incident
}

var action = definition{
	verb: ActionItem,
	form: "/incident action [permanent|preventive|process] TEXT @owner due WHEN P1",
	does: "adds an action item, which becomes a follow-up issue; owner, date and priority may be left out",
	examples: []string{
		"/incident action Fail start-up when the pool size is not set @maya due in 2 weeks P1",
		"/incident action preventive Alert on pool wait time @jon due friday",
	},
	who:   Write,
	parse: parseActionCommand,
}

func parseActionCommand(in input, o Options) (Command, *Problem) {
	a, p := readAction(in.first.text, o)
	return Command{Action: a}, p
}

// ParseAction reads an action item from a list of them in an issue's body, in the words of the command: an optional kind,
// the text, and at the end in any order, each at most once, @owner, due and a date, and a priority. The same words further
// to the front are text. A Problem says why an item is refused; the Action is empty then.
func ParseAction(text string, o Options) (Action, *Problem) {
	a, p := readAction(text, o.withDefaults())
	if p == nil {
		return a, nil
	}
	if len(p.Accepted) == 0 {
		p.Accepted = []string{"Fail start-up when the pool size is not set @maya due in 2 weeks P1"}
	}
	p.Next = "Correct the item in the list."
	return Action{}, p
}

func readAction(text string, o Options) (Action, *Problem) {
	kind, words := cutKind(strings.Fields(clean(text)))
	t := tail{o: o}
	words = t.cut(words)
	if t.problem != nil {
		return Action{}, t.problem
	}
	t.action.Kind = kind
	t.action.Text = strings.TrimRight(strings.Join(words, " "), " ,;:|–—-")
	if t.action.Text == "" {
		return Action{}, problem("An action item needs a text that says what is to be done.")
	}
	return t.action, tooLong("An action item", t.action.Text, MaxLine)
}

// cutKind takes the kind off the front, written plain or in brackets, bold or with a colon.
func cutKind(words []string) (string, []string) {
	if len(words) > 0 {
		word := strings.ToLower(strings.Trim(words[0], "[]()*_:"))
		switch word {
		case Permanent, Preventive, Process:
			return word, words[1:]
		}
	}
	return Permanent, words
}
