package handlers

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// form is an issue form, by GitHub's schema.
//
// https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
type form struct {
	Name        string   `yaml:"name"`
	Description string   `yaml:"description"`
	Labels      []string `yaml:"labels"`
	Body        []field  `yaml:"body"`
}

type field struct {
	Type       string `yaml:"type"`
	ID         string `yaml:"id"`
	Attributes struct {
		Label       string   `yaml:"label"`
		Description string   `yaml:"description"`
		Placeholder string   `yaml:"placeholder"`
		Value       string   `yaml:"value"`
		Options     []string `yaml:"options"`
	} `yaml:"attributes"`
	Validations struct {
		Required bool `yaml:"required"`
	} `yaml:"validations"`
}

func shippedForm(t *testing.T) form {
	t.Helper()
	text, err := os.ReadFile("../docs/issue-form/incident.yml")
	if err != nil {
		t.Fatal(err)
	}
	var f form
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&f); err != nil {
		t.Fatal(err)
	}
	return f
}

// submit returns the text that GitHub makes of the answers, by the fields' ids.
func (f form) submit(answers map[string]string) string {
	var b strings.Builder
	for _, field := range f.Body {
		if field.Type == "markdown" {
			continue
		}
		answer := answers[field.ID]
		if answer == "" {
			answer = "_No response_"
		}
		fmt.Fprintf(&b, "### %s\n\n%s\n\n", field.Attributes.Label, answer)
	}
	return strings.TrimRight(b.String(), "\n")
}

func (f form) field(id string) field {
	return f.Body[slices.IndexFunc(f.Body, func(f field) bool { return f.ID == id })]
}

func TestTheFormIsOneThatGitHubTakes(t *testing.T) {
	t.Parallel()
	f := shippedForm(t)
	if f.Name == "" || f.Description == "" || !slices.Equal(f.Labels, []string{workflow.DefaultRules().IncidentLabel}) {
		t.Errorf("the form's head is %q, %q, labels %q", f.Name, f.Description, f.Labels)
	}
	ids, labels := map[string]bool{"": true}, map[string]bool{"": true}
	for _, is := range f.Body {
		if is.Type == "markdown" {
			if is.Attributes.Value == "" || is.ID != "" {
				t.Errorf("%+v", is)
			}
			continue
		}
		if !slices.Contains([]string{"textarea", "input", "dropdown"}, is.Type) || ids[is.ID] || labels[is.Attributes.Label] ||
			!regexp.MustCompile(`^[A-Za-z0-9_-]+$`).MatchString(is.ID) || (is.Type == "dropdown") != (is.Attributes.Options != nil) {
			t.Errorf("%+v", is)
		}
		ids[is.ID], labels[is.Attributes.Label] = true, true
	}
	var want []string
	for _, s := range checklist.Default().Severities {
		want = append(want, s.Name+": "+s.Means)
	}
	if diff := cmp.Diff(append([]string{"Not sure"}, want...), f.field("severity").Attributes.Options); diff != "" {
		t.Errorf("severities (-definition +form):\n%s", diff)
	}
}

var answers = map[string]string{
	"summary": "One checkout in three\ntimes out.", "severity": "P1: major degradation, significant user impact", "systems": "checkout, orders",
	"users": "a third of all", "data": "none lost", "started": "11:50 UTC", "detected": "5 min ago",
	"links": "- Dashboard: https://grafana.acme.example/d/1\n- [Alert](https://alerts.acme.example/7)\nnone",
}

// submitted is what follows from the form's text, opened by somebody.
func submitted(t *testing.T, body string, who object) (workflow.Adopted, postmortem.Document) {
	t.Helper()
	base, recorded, _ := newBase()
	payload := payloadOf(t, "opened", object{"issue": but(incident, object{"body": body, "user": who}), "sender": who})
	if err := handlerOf(t, base, "issues").Handle(t.Context(), "issues", "guid", payload); err != nil {
		t.Fatal(err)
	}
	is := base.Rules.Replay(incidentKey, recorded.steps)
	return is, workflow.Document(is.Incident, is.Entries, nil)
}

