package effects

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/markdown"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// readEdits looks at what people made of the page in the wiki: the action items
// that they added become the incident's, if they have write permission. Each edit
// is compared with the page as it was before it, so that nobody's words pass for
// those of whoever edits after them.
func (t *task) readEdits(ctx context.Context) error {
	edits := t.inc.Postmortem.Edits
	if len(edits) == 0 || !t.inc.InWiki() {
		t.idle = true
		return nil
	}
	r := &editReader{task: t}
	remote, _, err := t.remote(ctx)
	if err == nil {
		err = t.Wiki.Trace(ctx, remote, r.all)
	}
	if t.unreadable(err) {
		r.found, r.others = workflow.ActionsRead{}, nil
		r.tellOnce("The edit of the post-mortem in the wiki could not be looked at, since the wiki cannot be read. Action items added there are not taken; `/incident action` takes them.", edits)
	} else if err != nil {
		return fmt.Errorf("read post-mortem's edits: %w", err)
	}
	r.found.Edits = edits
	return t.Store.Record(ctx, "", append(t.steps(r.found), r.others...)...)
}

// unreadable says that trying again will not help. That the wiki cannot be had is
// told by the publish, which tries it again.
func (t *task) unreadable(err error) bool {
	for _, known := range []error{wiki.ErrNoWiki, wiki.ErrDenied, wiki.ErrTooLarge, wiki.ErrElsewhere} {
		if errors.Is(err, known) {
			return true
		}
	}
	return github.Is(err, github.Forbidden) || github.Is(err, github.Invalid)
}

// editReader looks at the edits of one incident's page, one by one.
type editReader struct {
	*task
	found workflow.ActionsRead
	// others tell other incidents of edits that turned out to be of their pages.
	others []store.Step
	// now is the page as it is now.
	now string
	// past hands over what the page said before an edit's parent, version by
	// version, the newest first.
	past func(read func(text string) (more bool, err error)) error
}

func (r *editReader) all(ctx context.Context, h *wiki.History) error {
	for _, e := range r.inc.Postmortem.Edits {
		if err := r.one(ctx, h, e); err != nil {
			return err
		}
	}
	return nil
}

// one looks at one edit.
func (r *editReader) one(ctx context.Context, h *wiki.History, e workflow.PageEdit) error {
	before, after, err := h.Edit(ctx, e.SHA)
	if errors.Is(err, wiki.ErrForgotten) {
		r.tellOnce("An edit of the post-mortem in the wiki could not be looked at: it is not among the wiki's newest hundred. Action items added by it are not taken; `/incident action` takes them.", []workflow.PageEdit{e})
		return nil
	}
	if err != nil {
		return err
	}
	is, err := r.read(ctx, after, e.Page)
	if err != nil {
		return err
	}
	if own, err := r.own(ctx, h.Now(), e, is); err != nil || !own {
		return err
	}
	was, err := r.earlier(ctx, before, after, e.Page)
	if err != nil {
		return err
	}
	if r.now, err = r.read(ctx, h.Now(), e.Page); err != nil {
		return err
	}
	r.past = func(read func(text string) (bool, error)) error { return r.versions(ctx, h, e, read) }
	return r.compare(e, was, is)
}

// maxPast is how many commits back an item is looked for that an edit seems to
// add.
const maxPast = 30

// versions reads what the page said before an edit, under either name.
func (r *editReader) versions(ctx context.Context, h *wiki.History, e workflow.PageEdit, read func(text string) (bool, error)) error {
	return h.Past(ctx, e.SHA, maxPast, func(then wiki.Snapshot) (bool, error) {
		for _, name := range []string{e.Page, r.inc.Postmortem.Page} {
			text, err := r.read(ctx, then, name)
			if err != nil {
				return false, err
			}
			if more, err := read(text); err != nil || !more {
				return false, err
			}
		}
		return true, nil
	})
}

