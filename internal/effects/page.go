package effects

import (
	"context"
	"fmt"

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
	out := p.outcome()
	out.Commit, out.Unchanged = commit.SHA, commit.Unchanged
	if out.Missing {
		return out, nil
	}
	if err := t.Store.SetBase(ctx, t.inc.Key, p.ours); err != nil {
		return workflow.Published{}, fmt.Errorf("keep page: %w", err)
	}
	return out, nil
}

// outcome is what the wiki holds after the edit.
func (p *page) outcome() workflow.Published {
	if p.spot.missing {
		return workflow.Published{Store: workflow.StoreWiki, Missing: true, Files: p.crowd}
	}
	return workflow.Published{
		Store: workflow.StoreWiki, URL: p.inc.Place.PageURL(p.spot.name), Page: p.spot.name, Blob: wiki.ID([]byte(p.merged.Text)),
		Revived: p.spot.revived, Joined: p.spot.joined, Files: p.crowd,
		Kept: p.merged.Kept, Deleted: p.merged.Deleted, Left: p.merged.Left, Open: p.merged.Open, Found: p.found,
		Filled: postmortem.FilledSections(p.merged.Text),
	}
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
	spot   spot
	merged postmortem.Merged
	// crowd is how many files the wiki has, if somebody is to be told.
	crowd int
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

// edit makes the change on the wiki as it is at this attempt.
func (p *page) edit(ctx context.Context, now wiki.Snapshot) (_ wiki.Change, err error) {
	if err := p.fetch(ctx, now); err != nil {
		return wiki.Change{}, err
	}
	if p.spot, err = p.locate(ctx, now); err != nil {
		return wiki.Change{}, err
	}
	if !isMarkdown(p.spot.file) {
		return wiki.Change{}, errTaken
	}
	ch := wiki.Change{Write: map[string][]byte{}}
	p.left, p.found, p.merged = nil, nil, postmortem.Merged{}
	if !p.spot.missing {
		if err := p.merge(); err != nil {
			return wiki.Change{}, err
		}
		ch.Write[p.spot.file] = []byte(p.merged.Text)
	}
	if err := p.editIndex(ctx, now, ch.Write); err != nil {
		return wiki.Change{}, err
	}
	ch.Message, err = p.message()
	return ch, err
}

// fetch gets page and index in one request.
func (p *page) fetch(ctx context.Context, now wiki.Snapshot) error {
	var files []string
	for _, name := range []string{p.inc.Postmortem.Page, IndexPage} {
		if file, there := wiki.FindPage(now.Pages(), name); there {
			files = append(files, file)
		}
	}
	return now.Fetch(ctx, files)
}

// merge brings the page up to date around what people wrote.
func (p *page) merge() error {
	base, theirs := p.base, p.spot.text
	if theirs == "" {
		base, theirs = "", p.comment
	} else {
		theirs = p.bringOver(theirs)
	}
	p.merged = postmortem.Merge(base, theirs, p.ours)
	if err := p.look(); err != nil {
		return fmt.Errorf("check page: %w", err)
	}
	return nil
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
