package postmortem_test

import (
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
	"github.com/google/go-cmp/cmp"
)

func TestAspect(t *testing.T) {
	for statement, want := range map[string][2]string{
		"users: a third":             {"Users", "a third"},
		"USER: a third":              {"Users", "a third"},
		" Customers :a third":        {"Users", "a third"},
		"Customer impact: a third":   {"Users", "a third"},
		"**Business:** orders drop":  {"Business", "orders drop"},
		"**Data**: none\nlost":       {"Data", "none\nlost"},
		"revenue: 3 % less":          {"Business", "3 % less"},
		"duration: an hour":          {"Duration", "an hour"},
		"data:\n- a\n- b":            {"Data", "\n- a\n- b"},
		"all users: a third":         {"", "all users: a third"},
		"database: full":             {"", "database: full"},
		"users":                      {"", "users"},
		"users: ":                    {"", "users: "},
		"cost: much":                 {"", "cost: much"},
		"data https://x.example/: a": {"", "data https://x.example/: a"},
	} {
		t.Run(statement, func(t *testing.T) {
			aspect, rest := postmortem.Aspect(statement)
			if diff := cmp.Diff(want, [2]string{aspect, rest}); diff != "" {
				t.Errorf("aspect and rest (-want +got):\n%s", diff)
			}
		})
	}
}

// sectionOf returns what a page says under a heading.
func sectionOf(page, heading string) string {
	_, body, _ := strings.Cut(page, "\n## "+heading+"\n")
	body, _, _ = strings.Cut(body, "\n## ")
	return strings.TrimSpace(body)
}

const addOne = " on the incident's issue, then comment `/postmortem`.*"

func TestImpactIsToldByAspect(t *testing.T) {
	for name, c := range map[string]struct {
		said               []string
		started, mitigated time.Time
		stated             bool
		want               string
	}{
		"nothing": {want: "*No impact is given yet: users, business, data. Add each with `/incident impact users: TEXT`" + addOne},
		"all": {
			said: []string{"data: none lost", "users: a third", "It was bad.", "business: 3 %", "customers: mostly new ones"},
			want: "- **Users:** a third\n- **Users:** mostly new ones\n- **Business:** 3 %\n- **Data:** none lost\n- It was bad.",
		},
		"some": {
			said: []string{"users: a third"},
			want: "- **Users:** a third\n\n*Not said yet: business, data. Add it with `/incident impact business: TEXT`" + addOne,
		},
		"how long, from the start": {
			said: []string{"users: a third", "business: none", "data: none"}, started: at("09:30"), mitigated: at("10:20"),
			want: "- **Users:** a third\n- **Duration:** 50 min, from 09:30 (started) to 10:20 UTC (mitigated)\n- **Business:** none\n- **Data:** none",
		},
		"how long, from the detection": {
			mitigated: at("10:20").AddDate(0, 0, 1), stated: true,
			want: "- **Duration:** 1 d, from 09:55 (detected) to 2026-11-24 10:20 UTC (mitigated)\n\n*Not said yet: users, business, data. Add it with `/incident impact users: TEXT`" + addOne,
		},
		"how long, from the declaration": {
			mitigated: at("10:20"),
			want:      "- **Duration:** 20 min, from 10:00 (declared) to 10:20 UTC (mitigated)\n\n*Not said yet: users, business, data. Add it with `/incident impact users: TEXT`" + addOne,
		},
		"as a list": {
			said: []string{"users:\n- new\n- old", "business: none", "data: none"},
			want: "- **Users:**\n  - new\n  - old\n- **Business:** none\n- **Data:** none",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := postmortem.Document{Declared: at("10:00"), Started: c.started, Mitigated: c.mitigated, Impact: c.said}
			if c.stated {
				d.Detected, d.DetectedStated = at("09:55"), true
			}
			if diff := cmp.Diff(c.want, sectionOf(postmortem.Render(d), "Impact")); diff != "" {
				t.Errorf("impact (-want +got):\n%s", diff)
			}
		})
	}
}
