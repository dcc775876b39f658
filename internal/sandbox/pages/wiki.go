package pages

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/pages/markup"
)

// wikiPage is a page as it is read.
type wikiPage struct {
	Name, Source string
	Body         template.HTML
	Pages        []string
	Last         sandbox.WikiCommit // that changed it
	Revisions    int
	Found        bool
}

// showWiki shows a page, or without a name Home, beside the list of pages.
func showWiki(v *visit) error {
	name := v.in.PathValue("page")
	home := name == ""
	if home {
		name = "Home"
	}
	p := v.readWiki(name)
	if !p.Found && !home {
		return &sandbox.Error{Status: http.StatusNotFound, Message: "The wiki has no such page."}
	}
	o := v.markup("user-content-")
	o.Base = "/" + v.repo + "/wiki/"
	p.Body = markup.Render(p.Source, o)
	title := pageTitle(p.Name) + " · "
	if home {
		title = ""
	}
	return v.show(http.StatusOK, "wiki.html", frame{Title: title + "Wiki · " + v.repo, Tab: "wiki", Page: p})
}

// readWiki finds a page under its real name: case and hyphens do not count.
func (v *visit) readWiki(name string) wikiPage {
	p := wikiPage{Name: name}
	v.sb.View(func(w *sandbox.View) {
		for _, page := range w.WikiPages(v.repo) {
			if sameTitle(page, name) {
				p.Name = page
			}
			if !strings.HasPrefix(page, "_") {
				p.Pages = append(p.Pages, page)
			}
		}
		p.Source, p.Found = w.WikiPage(v.repo, name)
		log := commitsOf(w.WikiLog(v.repo), p.Name)
		if p.Revisions = len(log); len(log) > 0 {
			p.Last = log[0]
		}
	})
	return p
}

func sameTitle(a, b string) bool { return strings.EqualFold(pageTitle(a), pageTitle(b)) }

// commitsOf are those that changed a page.
func commitsOf(log []sandbox.WikiCommit, page string) []sandbox.WikiCommit {
	var list []sandbox.WikiCommit
	for _, c := range log {
		if slices.ContainsFunc(c.Files, func(f string) bool { return sameTitle(pageOfFile(f), page) }) {
			list = append(list, c)
		}
	}
	return list
}

// pageOfFile is a file's name without folders and extension.
func pageOfFile(file string) string {
	name := file[strings.LastIndexByte(file, '/')+1:]
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		return name[:dot]
	}
	return name
}

// history is the list of commits of a wiki, or of one page of it.
type history struct {
	Name    string
	Commits []sandbox.WikiCommit
}

func wikiHistory(v *visit) error {
	h := history{Name: v.in.PathValue("page"), Commits: v.sb.WikiLog(v.repo)}
	title := "History · Wiki · " + v.repo
	if h.Name != "" {
		p := v.readWiki(h.Name)
		if !p.Found {
			return errNotFound
		}
		h.Name, h.Commits = p.Name, commitsOf(h.Commits, p.Name)
		title = pageTitle(h.Name) + " · " + title
	}
	return v.show(http.StatusOK, "wikihistory.html", frame{Title: title, Tab: "wiki", Page: h})
}
