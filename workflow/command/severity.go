package command

import "strings"

// Severity classifies the incident.
const Severity Verb = "severity"

var severity = definition{
	verb:     Severity,
	form:     "/incident severity P1: REASON",
	does:     "classifies the incident; `: REASON` may be left out and is kept on the timeline",
	examples: []string{"/incident severity P1", "/incident severity P1: checkout is down"},
	who:      Write,
	parse:    parseSeverity,
}

func parseSeverity(in input, o Options) (Command, *Problem) {
	word, reason := cutSeverity(in.first.text)
	if word == "" {
		return Command{}, o.severities(problem("`/incident severity` needs the severity."))
	}
	name, ok := o.severity(word)
	if !ok {
		return Command{}, o.severities(problem("%s is no severity here.", quote(word)))
	}
	if second, _ := cutSeverity(reason); second != "" {
		if _, two := o.severity(second); two {
			return Command{}, o.severities(problem("An incident has one severity, and this names %s and %s.", quote(word), quote(second)))
		}
	}
	reason = clean(strings.TrimLeft(reason, ":-–— "))
	return Command{Severity: name, Reason: reason}, tooLong("A reason", reason, MaxLine)
}

// cutSeverity splits off the first word; a colon ends it as a space does, and stays with the rest.
func cutSeverity(s string) (word, rest string) {
	word, rest = cutWord(s)
	if i := strings.IndexByte(word, ':'); i > 0 {
		return word[:i], s[i:]
	}
	return word, rest
}

// severity gives the accepted spelling of a severity.
func (o Options) severity(word string) (string, bool) {
	word = strings.TrimRight(word, ",.;")
	for _, s := range o.Severities {
		if strings.EqualFold(s, word) {
			return s, true
		}
	}
	return "", false
}

// severities adds to a problem the severities there are.
func (o Options) severities(p *Problem) *Problem {
	for _, s := range o.Severities {
		p.Accepted = append(p.Accepted, "/incident severity "+s)
	}
	return p
}
