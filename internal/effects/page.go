package effects

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// toWiki commits the page, merged with what people wrote, and the index.
func (p *page) toWiki(ctx context.Context) (workflow.Published, error) {
	t := p.task
	remote, by, err := t.remote(ctx)
	if err != nil {
		return workflow.Published{}, err
	}
	if err := p.prepare(ctx); err != nil {
		return workflow.Published{}, err
	}
	commit, err := t.Wiki.Commit(ctx, remote, by, p.edit)
	if err != nil {
		return workflow.Published{}, err
	}
	if err := t.Store.SetBase(ctx, t.inc.Key, p.ours); err != nil {
		return workflow.Published{}, fmt.Errorf("keep page: %w", err)
	}
	return workflow.Published{
		Store: workflow.StoreWiki, URL: t.inc.Place.PageURL(t.inc.Postmortem.Page), Commit: commit.SHA,
		Unchanged: commit.Unchanged, Kept: p.merged.Kept, Deleted: p.merged.Deleted, Found: p.found,
		Filled: postmortem.FilledSections(p.merged.Text),
	}, nil
}

// remote returns where the wiki's git is, with a token for that repository's
// contents alone, and who the commit is by: the App's own user.
func (t *task) remote(ctx context.Context) (wiki.Remote, wiki.Author, error) {
	token, err := t.App.WikiToken(ctx, t.inc.Place.Installation, t.inc.Key.Repository)
	if err != nil {
		return wiki.Remote{}, wiki.Author{}, err
	}
	email := fmt.Sprintf("%d+%s@users.noreply.github.com", t.bot.ID, t.bot.Login)
	by := wiki.Author{Name: t.bot.Login, Email: email, When: t.Clock()}
	return wiki.Remote{URL: wiki.GitURL(t.WebURL, t.inc.Place.Owner, t.inc.Place.Repo), Token: token}, by, nil
}

// page is the post-mortem on its way into the wiki.
type page struct {
	*task
	base, ours string
	// stood is the comment that stood in for the page, nil if none did. Comment is
	// its text as it moves, edits what people changed in it and moved that as it
	// moves.
	stood        *github.Comment
	comment      string
	edits, moved []postmortem.Edit
	// left are those of edits that the page does not say.
	left   []postmortem.Edit
	listed []workflow.Incident
	merged postmortem.Merged
	// found counts by kind what people's own words in the page hold that
	// Firebreak would not write.
	found map[string]int
}

// prepare renders what Firebreak has to say, before the wiki is looked at.
func (p *page) prepare(ctx context.Context) error {
	timeline, err := p.Store.Timeline(ctx, p.inc.Key)
	if err != nil {
		return fmt.Errorf("read timeline: %w", err)
	}
	if p.base, err = p.Store.Base(ctx, p.inc.Key); err != nil {
		return fmt.Errorf("read page: %w", err)
	}
	p.ours, err = p.clean(postmortem.Render(workflow.Document(p.inc, timeline, p.Zone)))
	if err != nil {
		return fmt.Errorf("check post-mortem: %w", err)
	}
	if p.stood, err = p.standingIn(ctx); err != nil {
		return fmt.Errorf("read comment in its place: %w", err)
	}
	if p.stood == nil {
		return nil
	}
	return p.move()
}

// errTaken says that the wiki's page of that name is not this incident's: it is
// another's, as in a wiki that was copied, or not in Markdown.
var errTaken = errors.New("the wiki page of that name is not this incident's")

// edit makes the change on the wiki as it is at this attempt.
func (p *page) edit(ctx context.Context, now wiki.Snapshot) (wiki.Change, error) {
	file, theirs, err := find(ctx, now, p.inc.Postmortem.Page)
	if err != nil {
		return wiki.Change{}, err
	}
	if key, marked := postmortem.Find(theirs); marked && key != p.inc.Marker().String() || !isMarkdown(file) {
		return wiki.Change{}, errTaken
	}
	base := p.base
	p.left = nil
	if theirs == "" {
		base, theirs = "", p.comment
	} else {
		theirs = p.bringOver(theirs)
	}
	p.merged = postmortem.Merge(base, theirs, p.ours)
	if err := p.look(); err != nil {
		return wiki.Change{}, fmt.Errorf("check page: %w", err)
	}
	write := map[string][]byte{file: []byte(p.merged.Text)}
	indexFile, index, err := find(ctx, now, IndexPage)
	if err != nil {
		return wiki.Change{}, err
	}
	// Read at every attempt: another incident's publish may just have won.
	if p.listed, err = p.toList(ctx); err != nil {
		return wiki.Change{}, err
	}
	if isMarkdown(indexFile) {
		write[indexFile] = []byte(postmortem.MergeIndex(index, p.rows()))
	}
	message := fmt.Sprintf("Post-mortem of incident %d\n\nFrom %s", p.inc.Place.Number, p.inc.Place.URL)
	return wiki.Change{Message: message, Write: write}, nil
}

// look counts what people's words in the page hold that Firebreak would not
// write. Those words are theirs and stay; that they are there is told.
func (p *page) look() error {
	_, all, err := p.Gate.Clean(p.merged.Text)
	if err != nil {
		return err
	}
	_, ours, err := p.Gate.Clean(p.ours)
	if err != nil {
		return err
	}
	p.found = map[string]int{}
	for kind, n := range all {
		if n > ours[kind] {
			p.found[kind] = n - ours[kind]
		}
	}
	return nil
}

// isMarkdown says whether a wiki reads a file as Markdown.
func isMarkdown(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".md", ".markdown", ".mdown", ".mkd", ".mkdn":
		return true
	}
	return false
}

// find returns the file that holds a page, and its text; the file to make and
// no text if there is none.
func find(ctx context.Context, now wiki.Snapshot, name string) (file, text string, err error) {
	file, ok := wiki.FindPage(now.Pages(), name)
	if !ok {
		return wiki.FileName(name), "", nil
	}
	body, err := now.Read(ctx, file)
	if errors.Is(err, fs.ErrNotExist) {
		return file, "", nil
	}
	return file, string(body), err
}
