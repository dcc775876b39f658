package command

// Postmortem, Status and AskHelp take nothing after them.
const (
	Postmortem Verb = "postmortem"
	Status     Verb = "status"
	AskHelp    Verb = "help" // Help is the answer to it
)

var postmortem = definition{
	verb:     Postmortem,
	form:     slashPostmortem,
	does:     "writes or updates the post-mortem and opens the follow-up issues",
	examples: []string{slashPostmortem},
	who:      Write,
	parse:    parseNothing,
}

var status = definition{
	verb:     Status,
	form:     "/incident status",
	does:     "says where the incident stands",
	examples: []string{"/incident status"},
	who:      Triage,
	parse:    parseNothing,
}

var help = definition{
	verb:     AskHelp,
	form:     "/incident help",
	does:     "shows this list",
	examples: []string{"/incident help"},
	who:      Triage,
	// Whatever is asked about, the answer is the whole list.
	parse: func(input, Options) (Command, *Problem) { return Command{}, nil },
}

func parseNothing(in input, _ Options) (Command, *Problem) {
	if in.first.text != "" {
		return Command{}, problem("This command stands alone on its line, and here %s follows it.", quote(in.first.text))
	}
	return Command{}, nil
}
