package effects

import (
	"context"
	"fmt"

	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// IndexPage is the wiki page that lists all incidents.
const IndexPage = "Incidents"

// toList returns the incidents that the index lists, their titles checked.
func (p *page) toList(ctx context.Context) ([]workflow.Incident, error) {
	all, err := p.Store.Incidents(ctx, p.inc.Key.Repository)
	if err != nil {
		return nil, fmt.Errorf("read incidents: %w", err)
	}
	var listed []workflow.Incident
	for _, inc := range all {
		if !inc.Listed() {
			continue
		}
		if inc.Title, err = p.clean(inc.Title); err != nil {
			return nil, fmt.Errorf("check index: %w", err)
		}
		listed = append(listed, inc)
	}
	return listed, nil
}

// editIndex brings the index up to date in the same commit. It is read at every
// attempt: another incident's publish may just have won.
func (p *page) editIndex(ctx context.Context, now wiki.Snapshot, write map[string][]byte) error {
	file, index, _, err := find(ctx, now, IndexPage)
	if err != nil {
		return err
	}
	if p.listed, err = p.toList(ctx); err != nil {
		return err
	}
	p.crowd = p.crowded(len(now.Pages()))
	if isMarkdown(file) && len(index) <= maxText {
		write[file] = []byte(postmortem.MergeIndex(index, p.rows(now)))
	}
	return nil
}

// rows are the index's. That of the incident being published is as it will be
// afterwards, since publishing may complete a step: the index would be out of
// date by its own commit.
func (p *page) rows(wikiNow wiki.Snapshot) []postmortem.IndexRow {
	there := pages(wikiNow)
	var rows []postmortem.IndexRow
	for _, inc := range p.listed {
		if inc.Key == p.inc.Key {
			now := p.Clock()
			inc, _ = p.Rules.Apply(inc, workflow.Meta{At: now, Now: now}, p.outcome())
			rows = append(rows, linked(p.Rules.IndexRow(inc), inc.Postmortem.URL))
			continue
		}
		rows = append(rows, linked(p.Rules.IndexRow(inc), there.url(inc)))
	}
	return rows
}

// linked is a row that leads to where the post-mortem is, or nowhere.
func linked(row postmortem.IndexRow, url string) postmortem.IndexRow {
	if row.PageURL = url; url == "" {
		row.Page = ""
	}
	return row
}

// shelf is what pages a wiki has, to link no incident to one that is not there.
type shelf struct {
	names map[string]bool
	wiki  wiki.Snapshot
}

func pages(now wiki.Snapshot) shelf {
	s := shelf{names: map[string]bool{}, wiki: now}
	for _, file := range now.Pages() {
		if wiki.IsPage(file) {
			s.names[wiki.Key(file)] = true
		}
	}
	return s
}

// url leads to another incident's post-mortem: the page that it has, the one that
// people renamed it to and that has not been published again since, or the comment
// in its place. It is empty if there is none.
func (s shelf) url(inc workflow.Incident) string {
	p := inc.Postmortem
	if p.Page == "" || p.Store == workflow.StoreIssue {
		return p.URL
	}
	if s.names[wiki.Key(p.Page)] {
		return inc.Place.PageURL(p.Page)
	}
	if file, ok := s.wiki.Holding(p.Blob); ok {
		return inc.Place.PageURL(wiki.PageName(file))
	}
	return ""
}

// crowded returns how many files the wiki has if that is nearly more than it is
// made for and nobody in the repository has been told.
func (p *page) crowded(files int) int {
	const near = workflow.WikiFiles * 9 / 10
	told := p.inc.Postmortem.Crowded
	for _, inc := range p.listed {
		told = told || inc.Postmortem.Crowded
	}
	if told || files < near || len(p.inc.Postmortem.Requests) == 0 {
		return 0
	}
	return files
}
