package adopt

import (
	"context"
	"errors"
	"path"
	"strings"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// maxCandidates bounds how many pages of an incident's number are looked into for
// want of a mark.
const maxCandidates = 20

// Page finds the incident's page in the wiki: its hidden mark names the incident,
// whatever the page is called now. A page whose name begins with the incident's
// number and that has no mark counts where there is no other. A wiki that is not
// there holds no page.
func (p *Past) Page(ctx context.Context, key workflow.Key, at workflow.Place) (name, text string, err error) {
	token, err := p.App.WikiToken(ctx, at.Installation, key.Repository)
	if err != nil {
		return "", "", ignoreNone(err)
	}
	remote := wiki.Remote{URL: wiki.GitURL(p.WebURL, at.Owner, at.Repo), Token: token}
	err = p.Wiki.Read(ctx, remote, func(ctx context.Context, now wiki.Snapshot) error {
		var err error
		name, text, err = choose(ctx, now, key, at.Number)
		return err
	})
	return name, text, ignoreNone(err)
}

// ignoreNone lets pass that there is no wiki, or none for this App.
func ignoreNone(err error) error {
	for _, none := range []error{wiki.ErrNoWiki, wiki.ErrDenied, wiki.ErrTooLarge} {
		if errors.Is(err, none) {
			return nil
		}
	}
	if github.Permanent(err) {
		return nil
	}
	return err
}

// choose looks for the mark first, under any name: people rename pages.
func choose(ctx context.Context, now wiki.Snapshot, key workflow.Key, number int) (name, text string, err error) {
	search := wiki.Search{Stem: postmortem.PageName(number, ""), Is: func(text string) bool {
		owner, marked := postmortem.Find(text)
		return marked && owner == key.String()
	}}
	file, text, found, err := search.Find(ctx, now)
	if err != nil || found {
		return wiki.PageName(file), text, err
	}
	for _, file := range pagesOf(now.Pages(), number) {
		body, err := now.Read(ctx, file)
		if err != nil {
			return "", "", err
		}
		if _, marked := postmortem.Find(string(body)); !marked {
			return wiki.PageName(file), string(body), nil
		}
	}
	return "", "", nil
}

// pagesOf are the Markdown files whose page has the incident's number.
func pagesOf(files []string, number int) []string {
	stem := strings.ToLower(postmortem.PageName(number, ""))
	var out []string
	for _, file := range files {
		ext := path.Ext(file)
		page := strings.ReplaceAll(strings.ToLower(wiki.PageName(file)), " ", "-")
		if strings.EqualFold(ext, ".md") && (page == stem || strings.HasPrefix(page, stem+"-")) && len(out) < maxCandidates {
			out = append(out, file)
		}
	}
	return out
}
