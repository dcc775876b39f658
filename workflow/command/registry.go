package command

import (
	"strings"
	"unicode"
)

// definition is what the grammar, the help and the permission check know of a verb.
type definition struct {
	verb     Verb
	form     string   // how it is written: capitals and @user stand for what to fill in, brackets for what may be left out
	does     string   // for the help, a clause
	examples []string // ready to copy; the first stands in the help
	who      Permission
	whoElse  string // an exception to who, for the help
	below    bool   // takes the lines below
	quoted   bool   // is about the quote above where it has no text
	parse    parser
}

// parser reads what follows a verb. Only what it sets itself is in the command it returns.
type parser func(in input, o Options) (Command, *Problem)

// input is what follows a verb: the rest of its line, and of a verb that takes them the lines below and the quote above.
type input struct {
	verb  Verb
	first line
	below []line
	quote string
}

// registry holds every verb there is, in the order of the help.
var registry = []definition{
	postmortem,
	severity,
	check, uncheck,
	role(Lead, "gives the lead"), role(Comms, "gives communications"), role(Scribe, "gives the notes"),
	timeline,
	content(Summary, "replaces the summary", "From 11:52 to 12:47 UTC one checkout in three timed out."),
	content(Systems, "replaces the affected systems", "checkout, orders database"),
	content(Impact, "adds to the impact; users:, business: and data: are told apart", "users: about 31 % of checkouts, all plans"),
	content(Cause, "adds to the root cause", "The pool held 10 connections instead of 20."),
	content(Lesson, "adds to the lessons learned", "Rollback took four minutes from the decision."),
	moment(Started, "states when it began"), moment(Detected, "states when it was noticed"),
	moment(Mitigated, "states when the impact ended"), moment(Resolved, "states when it was over"),
	action,
	status,
	help,
}

func find(v Verb) (definition, bool) {
	for _, d := range registry {
		if d.verb == v {
			return d, true
		}
	}
	return definition{}, false
}

// name is how the command begins.
func (d definition) name() string {
	if d.verb == Postmortem {
		return slashPostmortem
	}
	return slashIncident + " " + string(d.verb)
}

// command reads the command on the line.
func (p *page) command(at int, o Options) Command {
	slash, rest, _ := splitSlash(p.visible(at))
	verb := Postmortem
	word := ""
	if slash == slashIncident {
		word, rest = cutWord(rest)
		verb = Verb(strings.ToLower(strings.TrimSuffix(word, ":")))
	}
	d, known := find(verb)
	if !known || slash == slashIncident && verb == Postmortem {
		return Command{Line: at + 1, Source: p.source(at, at), Problem: unknownVerb(word, o)}
	}
	in, last := input{verb: verb, first: line{at + 1, rest}}, at
	if d.below {
		in.below, last = p.below(at)
	}
	if d.quoted {
		in.quote = p.quoteAbove(at)
	}
	return d.read(in, o, p.source(at, last))
}

// read parses and adds what every command has.
func (d definition) read(in input, o Options, source string) Command {
	c, problem := d.parse(in, o)
	if problem != nil {
		c = Command{Problem: problem.with(d)}
	}
	c.Verb, c.Line, c.Source = d.verb, in.first.n, source
	return c
}

// surplus refuses the commands from the line on.
func (p *page) surplus(at int) Command {
	return Command{Line: at + 1, Source: p.source(at, at), Problem: tooMany(len(p.commands))}
}

// cutWord splits s at its first space.
func cutWord(s string) (word, rest string) {
	s = strings.TrimSpace(s)
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i], strings.TrimSpace(s[i:])
	}
	return s, ""
}
