package checklist

import (
	"regexp"
	"slices"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// An entry is one box of a definition.
type entry struct {
	id     string
	number string
	// step is the id of the step that an item belongs to; empty for a step's own
	// box and for the definition of done.
	step string
	// title is a step's; its text is the note behind it, if any.
	title, text string
}

// label returns the entry's Markdown between its box and its hidden id.
func (e entry) label() string {
	text := markdown.Line(e.text)
	switch {
	case e.title != "" && e.text != "":
		return "**" + e.number + " · " + markdown.Inline(e.title) + "**: " + text
	case e.title != "":
		return "**" + e.number + " · " + markdown.Inline(e.title) + "**"
	case e.number != "":
		return e.number + " " + text
	}
	return text
}

const maxID = 100

// Two hyphens in a row end a comment for some readers of Markdown.
var itemID = regexp.MustCompile(`^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$`)

// entries lists every box in the order of the comment. What has an id that no
// hidden comment can hold is left out: it would never be found again.
func (d Definition) entries() []entry {
	var all []entry
	for _, s := range d.Steps {
		all = append(all, entry{id: s.ID, number: s.Number, title: s.Title, text: s.Note})
		if s.ID == Classify {
			for _, severity := range d.Severities {
				all = append(all, entry{id: SeverityID(severity.Name), step: s.ID, text: severity.Name})
			}
		}
		for _, i := range s.Items {
			all = append(all, entry{id: i.ID, number: i.Number, step: s.ID, text: i.Text})
		}
	}
	for _, i := range d.Done {
		all = append(all, entry{id: i.ID, number: i.Number, text: i.Text})
	}
	return slices.DeleteFunc(all, func(e entry) bool { return len(e.id) > maxID || !itemID.MatchString(e.id) })
}
