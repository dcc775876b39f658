package pages

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// maxForm bounds what a form may bring: the longest text that an issue can have,
// with every byte of it escaped, and the rest.
const maxForm = 1 << 20

// visit is one request of one person.
type visit struct {
	*site
	out   http.ResponseWriter
	in    *http.Request
	nonce string
	me    string // login; empty if there is nobody
	repo  string // owner/name, on pages of a repository
	role  sandbox.Role
}

func (v *visit) readForm() error {
	v.in.Body = http.MaxBytesReader(v.out, v.in.Body, maxForm)
	err := v.in.ParseForm()
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return &sandbox.Error{Status: http.StatusRequestEntityTooLarge, Message: "That is longer than a form may be."}
	case err != nil:
		return &sandbox.Error{Status: http.StatusBadRequest, Message: "The form could not be read."}
	}
	return nil
}

// field is a value of a posted form, as text.
func (v *visit) field(name string) string {
	return strings.ToValidUTF8(v.in.PostForm.Get(name), "\uFFFD")
}

// hands are those of the person who visits.
func (v *visit) hands() *sandbox.Person { return v.sb.As(v.me) }

// number is the issue that the address names.
func (v *visit) number() int {
	n, err := strconv.Atoi(v.in.PathValue("number"))
	if err != nil {
		return 0
	}
	return n
}

// repository finds what the person may see by name, whatever the case.
func (v *visit) repository(name string) (string, bool) {
	repos := v.sb.Repos()
	at := slices.IndexFunc(repos, func(r string) bool { return strings.EqualFold(r, name) })
	if at < 0 || !reaches(v.sb.Role(repos[at], v.me), sandbox.RoleRead) {
		return "", false
	}
	return repos[at], true
}

// may says whether the person's role in the repository reaches.
func (v *visit) may(min sandbox.Role) bool { return reaches(v.role, min) }

var ranks = []sandbox.Role{
	sandbox.RoleNone, sandbox.RoleRead, sandbox.RoleTriage, sandbox.RoleWrite, sandbox.RoleMaintain, sandbox.RoleAdmin,
}

func reaches(role, min sandbox.Role) bool {
	return slices.Index(ranks, role) >= slices.Index(ranks, min)
}

// redirect sends the browser on to show what was done.
func (v *visit) redirect(to string) error {
	http.Redirect(v.out, v.in, to, http.StatusSeeOther)
	return nil
}

// show renders a page whole before any of it is sent.
func (v *visit) show(status int, name string, f frame) error {
	f = v.framed(f)
	var out bytes.Buffer
	if err := templates[name].ExecuteTemplate(&out, "layout.html", f); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	v.out.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.out.WriteHeader(status)
	_, _ = out.WriteTo(v.out)
	return nil
}

func issuePath(repo string, number int) string { return fmt.Sprintf("/%s/issues/%d", repo, number) }

func wikiPath(repo, page string) string { return "/" + repo + "/wiki/" + url.PathEscape(page) }
