package workflow

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// describe says what the entry is about where several may go into one row.
func describe(shown *postmortem.Entry, inc Incident, e Entry) {
	switch e.Kind {
	case EntryTick:
		describeTick(shown, e)
	case EntryPhase:
		was, is, found := strings.Cut(strings.TrimPrefix(e.What, phaseWord), " → ")
		if found && strings.HasPrefix(e.What, phaseWord) {
			shown.Kind, shown.From, shown.To = postmortem.KindPhase, was, is
		}
	case EntryAssigned:
		if e.Item != "" {
			shown.Kind, shown.About, shown.Off = postmortem.KindAssigned, "@"+e.Item, e.Unticked
		}
	case EntrySeverity:
		describeSeverity(shown, inc, e)
	}
}

// describeTick says in short what was ticked. 3.2 Verified has a row of its own,
// whether it is the mitigation or, since another time was stated, is not any more.
func describeTick(shown *postmortem.Entry, e Entry) {
	word, item, found := strings.Cut(e.What, ": ")
	if !found || !strings.HasSuffix(word, tickedWord(true)) {
		return
	}
	about := tickedItem(e, item)
	shown.What = word + " " + about
	if e.Item != "mitigate.verify" {
		shown.Kind, shown.About, shown.Off = postmortem.KindTick, about, word == tickedWord(false)
	}
}

// tickedItem names an item in short: "2.1 affected systems". What has no number,
// as people's own tasks, stands in quotes as it is.
func tickedItem(e Entry, item string) string {
	number, text, numbered := strings.Cut(item, " ")
	switch {
	case e.Item != "" && number == "step":
		return item
	case e.Item == "" || !numbered || !strings.Contains(number, "."):
		return "“" + item + "”"
	}
	text, _, _ = strings.Cut(text, ":")
	first, size := utf8.DecodeRuneInString(text)
	return number + " " + string(unicode.ToLower(first)) + text[size:]
}

// describeSeverity says what the severity was before and after, if the change is
// still known as the entry tells it.
func describeSeverity(shown *postmortem.Entry, inc Incident, e Entry) {
	at := slices.IndexFunc(inc.Severities, func(c Change) bool {
		return c.At.Equal(e.At) && c.By.ID == e.By.ID && c.String() == e.What
	})
	if at >= 0 {
		c := inc.Severities[at]
		shown.Kind, shown.From, shown.To, shown.About = postmortem.KindSeverity, c.From, c.To, c.Reason
	}
}
