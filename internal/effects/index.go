package effects

import (
	"context"
	"fmt"

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

// rows are the index's. That of the incident being published is as it will be
// afterwards, since publishing may complete a step: the index would be out of
// date by its own commit.
func (p *page) rows() []postmortem.IndexRow {
	var rows []postmortem.IndexRow
	for _, inc := range p.listed {
		if inc.Key == p.inc.Key {
			now := p.Clock()
			published := workflow.Published{Store: workflow.StoreWiki, URL: inc.Place.PageURL(inc.Postmortem.Page), Filled: postmortem.FilledSections(p.merged.Text)}
			inc, _ = p.Rules.Apply(inc, workflow.Meta{At: now, Now: now}, published)
		}
		rows = append(rows, p.Rules.IndexRow(inc))
	}
	return rows
}
