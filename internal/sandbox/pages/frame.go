package pages

import (
	"embed"
	"fmt"
	"html/template"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/pages/markup"
)

//go:embed templates/*.html
var templateFiles embed.FS

// templates are the pages, by file name, each within the layout.
var templates = func() map[string]*template.Template {
	layout := template.Must(template.New("").Funcs(template.FuncMap{
		"when": when, "issuePath": issuePath, "wikiPath": wikiPath, "initial": initial, "tint": tint, "title": pageTitle,
		"bot": isBot, "plural": plural,
	}).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html"))
	pages := map[string]*template.Template{}
	for _, name := range []string{
		"repositories.html", "issues.html", "issue.html", "new.html", "wiki.html", "wikiedit.html", "wikihistory.html", "problem.html",
	} {
		pages[name] = template.Must(template.Must(layout.Clone()).ParseFS(templateFiles, "templates/"+name))
	}
	return pages
}()

// frame is what surrounds every page.
type frame struct {
	Title string
	Tab   string // issues or wiki
	// Alert tells what was refused; Kept is the id of the field that still has
	// what was written.
	Alert, Kept string
	// Live is where the page hears that it has changed; empty: nowhere.
	Live string
	// Page is what the page's own template shows.
	Page any

	// Filled in by framed.
	Repo, Me, Path, Nonce, CSS, JS, LabelCSS string
	Role                                     sandbox.Role
	People                                   []string
}

func (v *visit) framed(f frame) frame {
	f.Repo, f.Me, f.Role, f.Nonce, f.CSS, f.JS = v.repo, v.me, v.role, v.nonce, assetPath("pages.css"), assetPath("pages.js")
	f.Path = v.in.URL.RequestURI()
	f.People = v.sb.Users()
	if v.repo != "" {
		f.LabelCSS = fmt.Sprintf("/%s/labels.css?%s", v.repo, markup.Digest(stylesOf(v.sb.Labels(v.repo))))
	}
	return f
}

// when shows a moment.
func when(t time.Time) template.HTML {
	t = t.UTC()
	return template.HTML(fmt.Sprintf(`<time datetime="%s" title="%[1]s">%s</time>`, t.Format(time.RFC3339), t.Format("2 Jan 2006, 15:04 UTC")))
}

// initial stands for somebody's picture.
func initial(login string) string {
	r, _ := utf8.DecodeRuneInString(login)
	return strings.ToUpper(string(r))
}

// tint is one of eight colours for somebody.
func tint(login string) string {
	sum := 0
	for _, b := range []byte(strings.ToLower(login)) {
		sum = (sum*31 + int(b)) % 8
	}
	return fmt.Sprintf("tint-%d", sum)
}

func isBot(login string) bool { return strings.HasSuffix(login, "[bot]") }

// pageTitle reads hyphens as the spaces that they stand for.
func pageTitle(name string) string { return strings.ReplaceAll(name, "-", " ") }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
