package postmortem

import "github.com/firebreak-app/firebreak/workflow/markdown"

// commentLimit bounds the comment, in bytes: GitHub refuses more than 65,536
// characters.
const commentLimit = 60_000

// markerSize is more than a document's own markers take.
const markerSize = 500 + maxCommentParts

// Lead is what comes before a document that is shown in a comment. Its texts
// are Markdown of this project's own, with what they quote escaped.
type Lead struct {
	// Marker is the hidden marker by which the comment is found again.
	Marker string
	// Reason says why the wiki does not hold the document, Remedy what to do.
	Reason, Remedy string
}

// Comment returns the document as one issue comment, for when there is no wiki
// to be had. It has at most 60,000 bytes, cut like a page; it notifies nobody.
func Comment(d Document, lead Lead) string {
	front := lead.text() + "\n\n"
	limit := commentLimit - len(lead.Marker) - len(front) - markerSize
	body := renderer{d: d, dates: d.dates(), limit: limit, quiet: true}.page()
	return mark(d.Key, lead.Marker+"\n", front+body)
}

const (
	leadOpening = "**The post-mortem is kept in this comment for now.**"
	leadClosing = "The comment is brought up to date in place, and the wiki gets the document when it can."
)

func (l Lead) text() string {
	return leadOpening + " " + markdown.Clip(l.Reason, 500) + " " + markdown.Clip(l.Remedy, 500) + " " + leadClosing
}
