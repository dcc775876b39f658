package checklist

import (
	"strings"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// How long evidence may be, and how long once its special characters are escaped:
// a definition of thirty items leaves room for that, whatever the evidence holds.
const maxEvidence, maxEscaped = 200, 400

// New returns the comment as it is first posted.
func New(d Definition, v View) string {
	return bounded(d, v, func(c content) string { return compose(d, v, c) })
}

// content holds what Firebreak writes into the regions.
type content map[string]string

// contentOf renders the regions of a view but the timeline's and the folds.
func contentOf(d Definition, v View) content {
	return content{
		headRegion:       head(d, v),
		severitiesRegion: severityTable(d),
		doneRegion:       doneTitle,
		followUpsRegion:  followUps(v),
		commandsRegion:   commands(v),
	}
}

func compose(d Definition, v View, c content) string {
	var steps, done []string
	for _, e := range d.entries() {
		switch {
		case d.isDone(e.id):
			done = append(done, itemLine("- ", e, v))
		case e.step == "":
			steps = append(steps, itemLine("- ", e, v))
		default:
			steps = append(steps, itemLine("  - ", e, v))
		}
	}
	parts := []string{
		Marker(v.Key) + "\n" + enclose(headRegion, c[headRegion]),
		enclose(severitiesRegion, c[severitiesRegion]),
		strings.Join(steps, "\n"),
		enclose(doneRegion, c[doneRegion]),
		strings.Join(done, "\n"),
	}
	for _, name := range []string{followUpsRegion, timelineRegion, commandsRegion} {
		parts = append(parts, enclose(name, c[name]))
	}
	return strings.Join(parts, "\n\n") + "\n"
}

// isDone reports whether an id is of the definition of done.
func (d Definition) isDone(id string) bool {
	for _, i := range d.Done {
		if i.ID == id {
			return true
		}
	}
	return false
}

// itemLine renders one item after the prefix that places it: indentation, quote
// marks and list marker.
func itemLine(prefix string, e entry, v View) string {
	return prefix + "[" + box(v.Ticked(e.id)) + "] " + e.label() + evidence(v.Marks[e.id].Evidence) + " <!-- step:" + e.id + " -->"
}

func box(ticked bool) string {
	if ticked {
		return "x"
	}
	return " "
}

// evidence renders what is shown beside an item, between comments by which it is
// found again; nothing if there is none.
func evidence(text string) string {
	shown := markdown.Inline(markdown.Clip(text, maxEvidence))
	if len(shown) > maxEscaped {
		shown = markdown.Inline(markdown.Clip(text, maxEvidence/4))
	}
	if shown == "" {
		return ""
	}
	// A backtick that people left open before it would make code of it.
	return evidenceOpens + " · " + strings.ReplaceAll(shown, "\\`", "&#96;") + evidenceCloses
}
