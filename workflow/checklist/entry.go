package checklist

import (
	"regexp"
	"slices"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// An entry is one box of a definition as the comment shows it.
type entry struct {
	id     string
	number string
	// step is the id of the step that an item belongs to; empty for a step's own
	// box and for the definition of done.
	step string
	// label is the item's Markdown between its box and its hidden id.
	label string
}

var itemID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// entries lists every box in the order of the comment. What has an id that no
// hidden comment can hold is left out: it would never be found again.
func (d Definition) entries() []entry {
	var all []entry
	for _, s := range d.Steps {
		all = append(all, entry{id: s.ID, number: s.Number, label: stepLabel(s)})
		if s.ID == Classify {
			for _, severity := range d.Severities {
				all = append(all, entry{id: SeverityID(severity.Name), step: s.ID, label: markdown.Line(severity.Name)})
			}
		}
		for _, i := range s.Items {
			all = append(all, entry{i.ID, i.Number, s.ID, i.Number + " " + markdown.Line(i.Text)})
		}
	}
	for _, i := range d.Done {
		all = append(all, entry{id: i.ID, number: i.Number, label: markdown.Line(i.Text)})
	}
	return slices.DeleteFunc(all, func(e entry) bool { return !itemID.MatchString(e.id) })
}

func stepLabel(s Step) string {
	label := "**" + s.Number + " · " + markdown.Inline(s.Title) + "**"
	if s.Note != "" {
		label += ": " + markdown.Line(s.Note)
	}
	return label
}
