package command

// Started, Detected, Mitigated and Resolved state the times that durations are counted from.
const (
	Started   Verb = "started"
	Detected  Verb = "detected"
	Mitigated Verb = "mitigated"
	Resolved  Verb = "resolved"
)

func moment(v Verb, does string) definition {
	word := "/incident " + string(v)
	return definition{
		verb:     v,
		form:     word + " [WHEN]",
		does:     does + "; without WHEN, now",
		examples: []string{word, word + " 11:58", word + " 20 min ago"},
		who:      Write,
		parse:    parseMoment,
	}
}

func parseMoment(in input, o Options) (Command, *Problem) {
	if in.first.text == "" {
		return Command{}, nil
	}
	when, p := parseWhen(in.first.text, o)
	return Command{When: when}, p
}
