package workflow

import (
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"github.com/firebreak-app/firebreak/workflow/command"
)

// Said is the comment that a timeline entry is taken from, as it was asked for
// when the command was given. Its text is past the gate.
type Said struct {
	// From is what asked for it.
	From command.From
	// Comment is its id; 0 is the issue's own text.
	Comment int64
	// At is when it was said; zero: what was quoted was not found, and is taken for
	// the quoter's.
	At  time.Time
	By  Person
	URL string
	// Text is its first words, on one line.
	Text string
	// Problem is why it cannot be taken, as a sentence with the next step.
	Problem string
}

// runTimeline puts entries on the timeline, all of a command or none.
func runTimeline(d *decision, e Commanded, c command.Command, a *answer) string {
	for _, entry := range c.Entries {
		if problem := e.source(entry.From).Problem; problem != "" {
			return problem + noneKept(len(c.Entries))
		}
	}
	for _, entry := range c.Entries {
		said := e.source(entry.From)
		switch {
		case entry.From == command.From{}:
			d.noteAt(first(entry.When, d.meta.At), EntryNote, entry.Text)
		case d.inc.Promoted[said.mark()]:
			a.say("On the timeline already: " + said.URL)
		default:
			d.promote(entry, said)
		}
	}
	return ""
}

// source returns what was found of where an entry is taken from.
func (e Commanded) source(from command.From) Said {
	if n := slices.IndexFunc(e.Said, func(s Said) bool { return s.From == from }); n >= 0 {
		return e.Said[n]
	}
	if from == (command.From{}) {
		return Said{}
	}
	return Said{Problem: "The comment was not looked up. Give the command again in a new comment."}
}

func noneKept(n int) string {
	if n > 1 {
		return " None of the entries was kept."
	}
	return ""
}

// promote puts a comment on the timeline: at its time, in its author's name, with
// the words of whoever put it there, else its own.
func (d *decision) promote(entry command.Entry, said Said) {
	what := orElse(entry.Text, said.Text)
	if said.At.IsZero() {
		d.noteAt(first(entry.When, d.meta.At), EntryNote, what)
		return
	}
	if said.By.ID != d.meta.By.ID {
		what += " (noted by " + d.meta.By.Mention() + ")"
	}
	d.noteAt(first(entry.When, said.At), EntryNote, what)
	last := &d.entries[len(d.entries)-1]
	last.By, last.URL = said.By, said.URL
	d.inc.Promoted = with(d.inc.Promoted, said.mark(), true)
}

// mark tells what was taken from where: a comment that is linked is put on once, of
// one that is quoted each passage.
func (s Said) mark() string {
	if s.From.Quote == "" {
		return fmt.Sprint(s.Comment)
	}
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(s.Text)) // which never fails
	return fmt.Sprintf("%d/%x", s.Comment, hash.Sum64())
}
