package checklist_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

var update = flag.Bool("update", false, "write the golden files anew")

// start is when every incident of these tests is declared.
var start = time.Date(2026, 11, 23, 12, 1, 0, 0, time.UTC)

func at(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }

func marks(ids ...string) map[string]checklist.Mark {
	all := map[string]checklist.Mark{}
	for _, id := range ids {
		all[id] = checklist.Mark{Ticked: true}
	}
	return all
}

func declared() checklist.View {
	return checklist.View{
		Key: "4711/42", DeclaredAt: start, DeclaredBy: "maya",
		Timeline: []checklist.Row{{At: start, What: "declared", Who: "maya", URL: "https://github.com/acme/shop/issues/42"}},
		Commands: "| command | does |\n|---|---|\n| `/incident update TEXT` | tells the stakeholders |\n| `/postmortem` | writes the post-mortem |",
	}
}

func midIncident() checklist.View {
	v := declared()
	v.Severity, v.Lead, v.Comms, v.Elapsed, v.UpdatedAt = "P1", "jon", "maya", 42*time.Minute, at(30)
	v.Links = []checklist.Link{{Text: "what is known", URL: "https://github.com/acme/shop/issues/42#issuecomment-2"}}
	v.Marks = marks("triage", "triage.systems", "triage.users", "triage.blast-radius", "triage.data", "triage.timeline", "mitigate.act")
	v.Marks["mitigate.communicate"] = checklist.Mark{Ticked: true, Evidence: "told 12:09"}
	v.Marks["done.notified"] = checklist.Mark{Ticked: true, Evidence: "12:09, #ops and @acme/support"}
	v.Timeline = append(v.Timeline,
		checklist.Row{At: at(18), What: "ticked: affected systems", Who: "jon"},
		checklist.Row{At: at(3), What: "severity P1", Who: "jon"},
		checklist.Row{At: at(-9), What: "deployment 4411 to production | `main`\n<!-- step:done.clean -->", Who: "deploy-bot[bot]"},
		checklist.Row{At: at(21), What: "rolled back deployment 4411, @everyone", Who: "maya", URL: "https://github.com/acme/shop/issues/42#issuecomment-3"},
	)
	return v
}

func finished() checklist.View {
	v := midIncident()
	v.Elapsed, v.Closed = 26*time.Hour+5*time.Minute, true
	d := checklist.Default()
	for _, s := range d.Steps {
		for _, i := range s.Items {
			v.Marks[i.ID] = checklist.Mark{Ticked: true, Evidence: v.Marks[i.ID].Evidence}
		}
	}
	for _, i := range d.Done {
		v.Marks[i.ID] = checklist.Mark{Ticked: true, Evidence: v.Marks[i.ID].Evidence}
	}
	v.Marks["post-mortem.published"] = checklist.Mark{Ticked: true, Evidence: "https://github.com/acme/shop/wiki/Incident-42-checkout_times_out"}
	v.FollowUps = []checklist.FollowUp{
		{Number: 43, URL: "https://github.com/acme/shop/issues/43", Text: "Fail start-up when the pool size is not set", Owner: "maya", Due: at(20160), Closed: true},
		{Number: 44, URL: "https://github.com/acme/shop/issues/44", Text: "Alert on pool | wait time", Due: at(43200)},
		{Text: "Deploy configuration apart from code"},
	}
	v.Timeline = append(v.Timeline, checklist.Row{At: at(1500), What: "closed", Who: "jon"})
	return v
}

func stopped() checklist.View {
	v := midIncident()
	v.Stopped, v.Label, v.Untrusted = true, "sev", true
	v.Notes = []string{"The wiki has no page yet: create one, any.", "See https://docs.github.com/wikis for <how>."}
	return v
}

// changed is a comment as people left it: words of their own in every place,
// items translated, deleted, copied and moved.
func changed(t *testing.T) string {
	t.Helper()
	body, err := os.ReadFile("testdata/edited.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func golden(t *testing.T) map[string]string {
	d := checklist.Default()
	return map[string]string{
		"new.md":           checklist.New(d, declared()),
		"mid-incident.md":  checklist.New(d, midIncident()),
		"done.md":          checklist.New(d, finished()),
		"stopped.md":       checklist.New(d, stopped()),
		"edited-merged.md": checklist.Merge(d, changed(t), midIncident()),
	}
}

func TestGolden(t *testing.T) {
	for name, got := range golden(t) {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s differs (-want +got); go test ./workflow/checklist -update writes it anew\n%s", path, diff)
			}
		})
	}
}

func TestEveryFixtureIsUsed(t *testing.T) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	used := golden(t)
	used["edited.md"] = changed(t)
	for _, f := range files {
		if used[f.Name()] == "" && f.Name() != "fuzz" {
			t.Errorf("testdata/%s is read by no test", f.Name())
		}
	}
}
