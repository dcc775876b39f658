package pages

import (
	"net/http"
	"strings"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/pages/markup"
)

// wikiForm is the form of a page, new or not.
type wikiForm struct {
	New                 bool
	Name, Body, Message string
	Hash                string // of the text that is edited
}

func newWikiPage(v *visit) error {
	return v.wikiForm(http.StatusOK, "", wikiForm{New: true, Name: v.in.URL.Query().Get("title")})
}

func editWikiPage(v *visit) error {
	p := v.readWiki(v.in.PathValue("page"))
	if !p.Found {
		return errNotFound
	}
	return v.wikiForm(http.StatusOK, "", wikiForm{Name: p.Name, Body: p.Source, Hash: markup.Digest(p.Source)})
}

func (v *visit) wikiForm(status int, alert string, f wikiForm) error {
	title := "New page"
	if !f.New {
		title = "Editing " + pageTitle(f.Name)
	}
	return v.show(status, "wikiedit.html", frame{Title: title + " · Wiki · " + v.repo, Tab: "wiki", Alert: alert, Page: f})
}

func createWikiPage(v *visit) error {
	f := wikiForm{New: true, Name: strings.TrimSpace(v.field("title"))}
	taken := &sandbox.Error{Status: http.StatusUnprocessableEntity, Message: "There is a page of that name already."}
	return v.saveWiki(f, taken, func(p wikiPage) bool { return !p.Found })
}

func saveWikiPage(v *visit) error {
	f := wikiForm{Name: v.in.PathValue("page"), Hash: v.field("hash")}
	return v.saveWiki(f, errStale, func(p wikiPage) bool { return p.Found && markup.Digest(p.Source) == f.Hash })
}

// saveWiki commits what the form brings, if the page is still as it has to be.
func (v *visit) saveWiki(f wikiForm, otherwise error, fits func(wikiPage) bool) error {
	v.edits.Lock()
	defer v.edits.Unlock()
	// Wikis are kept with plain line ends, whatever browsers send.
	f.Body, f.Message = strings.ReplaceAll(v.field("body"), "\r\n", "\n"), v.field("message")
	p, err := v.readWiki(f.Name), otherwise
	if fits(p) {
		err = v.hands().EditWiki(v.repo, p.Name, f.Body, f.summary())
	}
	if err == nil {
		return v.redirect(wikiPath(v.repo, strings.ReplaceAll(p.Name, " ", "-")))
	}
	if !f.New {
		f.Hash = markup.Digest(p.Source) // saving again is then a decision
	}
	status, message := refusal(err)
	return v.wikiForm(status, message, f)
}

// summary is the commit's message; GitHub makes one up as well.
func (f wikiForm) summary() string {
	message := strings.Join(strings.Fields(f.Message), " ")
	switch {
	case message != "":
		return message
	case f.New:
		return "Created " + pageTitle(f.Name)
	}
	return "Updated " + pageTitle(f.Name)
}
