package handlers

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow"
)

func TestImpactOfTheBody(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want []string
	}{
		"none":                   {"It is slow.", nil},
		"as one":                 {"### Impact\n\nOne checkout in three.", []string{"One checkout in three."}},
		"as a list":              {"### Impact\n\n- users: a third\n- all plans", []string{"users: a third", "all plans"}},
		"by aspect, from a form": {"### User impact\n\nA third.\n\n### Data\n\n_No response_\n\n### Business impact\n\n- orders\n- refunds", []string{"Users: A third.", "Business: orders", "Business: refunds"}},
		"with its aspect said":   {"### Data\n\ndata: none lost", []string{"data: none lost"}},
		"both":                   {"### Impact\n\nBad.\n\n### Customer impact\n\nA third.", []string{"Bad.", "Users: A third."}},
		"below the heading":      {"## Impact\n\nBad.\n\n### Users\n\nA third.\n\n### Data:\n\nNone.", []string{"Bad.", "Users: A third.", "Data: None."}},
		"below, and no more":     {"## Impact\n### Users\n- a\n- b", []string{"Users: a", "Users: b"}},
		"below, among others":    {"## Impact\n### Users\nA third.\n### Cost\nMuch.", []string{"### Users\nA third.\n### Cost\nMuch."}},
		"of another name":        {"### Data model\n\nTables.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			b, s := &Base{}, &workflow.Snapshot{}
			b.readBody(s, c.body, payload{Issue: &issue{}})
			if diff := cmp.Diff(c.want, s.Body.Impact); diff != "" {
				t.Errorf("impact (-want +got):\n%s", diff)
			}
		})
	}
}
