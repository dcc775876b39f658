package command

import (
	"regexp"
	"strings"
)

// tail reads the end of an action item: owner, due date and priority, each once, in any order.
type tail struct {
	o       Options
	action  Action
	problem *Problem
}

// cut takes off what it reads, word by word from the end, and gives the words before.
func (t *tail) cut(words []string) []string {
	for len(words) > 0 && t.problem == nil {
		n := t.take(words)
		if n == 0 {
			break
		}
		words = words[:len(words)-n]
	}
	return words
}

// take reads one of the three at the end of words and says how many words it has, 0 for none.
func (t *tail) take(words []string) int {
	last := words[len(words)-1]
	if name, ok := t.o.severity(last); ok && t.action.Priority == "" {
		t.action.Priority = name
		return 1
	}
	if strings.HasPrefix(last, "@") && t.action.Owner == "" {
		t.action.Owner, t.problem = parseMention(last)
		return 1
	}
	if t.action.Due.IsZero() {
		return t.takeDue(words)
	}
	return 0
}

// maxDueWords is the length of "due by in 2 weeks", the longest form.
const maxDueWords = 5

func (t *tail) takeDue(words []string) int {
	for n := 1; n <= min(maxDueWords, len(words)); n++ {
		date, ok := afterDue(words[len(words)-n:])
		if !ok {
			continue
		}
		if !looksLikeDate(date) {
			return 0
		}
		t.action.Due, t.problem = parseDue(strings.TrimRight(strings.Join(date, " "), ",.;"), t.o)
		return n
	}
	return 0
}

// afterDue gives the words after a leading "due", "due:" or "due:friday".
func afterDue(words []string) ([]string, bool) {
	first, glued, colon := strings.Cut(words[0], ":")
	if !strings.EqualFold(first, "due") {
		return nil, false
	}
	if colon && glued != "" {
		return append([]string{glued}, words[1:]...), true
	}
	return words[1:], len(words) > 1
}

// dateWord is a word of which people make dates, so that "due next month" is refused with the accepted forms while
// "outages due to DNS" stays text.
var dateWord = regexp.MustCompile(`(?i)^(\d.*|in|on|by|next|this|end|of|the|an?|eod|eow|asap|soon|today|tonight|tomorrow|q[1-4]|` +
	`days?|weeks?|months?|quarters?|years?|` +
	`(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?|` +
	`(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)[,.;]*$`)

func looksLikeDate(words []string) bool {
	for _, word := range words {
		if !dateWord.MatchString(word) {
			return false
		}
	}
	return true
}
