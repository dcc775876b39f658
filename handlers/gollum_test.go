package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// inWiki is an incident whose post-mortem is a wiki page.
func inWiki(number int, name string) workflow.Incident {
	return workflow.Incident{
		Key: workflow.Key{Repository: 7, Issue: int64(number)}, Active: true, Place: workflow.Place{Owner: "acme", Repo: "shop", Number: number},
		Postmortem: workflow.Postmortem{Page: name, Store: workflow.StoreWiki, PublishedAt: time.Unix(1, 0)},
	}
}

var sha = strings.Repeat("0a", 20)

func wikiPages(names ...string) object {
	list := []any{}
	for _, name := range names {
		list = append(list, object{"page_name": name, "title": name, "summary": nil, "action": "edited", "sha": sha, "html_url": "https://github.com/acme/shop/wiki/" + name})
	}
	return object{"pages": list}
}

// TestEditsOfTheWiki shows which incidents look at an edit, and whether what it
// adds is to count.
func TestEditsOfTheWiki(t *testing.T) {
	t.Parallel()
	asleep := inWiki(44, "Incident-44-slow")
	asleep.Active = false
	elsewhere := inWiki(45, "Incident-45-slow")
	elsewhere.Postmortem.Store = workflow.StoreIssue
	public := object{"id": 7, "name": "shop", "private": false, "owner": object{"login": "acme"}}
	for name, tc := range map[string]struct {
		more        object
		want, asked string
	}{
		"a post-mortem":              {wikiPages("Incident-42-slow"), "42 Incident-42-slow may=true tell", "maya"},
		"as people write its name":   {wikiPages("incident 42 Slow"), "42 incident 42 Slow may=true tell", "maya"},
		"by somebody with triage":    {but(wikiPages("Incident-42-slow"), object{"sender": person(3, "sam")}), "42 Incident-42-slow may=false tell", "sam"},
		"by a stranger":              {but(wikiPages("Incident-42-slow"), object{"sender": person(4, "eve")}), "42 Incident-42-slow may=false", "eve"},
		"by somebody who may read":   {but(wikiPages("Incident-42-slow"), object{"sender": person(5, "kim")}), "42 Incident-42-slow may=false tell", "kim"},
		"the same, in public":        {but(wikiPages("Incident-42-slow"), object{"sender": person(5, "kim"), "repository": public}), "42 Incident-42-slow may=false", "kim"},
		"with triage, in public":     {but(wikiPages("Incident-42-slow"), object{"sender": person(3, "sam"), "repository": public}), "42 Incident-42-slow may=false tell", "sam"},
		"by another bot":             {but(wikiPages("Incident-42-slow"), object{"sender": otherBot}), "42 Incident-42-slow may=false", ""},
		"by the App":                 {but(wikiPages("Incident-42-slow"), object{"sender": theBot}), "", ""},
		"two at once":                {wikiPages("Incident-42-slow", "Incident-43-slow"), "42 Incident-42-slow may=true tell, 43 Incident-43-slow may=true tell", "maya"},
		"maybe a renamed one":        {wikiPages("Runbook"), "43 Runbook may=true tell", "maya"},
		"the index":                  {wikiPages("incidents"), "", ""},
		"the sidebar":                {wikiPages("_Sidebar"), "", ""},
		"of an incident that sleeps": {wikiPages("Incident-44-slow"), "43 Incident-44-slow may=true tell", "maya"},
		"no commit":                  {object{"pages": []any{object{"page_name": "Incident-42-slow", "sha": "master"}}}, "", ""},
		"a name that hides a NUL":    {wikiPages("Run\x00book"), "", ""},
		"a name that is too long":    {wikiPages(strings.Repeat("x", 256)), "", ""},
		"no page":                    {object{}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base, recorded, github := newBase()
			github.may["kim"] = command.Read
			recorded.incidents = []workflow.Incident{inWiki(42, "Incident-42-slow"), inWiki(43, "Incident-43-slow"), asleep, elsewhere}
			if err := (&Gollum{base}).Handle(t.Context(), "gollum", "guid", payloadOf(t, "", tc.more)); err != nil {
				t.Fatal(err)
			}
			var have []string
			for _, s := range recorded.steps {
				ev := s.Event.(workflow.PageEdited)
				have = append(have, fmt.Sprintf("%d %s may=%t%s", s.Key.Issue, ev.Page, ev.May, map[bool]string{true: " tell"}[ev.Tell]))
				if ev.SHA != sha || !s.Meta.At.Equal(happened) || s.Meta.By.Login == "" {
					t.Errorf("recorded %+v", s)
				}
			}
			if got := strings.Join(have, ", "); got != tc.want {
				t.Errorf("recorded %q, want %q", got, tc.want)
			}
			if got := strings.ReplaceAll(strings.Join(github.asked, ", "), " in acme/shop", ""); got != tc.asked {
				t.Errorf("asked about %q, want %q", got, tc.asked)
			}
		})
	}
}

// Without an answer on the permission nothing runs, and the delivery is tried again.
func TestEditsOfTheWikiWaitForThePermission(t *testing.T) {
	t.Parallel()
	base, recorded, github := newBase()
	recorded.incidents = []workflow.Incident{inWiki(42, "Incident-42-slow")}
	base.GitHub = failing{github}
	err := (&Gollum{base}).Handle(t.Context(), "gollum", "guid", payloadOf(t, "", wikiPages("Incident-42-slow")))
	if err == nil || len(recorded.steps) > 0 {
		t.Errorf("error %v, recorded %+v; want an error and nothing", err, recorded.steps)
	}
}

// failing does not say what people may do.
type failing struct{ *people }

func (failing) Permission(context.Context, workflow.Place, string) (command.Permission, error) {
	return command.None, fmt.Errorf("no answer")
}

func TestManyPagesAreBounded(t *testing.T) {
	t.Parallel()
	base, recorded, _ := newBase()
	recorded.incidents = []workflow.Incident{inWiki(42, "Incident-42-slow")}
	many := slices.Repeat([]string{"Incident-42-slow"}, 200)
	if err := (&Gollum{base}).Handle(t.Context(), "gollum", "guid", payloadOf(t, "", wikiPages(many...))); err != nil || len(recorded.steps) != maxPages {
		t.Errorf("%d recorded, want %d: %v", len(recorded.steps), maxPages, err)
	}
}
