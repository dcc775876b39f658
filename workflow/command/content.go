package command

import "strings"

// The content verbs write parts of the post-mortem: Summary and Systems replace, Impact, Cause and Lesson add.
const (
	Summary Verb = "summary"
	Systems Verb = "systems"
	Impact  Verb = "impact"
	Cause   Verb = "cause"
	Lesson  Verb = "lesson"
)

func content(v Verb, does, example string) definition {
	return definition{
		verb:     v,
		form:     "/incident " + string(v) + " TEXT",
		does:     does + "; takes the lines below",
		examples: []string{"/incident " + string(v) + " " + example},
		who:      Write,
		below:    true,
		parse:    parseContent,
	}
}

func parseContent(in input, _ Options) (Command, *Problem) {
	lines := []string{in.first.text}
	for _, l := range in.below {
		lines = append(lines, strings.TrimRight(l.text, " \t"))
	}
	text := clean(strings.Join(lines, "\n"))
	if text == "" {
		return Command{}, problem("`/incident %s` needs its text, on the same line or directly below it: an empty line ends it.", in.verb)
	}
	return Command{Text: text}, tooLong("This text", text, MaxText)
}
