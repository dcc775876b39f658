package command

// Lead, Comms and Scribe give a person a role in the incident.
const (
	Lead   Verb = "lead"
	Comms  Verb = "comms"
	Scribe Verb = "scribe"
)

func role(v Verb, does string) definition {
	return definition{
		verb:     v,
		form:     "/incident " + string(v) + " @user",
		does:     does + " to a person; hand-overs go on the timeline",
		examples: []string{"/incident " + string(v) + " @jon"},
		who:      Write,
		parse:    parseRole,
	}
}

func parseRole(in input, _ Options) (Command, *Problem) {
	word, more := cutWord(in.first.text)
	if word == "" {
		return Command{}, problem("`/incident %s` needs the person.", in.verb)
	}
	if more != "" {
		return Command{}, problem("`/incident %s` takes one person and nothing else, and this goes on with %s.", in.verb, quote(more))
	}
	user, p := parseMention(word)
	return Command{Role: string(in.verb), User: user}, p
}
