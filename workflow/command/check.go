package command

import (
	"regexp"
	"strings"
)

// Check and Uncheck tick and untick an item of the checklist, for those who may not edit comments.
const (
	Check   Verb = "check"
	Uncheck Verb = "uncheck"
)

var (
	check   = box(Check, "ticks an item of the checklist, by its number or id")
	uncheck = box(Uncheck, "unticks it")
)

func box(v Verb, does string) definition {
	word := "/incident " + string(v)
	return definition{
		verb:     v,
		form:     word + " ITEM",
		does:     does,
		examples: []string{word + " 3.2", word + " mitigate.verify"},
		who:      Triage,
		whoElse:  "a severity's box: write",
		parse:    parseBox,
	}
}

// itemRef is an item's number or id.
var itemRef = regexp.MustCompile(`^(\d{1,3}(\.\d{1,3})?|[a-z][a-z-]{0,40}(\.[A-Za-z0-9][A-Za-z0-9-]{0,40})?)$`)

func parseBox(in input, o Options) (Command, *Problem) {
	word, more := cutWord(in.first.text)
	if word == "" {
		return Command{}, problem("`/incident %s` needs the number or id of an item, as the checklist shows it.", in.verb)
	}
	if more != "" {
		return Command{}, problem("`/incident %s` takes one item, and this goes on with %s. Several items are a command each.", in.verb, quote(more))
	}
	ref := o.itemRef(word)
	if !itemRef.MatchString(ref) {
		return Command{}, problem("%s is neither the number nor the id of an item.", quote(word))
	}
	return Command{Ref: ref}, nil
}

// itemRef gives an item its own spelling: ids are lower case but for the severities, whose box may be named by the
// severity alone.
func (o Options) itemRef(word string) string {
	ref := strings.TrimPrefix(strings.ToLower(strings.Trim(word, ",.;")), "step:")
	if name, ok := o.severity(strings.TrimPrefix(ref, "classify.")); ok {
		return "classify." + name
	}
	return ref
}
