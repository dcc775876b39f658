package effects

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// maxText bounds a page that is brought up to date, in bytes. What Firebreak
// renders stays below a fourth of it.
const maxText = 1 << 20

// errHuge says that people made the page larger than can be read within reason.
var errHuge = errors.New("the wiki page is too large to be brought up to date")

// spot is where the incident's page is in the wiki, or is to be.
type spot struct {
	file, text string
	// name is the page's.
	name string
	// missing says that people deleted the page and that nobody asks for it,
	// revived that somebody does, joined that people have one of that name.
	missing, revived, joined bool
}

// errTaken says that the wiki's page of that name is not this incident's: it is
// another's, as in a wiki that was copied, or not in Markdown.
var errTaken = errors.New("the wiki page of that name is not this incident's")

// errUnspeakable says that people gave the page a name that must not be repeated.
var errUnspeakable = errors.New("the wiki page's name holds what is not written anywhere")

// locate finds the page under the name that is known, or under the one that
// people have given it since: by its marker, which only the original has while
// it is there. A page that is nowhere was deleted, if it ever was there.
func (p *page) locate(ctx context.Context, now wiki.Snapshot) (spot, error) {
	known := p.inc.Postmortem
	file, text, there, err := find(ctx, now, known.Page)
	s := spot{file: file, text: text, name: known.Page}
	switch {
	case err != nil:
		return s, err
	case len(text) > maxText:
		return s, errHuge
	case p.isOurs(text):
		return s, nil
	}
	if p.wasInWiki() {
		moved, found, err := p.search(ctx, now)
		if err != nil || found {
			return moved, err
		}
	}
	if _, marked := postmortem.Find(text); marked {
		return s, errTaken
	}
	gone := !there && known.Store == workflow.StoreWiki
	s.missing = gone && len(known.Requests) == 0
	s.revived = gone && !s.missing
	s.joined = there && !p.wasInWiki()
	return s, nil
}

// wasInWiki says whether this repository's wiki ever held the page.
func (p *page) wasInWiki() bool {
	known := p.inc.Postmortem
	return known.Store == workflow.StoreWiki || known.Blob != ""
}

func (p *page) isOurs(text string) bool {
	key, marked := postmortem.Find(text)
	return marked && key == p.inc.Marker().String()
}

// search looks for a renamed page. Its name is people's text from then on, and
// passes the gate before it is repeated anywhere.
func (p *page) search(ctx context.Context, now wiki.Snapshot) (spot, bool, error) {
	known := p.inc.Postmortem
	look := wiki.Search{
		ID: known.Blob, Commit: known.Commit, Stem: postmortem.PageName(p.inc.Place.Number, ""), Is: p.isOurs,
	}
	file, text, found, err := look.Find(ctx, now)
	switch {
	case err != nil || !found:
		return spot{}, false, err
	case len(text) > maxText:
		return spot{}, false, errHuge
	}
	s := spot{file: file, text: text, name: known.Page}
	if wiki.SamePage(file, known.Page) {
		return s, true, nil
	}
	s.name = wiki.PageName(file)
	if clean, err := p.pass(s.name); err != nil {
		return spot{}, false, err
	} else if clean != s.name {
		return spot{}, false, errUnspeakable
	}
	return s, true, nil
}

// isMarkdown says whether a wiki reads a file as Markdown.
func isMarkdown(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".md", ".markdown", ".mdown", ".mkd", ".mkdn":
		return true
	}
	return false
}

// find returns the file that holds a page, and its text; the file to make if
// there is none.
func find(ctx context.Context, now wiki.Snapshot, name string) (file, text string, there bool, err error) {
	file, there = wiki.FindPage(now.Pages(), name)
	if !there {
		return wiki.FileName(name), "", false, nil
	}
	body, err := now.Read(ctx, file)
	if errors.Is(err, fs.ErrNotExist) {
		return file, "", false, nil
	}
	return file, string(body), true, err
}
