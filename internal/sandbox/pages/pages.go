package pages

import (
	"errors"
	"net/http"
	"sync"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// site is what all pages share.
type site struct {
	sb *sandbox.Sandbox
	// edits lets one box at a time be ticked: each is an edit of the whole text.
	edits sync.Mutex
}

// New gives the pages of a sandbox, for the root of its address. It fits
// sandbox.Options.Pages.
func New(sb *sandbox.Sandbox) http.Handler {
	s := &site{sb: sb}
	return s.guarded(s.routes())
}

// page answers a visit, or says why it does not.
type page func(*visit) error

func (s *site) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, p := range map[string]page{
		"/":          notFound,
		"GET /{$}":   repositories,
		"POST /-/as": actAs,
	} {
		mux.Handle(pattern, s.serve(p))
	}
	for pattern, p := range map[string]page{
		"GET /{owner}/{repo}":                      toIssues,
		"GET /{owner}/{repo}/labels.css":           labelStyles,
		"GET /{owner}/{repo}/issues":               issues,
		"GET /{owner}/{repo}/issues/live":          followIssues,
		"GET /{owner}/{repo}/issues/new":           newIssue,
		"POST /{owner}/{repo}/issues/new":          openIssue,
		"GET /{owner}/{repo}/issues/{number}":      showIssue,
		"POST /{owner}/{repo}/issues/{number}":     changeIssue,
		"GET /{owner}/{repo}/issues/{number}/live": followIssue,
		"GET /{owner}/{repo}/pull/{number}":        showIssue,
		"POST /{owner}/{repo}/pull/{number}":       changeIssue,
		"GET /{owner}/{repo}/wiki":                 showWiki,
		"GET /{owner}/{repo}/wiki/_new":            newWikiPage,
		"POST /{owner}/{repo}/wiki/_new":           createWikiPage,
		"GET /{owner}/{repo}/wiki/_history":        wikiHistory,
		"GET /{owner}/{repo}/wiki/{page}":          showWiki,
		"GET /{owner}/{repo}/wiki/{page}/_edit":    editWikiPage,
		"POST /{owner}/{repo}/wiki/{page}/_edit":   saveWikiPage,
		"GET /{owner}/{repo}/wiki/{page}/_history": wikiHistory,
	} {
		mux.Handle(pattern, s.serve(inRepo(p)))
	}
	mux.Handle("GET /-/pages.css", asset("pages.css", "text/css; charset=utf-8"))
	mux.Handle("GET /-/pages.js", asset("pages.js", "text/javascript; charset=utf-8"))
	return mux
}

// serve runs a page for the person whom the request names, and shows what went
// wrong as a page too.
func (s *site) serve(p page) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		v := &visit{site: s, out: out, in: in, nonce: nonceOf(in), me: s.person(in)}
		if err := v.readForm(); err != nil {
			v.problem(err)
			return
		}
		if err := p(v); err != nil && !errors.Is(err, errAnswered) {
			v.problem(err)
		}
	})
}

// inRepo finds the repository, under its real name, if the person may see it:
// what one may not see is not there.
func inRepo(p page) page {
	return func(v *visit) error {
		name, ok := v.repository(v.in.PathValue("owner") + "/" + v.in.PathValue("repo"))
		if !ok {
			return errNotFound
		}
		v.repo = name
		v.role = v.sb.Role(name, v.me)
		return p(v)
	}
}

func notFound(*visit) error { return errNotFound }

func toIssues(v *visit) error { return v.redirect("/" + v.repo + "/issues") }