// own says whether the page is the incident's. Pages of other names are looked at
// since people rename pages, and only then: a copy of a page is not the page.
func (r *editReader) own(ctx context.Context, now wiki.Snapshot, e workflow.PageEdit, text string) (bool, error) {
	if workflow.SamePage(e.Page, r.inc.Postmortem.Page) {
		return true, nil
	}
	whose, err := r.whose(ctx, now, text)
	if err != nil || whose == nil {
		return false, err
	}
	if whose.Key != r.inc.Key {
		r.passOn(whose.Key, e)
		return false, nil
	}
	r.found.Moved = true
	return true, nil
}

// whose is the incident whose page a text is, to go by its marker; nil if it is
// none's, or if that incident's page is where it was.
func (r *editReader) whose(ctx context.Context, now wiki.Snapshot, text string) (*workflow.Incident, error) {
	key, marked := postmortem.Find(text)
	if !marked {
		return nil, nil
	}
	all, err := r.Store.Incidents(ctx, r.inc.Key.Repository)
	if err != nil {
		return nil, fmt.Errorf("read incidents: %w", err)
	}
	for _, inc := range all {
		if inc.Marker().String() != key || !inc.InWiki() {
			continue
		}
		if _, there := wiki.FindPage(now.Pages(), inc.Postmortem.Page); there {
			return nil, nil
		}
		return &inc, nil
	}
	return nil, nil
}

// passOn tells another incident of an edit of its page.
func (r *editReader) passOn(key workflow.Key, e workflow.PageEdit) {
	meta := workflow.Meta{Delivery: string(r.effect.Kind), At: e.At, Now: r.Clock(), By: e.By}
	r.others = append(r.others, store.Step{Key: key, Meta: meta, Event: workflow.PageEdited{Page: e.Page, SHA: e.SHA, May: e.May, Tell: e.Tell, Moved: true}})
}

// maxPage bounds a page that is read for its action items, in bytes. What
// Firebreak renders stays below a fourth of it.
const maxPage = 512 << 10

// read returns a page's text, empty if there is none or if nobody could have
// written it by hand.
func (r *editReader) read(ctx context.Context, at wiki.Snapshot, page string) (string, error) {
	file, there := wiki.FindPage(at.Pages(), page)
	if !there || !isMarkdown(file) {
		return "", nil
	}
	return r.text(ctx, at, file)
}

func (r *editReader) text(ctx context.Context, at wiki.Snapshot, file string) (string, error) {
	body, err := at.Read(ctx, file)
	if errors.Is(err, fs.ErrNotExist) || len(body) > maxPage {
		return "", nil
	}
	return string(body), err
}

// maxRenamed bounds how many files that an edit took away are read.
const maxRenamed = 5

// earlier returns what the page said before an edit, which may have renamed it.
func (r *editReader) earlier(ctx context.Context, before, after wiki.Snapshot, page string) (string, error) {
	if _, there := wiki.FindPage(before.Pages(), page); there {
		return r.read(ctx, before, page)
	}
	still := map[string]bool{}
	for _, file := range after.Pages() {
		still[file] = true
	}
	looked := 0
	for _, file := range before.Pages() {
		if still[file] || !isMarkdown(file) || looked == maxRenamed {
			continue
		}
		looked++
		text, err := r.text(ctx, before, file)
		if err != nil {
			return "", err
		}
		if key, marked := postmortem.Find(text); marked && key == r.inc.Marker().String() {
			return text, nil
		}
	}
	return "", nil
}

// tellOnce says something on the timeline where an edit that counted is not
// taken. Of strangers' edits nothing is said: anybody can make
// them.
func (r *editReader) tellOnce(what string, edits []workflow.PageEdit) {
	for _, e := range edits {
		if e.May {
			r.found.Problems = append(r.found.Problems, what)
			return
		}
	}
}

func quoted(text string) string { return "“" + markdown.Clip(text, 100) + "”" }
