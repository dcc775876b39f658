package workflow

import (
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// redactedCode is what the gate leaves in the place of code; leftThere is how the
// page leads to where it can be read.
const (
	redactedCode = "[redacted: code]"
	leftThere    = "left where it was written"
)

// told returns what commands said, or the issue's own text where none did.
func told(inc Incident, said []Statement, body []string) []string {
	if len(said) > 0 {
		return texts(inc, said)
	}
	return bodyTexts(inc, body)
}

// impact returns what commands said of the impact, with what the issue's own text
// says of an aspect that no command names.
func impact(inc Incident) []string {
	said := texts(inc, inc.Impact)
	named := map[string]bool{}
	for _, s := range said {
		aspect, _ := postmortem.Aspect(s)
		named[aspect] = true
	}
	var out []string
	for _, s := range bodyTexts(inc, inc.Body.Impact) {
		aspect, _ := postmortem.Aspect(s)
		if len(said) == 0 || aspect != "" && !named[aspect] {
			out = append(out, s)
		}
	}
	return append(out, said...)
}

func texts(inc Incident, list []Statement) []string {
	var out []string
	for _, s := range list {
		out = append(out, withSource(s.Text, inc.Place.commentURL(s.Comment)))
	}
	return out
}

func bodyTexts(inc Incident, list []string) []string {
	var out []string
	for _, text := range list {
		out = append(out, withSource(text, inc.Place.URL))
	}
	return out
}

// withSource links a text from which code was taken out to where the code stands.
func withSource(text, url string) string {
	if url == "" || !strings.Contains(text, redactedCode) {
		return text
	}
	link := "[" + leftThere + "](" + url + ")"
	if strings.Contains(strings.TrimSpace(text), "\n") {
		return text + "\n\nCode is " + link + "."
	}
	return text + " (code is " + link + ")"
}

// commentURL is where a comment on the issue is read; for 0 the issue itself.
func (p Place) commentURL(comment int64) string {
	if comment == 0 || p.URL == "" {
		return p.URL
	}
	return fmt.Sprintf("%s#issuecomment-%d", p.URL, comment)
}
