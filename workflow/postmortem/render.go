package postmortem

import (
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// A page's size in bytes is bounded: GitHub shows no larger file as a page.
const pageLimit = 240_000

// Render returns the whole page. Its length is bounded: where there is too much
// to tell, the timeline is cut before anything else, and says so.
func Render(d Document) string {
	return mark(d.Key, "", renderer{d: d, dates: d.dates(), limit: pageLimit}.page())
}

// renderer renders one document within a limit in bytes.
type renderer struct {
	d     Document
	dates dates
	limit int
	// quiet is set where an @login would notify somebody.
	quiet bool
}

// page renders all sections. Each but the timeline has a share of the limit
// that it cannot exceed; the timeline gets what the others leave.
func (r renderer) page() string {
	before := r.facts() + heading(HeadingSummary) + r.summary()
	after := heading(HeadingRootCause) + r.causes() +
		heading(HeadingImpact) + r.impact() +
		heading(HeadingActionItems) + r.actions() +
		heading(HeadingLessons) + r.lessons()
	head := heading(HeadingTimeline)
	return before + head + r.timeline(r.limit-len(before)-len(head)-len(after)) + after
}

func heading(text string) string { return "\n## " + text + "\n" }

// share is a section's part of the limit, in bytes.
func (r renderer) share(percent int) int { return r.limit * percent / 100 }

// who shows a person: "@login" for an account, other names as they are. An App has
// no @, which would lead to somebody else.
func (r renderer) who(name string) string {
	name = markdown.Clip(name, maxName)
	login, isLogin := strings.CutPrefix(name, "@")
	if strings.HasSuffix(login, "[bot]") {
		return fit(login, maxName*5, markdown.Cell)
	}
	show := markdown.User
	if r.quiet {
		show = markdown.Quiet
	}
	if shown := fit(login, maxName*5, show); isLogin && strings.HasPrefix(shown, "@") {
		return shown
	}
	return fit(name, maxName*5, markdown.Cell)
}

// incident refers to the incident from within a sentence.
func (r renderer) incident() string { return link("the incident", r.d.IssueURL) }

// leftOut is the line that stands for what the limit leaves out.
func (r renderer) leftOut(n int, of string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("\n*%d of %s left out here; %s has them all.*\n", n, of, r.incident())
}

// maxName is more than any login has, in characters.
const maxName = 100

// maxURL bounds URLs in bytes: a longer one is not worth the space.
const maxURL = 500

// link links text, or shows it alone if there is nothing to link to.
func link(text, url string) string {
	if link, ok := linked(text, url); ok {
		return link
	}
	return markdown.Cell(text)
}

func linked(text, url string) (string, bool) {
	if len(url) > maxURL {
		return "", false
	}
	link := markdown.Link(text, url)
	return link, strings.HasPrefix(link, "[")
}

// numbered links an issue's number, with its title if that is given. Set within
// a line, the number sign needs no escape.
func numbered(number int, title, url string) string {
	text := link(strings.TrimSpace(fmt.Sprintf("#%d %s", number, title)), url)
	for _, bracket := range []string{"", "["} {
		if rest, escaped := strings.CutPrefix(text, bracket+`\#`); escaped {
			return bracket + "#" + rest
		}
	}
	return text
}

// fit escapes text, cut so far that the result has at most limit bytes.
func fit(text string, limit int, escape func(string) string) string {
	for runes := limit; runes > 0; runes /= 2 {
		if escaped := escape(markdown.Clip(text, runes)); len(escaped) <= limit {
			return escaped
		}
	}
	return ""
}

// fitAll joins as many of n texts as limit bytes hold, and counts the rest,
// which it does not render.
func fitAll(n, limit int, render func(i int) string) (text string, left int) {
	var b strings.Builder
	for i := range n {
		text := render(i)
		if b.Len()+len(text) > limit {
			return b.String(), n - i
		}
		b.WriteString(text)
	}
	return b.String(), 0
}