func TestEachAnswerLandsWhereItShould(t *testing.T) {
	t.Parallel()
	f := shippedForm(t)
	for _, field := range f.Body {
		if _, answered := answers[field.ID]; !answered && field.Type != "markdown" {
			t.Errorf("no answer for %q is tried", field.ID)
		}
	}
	is, doc := submitted(t, f.submit(answers), person(1, "maya"))
	at := func(minute int) time.Time { return time.Date(2026, 11, 23, 11, minute, 0, 0, time.UTC) }
	want := postmortem.Document{
		Severity: "P1", Summary: answers["summary"], Systems: "checkout, orders", Started: at(50), Detected: at(55), DetectedStated: true,
		Links: []postmortem.Evidence{{Title: "Dashboard", URL: "https://grafana.acme.example/d/1"}, {Title: "Alert", URL: "https://alerts.acme.example/7"}},
	}
	got := postmortem.Document{
		Severity: doc.Severity, Summary: doc.Summary, Systems: doc.Systems, Started: doc.Started, Detected: doc.Detected,
		DetectedStated: doc.DetectedStated, Links: doc.Links,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if impact := strings.Join(doc.Impact, "\n"); !strings.Contains(impact, "a third of all") || !strings.Contains(impact, "none lost") {
		t.Errorf("impact %q", impact)
	}
	var timeline []string
	for _, e := range doc.Timeline {
		timeline = append(timeline, strings.TrimSpace(e.At.Format("15:04 ")+e.What+" "+e.Mark))
	}
	slices.Sort(timeline)
	if diff := cmp.Diff([]string{"11:50 started, by the issue's text", "11:55 detected, by the issue's text detected", "12:00 declared", "12:00 severity P1"}, timeline); diff != "" {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
	if is.Incident.Body.Problems != nil {
		t.Errorf("problems %q", is.Incident.Body.Problems)
	}
}

func TestFormsThatSayLess(t *testing.T) {
	t.Parallel()
	f := shippedForm(t)
	t.Run("next to nothing", func(t *testing.T) {
		is, doc := submitted(t, f.submit(map[string]string{"summary": "Slow.", "severity": "Not sure"}), person(1, "maya"))
		if doc.Severity != "" || doc.Systems != "" || doc.Impact != nil || doc.Links != nil || !doc.Started.IsZero() || doc.DetectedStated || is.Incident.Body.Problems != nil {
			t.Errorf("%+v, problems %q", doc, is.Incident.Body.Problems)
		}
	})
	t.Run("times that are none, or to come", func(t *testing.T) {
		is, doc := submitted(t, f.submit(map[string]string{"started": "this morning", "detected": "2026-11-23 13:00 UTC"}), person(1, "maya"))
		problems := strings.Join(is.Incident.Body.Problems, "\n")
		if !strings.Contains(problems, "`this morning` is no time") || !strings.Contains(problems, "in the future") || !doc.Started.IsZero() || doc.DetectedStated {
			t.Errorf("problems %q, document %+v", problems, doc)
		}
	})
	t.Run("by somebody who may not classify", func(t *testing.T) {
		is, doc := submitted(t, f.submit(answers), person(4, "stranger"))
		if doc.Severity != "" || is.Incident.Trusted || !doc.Started.IsZero() || doc.DetectedStated || doc.Links != nil {
			t.Errorf("a stranger's form counts: %+v", doc)
		}
		if last := is.Entries[len(is.Entries)-1]; !strings.Contains(last.What, "asks for severity P1: @stranger may not classify") {
			t.Errorf("the timeline ends with %+v", last)
		}
	})
	t.Run("by somebody who may triage, no more", func(t *testing.T) {
		if _, doc := submitted(t, f.submit(answers), person(3, "sam")); doc.Severity != "P1" {
			t.Errorf("severity %q", doc.Severity)
		}
	})
	t.Run("beside a label that says otherwise", func(t *testing.T) {
		base, recorded, _ := newBase()
		issue := but(issueOf(70, "incident", "P3"), object{"body": f.submit(answers)})
		if err := handlerOf(t, base, "issues").Handle(t.Context(), "issues", "guid", payloadOf(t, "opened", object{"issue": issue})); err != nil {
			t.Fatal(err)
		}
		if is := base.Rules.Replay(incidentKey, recorded.steps).Incident.Severity; is != "P3" {
			t.Errorf("severity %q, want the label's", is)
		}
	})
}

func TestSeverityOfAnAnswer(t *testing.T) {
	t.Parallel()
	base, _, _ := newBase()
	for answer, want := range map[string]string{
		"P1": "P1", "p0: outage": "P0", "**P2** I think": "P2", "Not sure": "", "": "", "maybe P1": "", "P12": "", "P4": "", "- P3": "P3",
	} {
		if got := base.severityIn(answer); got != want {
			t.Errorf("%q is %q, want %q", answer, got, want)
		}
	}
}
