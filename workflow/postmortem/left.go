package postmortem

import (
	"fmt"
	"strings"
)

// Left is one thing that Firebreak has to say since it published last and that a
// page does not show, since a person's text is in its place.
type Left struct {
	// Section is the section's title, as Firebreak has it.
	Section string
	// Where is the place within it, such as "row 11:52, what"; empty: all of it.
	Where string
	// What is Firebreak's own text, plain, at most 120 characters; empty: there
	// is none any more, or it is a drawing (Drawn).
	What  string
	Drawn bool
}

// Merged is a page brought up to date around what people wrote in it.
//
// What its lists say are Firebreak's own words, never a person's, so that they
// can be told wherever the outcome is told.
type Merged struct {
	// Text is the page to publish.
	Text string
	// Kept names the sections that hold what people wrote.
	Kept []string
	// Deleted names what people took out of the page and what stays out: sections,
	// or parts of one, as "Timeline (2 rows)".
	Deleted []string
	// Left is what collides with what people wrote, at most 20 things.
	Left []Left
	// Open says that the page was left as it is, since a code fence or an HTML
	// comment in it is not closed.
	Open bool
}

// maxLeft bounds how much of what was left out is told.
const maxLeft = 20

// told gathers what a merge has to say of one section.
type told struct {
	section string
	// kept says that it holds what people wrote.
	kept bool
	left []Left
	// How much of it people took out.
	parts, rows, columns, items int
}

func (t *told) leave(where, what string) { t.add(Left{Where: where, What: quoted(what)}) }

func (t *told) add(l Left) {
	if l.Section = t.section; len(t.left) < maxLeft {
		t.left = append(t.left, l)
	}
}

// deleted says what people took out of the section.
func (t *told) deleted() (string, bool) {
	var all []string
	for _, n := range []struct {
		n    int
		name string
	}{{t.parts, "part"}, {t.rows, "row"}, {t.columns, "column"}, {t.items, "item"}} {
		switch {
		case n.n == 1:
			all = append(all, "1 "+n.name)
		case n.n > 1:
			all = append(all, fmt.Sprintf("%d %ss", n.n, n.name))
		}
	}
	if all == nil {
		return "", false
	}
	return fmt.Sprintf("%s (%s)", t.section, strings.Join(all, ", ")), true
}

func (m *Merged) leave(left ...Left) {
	room := max(maxLeft-len(m.Left), 0)
	m.Left = append(m.Left, left[:min(len(left), room)]...)
}
