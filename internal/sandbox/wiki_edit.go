package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// wikiEdit is one change of a page on the web.
type wikiEdit struct {
	page    string
	name    string  // empty keeps the page's
	body    *string // nil deletes the page
	message string
}

// firstPage initialises the wiki, as only the web can.
func (w *world) firstPage(r *repo, by *user) error {
	body := fmt.Sprintf("Welcome to the %s wiki!\n", r.name)
	return w.editWiki(by, r, wikiEdit{page: "Home", body: &body, message: "Initial Home page"})
}

// mayEditWiki: write, or in an open wiki whoever may read.
func (w *world) mayEditWiki(by *user, r *repo) error {
	if !r.hasWiki() {
		return errNotFound
	}
	if err := r.writable(); err != nil {
		return err
	}
	if r.opts.WikiOpen {
		return actor{user: by}.need(r, RoleRead)
	}
	if by == r.owner {
		return nil
	}
	return actor{user: by}.need(r, RoleWrite)
}

// editWiki commits a change and reports it. A push that got in between is built
// upon.
func (w *world) editWiki(by *user, r *repo, e wikiEdit) error {
	if !allowedTitle(e.page) || e.name != "" && !allowedTitle(e.name) {
		return &Error{Status: http.StatusUnprocessableEntity, Message: "The page's name is not allowed"}
	}
	if !r.wiki.ready() {
		if err := r.wiki.create(!w.opts.NoFilter); err != nil {
			return err
		}
	}
	for range 10 {
		done, err := w.tryEdit(by, r, e)
		if done || err != nil {
			return err
		}
	}
	return errors.New("edit the wiki: it keeps changing")
}

func allowedTitle(name string) bool {
	return !strings.ContainsAny(name, `\/:*?"<>|`) && strings.TrimSpace(name) != ""
}

func (w *world) tryEdit(by *user, r *repo, e wikiEdit) (done bool, err error) {
	head := r.wiki.head()
	files, err := r.wiki.files(head)
	if err != nil {
		return false, err
	}
	was, existed := find(files, e.page)
	if (e.body == nil || e.name != "") && !existed {
		return false, errNotFound
	}
	if !existed {
		was = wikiFile{mode: "100644", path: fileOf(e.page)}
	}
	is, err := renamed(files, was, e.name)
	if err != nil {
		return false, err
	}
	commit, err := r.wiki.commit(head, was, is, e, identity(by, w.now()))
	if err != nil || commit == "" {
		return true, err
	}
	if _, err := r.wiki.git("", nil, "update-ref", wikiBranch, commit, orZero(head)); err != nil {
		return false, nil // somebody pushed meanwhile
	}
	if e.body != nil {
		action := "edited"
		if !existed {
			action = "created"
		}
		w.tellWiki(by, r, []object{w.pageJSON(r, is.page(), action, commit)})
	}
	return true, nil
}

func fileOf(page string) string { return strings.ReplaceAll(page, " ", "-") + ".md" }

// renamed is the file under the name that an edit gives it; titles are there once.
func renamed(files []wikiFile, was wikiFile, name string) (wikiFile, error) {
	if name == "" {
		return was, nil
	}
	if other, taken := find(files, name); taken && other.path != was.path {
		return wikiFile{}, &Error{Status: http.StatusUnprocessableEntity, Message: "A page of this name exists"}
	}
	was.path = fileOf(name)
	return was, nil
}

func orZero(commit string) string {
	if commit == "" {
		return strings.Repeat("0", 40)
	}
	return commit
}

// commit writes the change as a commit on head; none if nothing changes.
func (k *wiki) commit(head string, was, is wikiFile, e wikiEdit, by []string) (string, error) {
	index := "GIT_INDEX_FILE=" + k.dir + "/index.web"
	if _, err := k.git("", []string{index}, readTreeArgs(head)...); err != nil {
		return "", err
	}
	change := "0 " + orZero("") + "\t" + was.path + "\x00"
	if e.body != nil {
		blob, err := k.git(*e.body, nil, "hash-object", "-w", "--stdin")
		if err != nil {
			return "", err
		}
		if is.path == was.path {
			change = ""
		}
		change += is.mode + " " + strings.TrimSpace(blob) + "\t" + is.path + "\x00"
	}
	if _, err := k.git(change, []string{index}, "update-index", "-z", "--index-info"); err != nil {
		return "", err
	}
	tree, err := k.git("", []string{index}, "write-tree")
	if err != nil {
		return "", err
	}
	return k.commitTree(head, strings.TrimSpace(tree), e.message, by)
}

func readTreeArgs(head string) []string {
	if head == "" {
		return []string{"read-tree", "--empty"}
	}
	return []string{"read-tree", head}
}

func (k *wiki) commitTree(head, tree, message string, by []string) (string, error) {
	args := []string{"commit-tree", tree}
	if head != "" {
		was, err := k.git("", nil, "rev-parse", head+"^{tree}")
		if err != nil || strings.TrimSpace(was) == tree {
			return "", err
		}
		args = slices.Concat(args, []string{"-p", head})
	}
	out, err := k.git(message, by, args...)
	return strings.TrimSpace(out), err
}

// tellWiki sends gollum, which has no action of its own.
func (w *world) tellWiki(by *user, r *repo, pages []object) {
	w.repoEvent("gollum", "", by, r, object{"pages": pages})
}

func (w *world) pageJSON(r *repo, page, action, commit string) object {
	return object{
		"page_name": page, "title": strings.ReplaceAll(page, "-", " "), "summary": nil, "action": action, "sha": commit,
		"html_url": w.repoWeb(r) + "/wiki/" + page,
	}
}
