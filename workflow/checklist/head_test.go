package checklist_test

import (
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

func TestHead(t *testing.T) {
	tests := map[string]struct {
		change func(*checklist.View)
		want   string
	}{
		"declared":           {func(v *checklist.View) {}, "### 🔥 not classified · classify · 0 of 20 · 00:00\nDeclared 12:01 UTC by @maya"},
		"by nobody known":    {func(v *checklist.View) { v.DeclaredBy = "" }, "### 🔥 not classified · classify · 0 of 20 · 00:00\nDeclared 12:01 UTC"},
		"by an app":          {func(v *checklist.View) { v.DeclaredBy = "alerts[bot]" }, "### 🔥 not classified · classify · 0 of 20 · 00:00\nDeclared 12:01 UTC by alerts\\[bot\\]"},
		"at no known time":   {func(v *checklist.View) { v.DeclaredAt = time.Time{} }, "### 🔥 not classified · classify · 0 of 20 · 00:00\nDeclared at a time unknown by @maya"},
		"in another zone":    {func(v *checklist.View) { v.DeclaredAt = start.In(time.FixedZone("", 3600)) }, "### 🔥 not classified · classify · 0 of 20 · 00:00\nDeclared 12:01 UTC by @maya"},
		"classified":         {func(v *checklist.View) { v.Severity = "P0" }, "### 🔥 P0 · triage · 1 of 20 · 00:00\nDeclared 12:01 UTC by @maya"},
		"phase as given":     {func(v *checklist.View) { v.Phase = "mitigate" }, "### 🔥 not classified · mitigate · 0 of 20 · 00:00\nDeclared 12:01 UTC by @maya"},
		"roles":              {func(v *checklist.View) { v.Lead, v.Comms, v.Scribe = "a", "b", "c" }, "### 🔥 not classified · classify · 0 of 20 · 00:00\nDeclared 12:01 UTC by @maya · lead @a · comms @b · scribe @c"},
		"before midnight":    {func(v *checklist.View) { v.Elapsed = 11*time.Hour + 58*time.Minute }, "### 🔥 not classified · classify · 0 of 20 · 11:58\nDeclared 12:01 UTC by @maya"},
		"after midnight":     {func(v *checklist.View) { v.Elapsed = 12 * time.Hour }, "### 🔥 not classified · classify · 0 of 20 · 12:00\nDeclared 2026-11-23 12:01 UTC by @maya"},
		"after a year":       {func(v *checklist.View) { v.Elapsed = 365 * 24 * time.Hour }, "### 🔥 not classified · classify · 0 of 20 · 365 d 00:00\nDeclared 2026-11-23 12:01 UTC by @maya"},
		"before it began":    {func(v *checklist.View) { v.Elapsed = -time.Hour }, "### 🔥 not classified · classify · 0 of 20 · 00:00\nDeclared 12:01 UTC by @maya"},
		"closed at once":     {func(v *checklist.View) { v.Closed = true }, "### 🔥 not classified · classify · 0 of 20 · 00:00 · closed\nDeclared 2026-11-23 12:01 UTC by @maya"},
		"updated":            {func(v *checklist.View) { v.UpdatedAt = at(30) }, "### 🔥 not classified · classify · 0 of 20 · 00:00\nDeclared 12:01 UTC by @maya · last update 12:31"},
		"updated a day late": {func(v *checklist.View) { v.UpdatedAt = at(1440) }, "### 🔥 not classified · classify · 0 of 20 · 00:00\nDeclared 12:01 UTC by @maya · last update 2026-11-24 12:01"},
		"untrusted":          {func(v *checklist.View) { v.Untrusted = true }, "### 🔥 not classified · classify · 0 of 20 · 00:00\nDeclared 12:01 UTC by @&#8203;maya"},
		"stopped":            {func(v *checklist.View) { v.Stopped = true }, "### ⏸️ not classified · classify · 0 of 20 · 00:00 · stopped\nDeclared 12:01 UTC by @maya"},
		"steps complete": {
			func(v *checklist.View) {
				v.Severity, v.Marks = "P3", marks("triage", "mitigate", "root-cause", "post-mortem", "follow-up")
			},
			"### ✅ P3 · done · 1 of 20 · 00:00\nDeclared 12:01 UTC by @maya",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			v := declared()
			tt.change(&v)
			_, head, _ := strings.Cut(checklist.New(checklist.Default(), v), "<!-- firebreak:head -->\n")
			if head, _, _ = strings.Cut(head, "\n\n"); head != tt.want {
				t.Errorf("got\n%s\nwant\n%s", head, tt.want)
			}
		})
	}
}

// Two boxes of the severities show ticked for the time until the tick found in
// the comment is heard of; then the one in force is the only one.
func TestSeverityShowsWithATickNotHeardOfYet(t *testing.T) {
	v := checklist.View{Severity: "P1", Marks: marks("classify.P0")}
	for id, want := range map[string]bool{"classify": true, "classify.P0": true, "classify.P1": true, "classify.P2": false} {
		if got := v.Ticked(id); got != want {
			t.Errorf("%s: got %t", id, got)
		}
	}
	v = checklist.View{Marks: marks("classify")}
	if v.Ticked("classify") {
		t.Error("the step is ticked without a severity")
	}
}
