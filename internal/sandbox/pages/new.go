package pages

import (
	"net/http"
	"slices"
	"strings"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// newForm is the form of a new issue, filled in as far as it is.
type newForm struct {
	Heading, Body string
	Labels        []label
	MayLabel      bool
}

// newIssue shows the form; title, body and labels may come with the address, as
// on GitHub.
func newIssue(v *visit) error {
	q := v.in.URL.Query()
	return v.newPage(http.StatusOK, "", q.Get("title"), q.Get("body"), strings.Split(q.Get("labels"), ","))
}

func (v *visit) newPage(status int, alert, title, body string, labels []string) error {
	p := newForm{Heading: title, Body: body, MayLabel: v.may(sandbox.RoleTriage)}
	for _, l := range v.sb.Labels(v.repo) {
		offered := shown(l)
		offered.On = slices.Contains(labels, l.Name)
		p.Labels = append(p.Labels, offered)
	}
	return v.show(status, "new.html", frame{Title: "New issue · " + v.repo, Tab: "issues", Alert: alert, Page: p})
}

func openIssue(v *visit) error {
	title, body, labels := strings.TrimSpace(v.field("title")), v.field("body"), v.in.PostForm["pick"]
	number, err := v.hands().OpenIssue(v.repo, title, body, labels...)
	if err != nil {
		status, message := refusal(err)
		return v.newPage(status, message, title, body, labels)
	}
	return v.redirect(issuePath(v.repo, number))
}
