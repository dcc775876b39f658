package effects

import (
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

const (
	// maxNews bounds how many follow-ups a commit's subject names, maxSections how
	// many sections its message lists.
	maxNews     = 5
	maxSections = 20
)

// message says what the commit changes: in its subject what for, below it in
// which sections. Headings may be people's words, so it passes the gate; none of
// its lines can pass for a trailer.
func (p *page) message() (string, error) {
	changes := p.changes()
	lines := []string{fmt.Sprintf("Incident #%d: %s", p.inc.Place.Number, p.subject(changes)), ""}
	for _, c := range changes[:min(len(changes), maxSections)] {
		lines = append(lines, "- "+c.String())
	}
	if more := len(changes) - maxSections; more > 0 {
		lines = append(lines, fmt.Sprintf("- and %d sections more", more))
	}
	text, err := p.pass(strings.Join(lines, "\n"))
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(text) + "\n\nFrom " + p.inc.Place.URL, nil
}

// changes are those of the page; none where it is left away, nor of a new page,
// where all is.
func (p *page) changes() []postmortem.Change {
	if p.spot.text == "" {
		return nil
	}
	return postmortem.Changes(p.spot.text, p.merged.Text)
}

func (p *page) subject(changes []postmortem.Change) string {
	switch {
	case p.spot.revived:
		return "post-mortem written again"
	case p.spot.missing || p.merged.Text == p.spot.text:
		return "index brought up to date"
	case !p.isOurs(p.spot.text):
		return "post-mortem published"
	case !postmortem.OnlyFollowUps(changes):
		return "post-mortem updated"
	}
	news := postmortem.FollowUpNews(p.spot.text, p.merged.Text)
	if len(news) == 0 {
		return "follow-ups updated"
	}
	if more := len(news) - maxNews; more > 0 {
		news = append(news[:maxNews], fmt.Sprintf("%d more", more))
	}
	return "follow-ups updated (" + strings.Join(news, ", ") + ")"
}
