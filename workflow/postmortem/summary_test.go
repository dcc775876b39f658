package postmortem_test

import (
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
	"github.com/google/go-cmp/cmp"
)

func TestSummariesArePutTogetherFromTheFacts(t *testing.T) {
	for name, c := range map[string]struct {
		set  func(d *postmortem.Document)
		want string
	}{
		"hardly anything": {func(*postmortem.Document) {},
			"On 2026-11-23 at 10:00 UTC, an incident that is not classified yet was declared. It is not acknowledged, mitigated or resolved yet."},
		"not even when": {func(d *postmortem.Document) { d.Declared, d.Severity = time.Time{}, "P1" },
			"A P1 incident; when it was detected is not known. It is not acknowledged, mitigated or resolved yet."},
		"where and who": {func(d *postmortem.Document) {
			d.Severity, d.Systems, d.Impact = "P1", "checkout, database.", []string{"data: none", "users: a third\nof *all*", "users: more"}
		}, "On 2026-11-23 at 10:00 UTC, a P1 incident of checkout, database was declared. Users: a third. It is not acknowledged, mitigated or resolved yet."},
		"times": {func(d *postmortem.Document) {
			d.Severity, d.DetectedStated, d.Detected, d.Started = "P0", true, at("09:50"), at("09:30")
			d.Acknowledged, d.Mitigated = at("10:02"), at("10:20")
		}, "On 2026-11-23 at 09:50 UTC, a P0 incident was detected. It had started at 09:30, 20 min earlier. It was acknowledged after 12 min and mitigated after 30 min. It is not resolved yet."},
		"at once, and before": {func(d *postmortem.Document) {
			d.Severity, d.Acknowledged, d.Mitigated, d.Resolved = "P2", at("10:00"), at("09:00"), at("11:00")
		}, "On 2026-11-23 at 10:00 UTC, a P2 incident was declared. It was acknowledged within a minute, mitigated at 09:00 and resolved after 1 h."},
		"an escalation": {func(d *postmortem.Document) {
			d.Severity = "P0"
			d.SeverityChanges = []postmortem.SeverityChange{{At: at("10:01"), To: "P2"}, {At: at("11:00"), From: "P2", To: "P1"}, {At: at("12:00"), From: "P1", To: "P0"}}
		}, "On 2026-11-23 at 10:00 UTC, an incident was declared. Its severity was P2 at first and is P0 since 12:00. It is not acknowledged, mitigated or resolved yet."},
		"what ended it": {func(d *postmortem.Document) {
			d.Severity, d.Mitigated = "P1", at("10:30")
			d.PullRequests = []postmortem.Evidence{{Number: 7, Title: "Fix it", URL: issue(7), State: "merged", Fix: true}, {Number: 8, Title: "Try it", State: "open", Fix: true}}
			d.Timeline = []postmortem.Entry{{At: at("10:29"), What: "rolled back"}}
		}, "On 2026-11-23 at 10:00 UTC, a P1 incident was declared. The fix: [#7 Fix it](" + issue(7) + "). It was mitigated after 30 min. It is not acknowledged or resolved yet."},
		"what was noted last": {func(d *postmortem.Document) {
			d.Severity, d.Mitigated = "P1", at("10:30")
			d.Timeline = []postmortem.Entry{{At: at("10:31"), What: "after"}, {At: at("10:29"), What: "rolled back."}, {At: at("10:10"), What: "looked"}, {At: at("10:30"), What: "severity", Major: true}, tick("10:29", "@jon", "3.1 acted")}
		}, "On 2026-11-23 at 10:00 UTC, a P1 incident was declared. Noted last before it was mitigated: rolled back. It was mitigated after 30 min. It is not acknowledged or resolved yet."},
		"reopened": {func(d *postmortem.Document) {
			d.Severity, d.Reopened, d.ReopenedAt = "P1", 2, at("11:00")
		}, "On 2026-11-23 at 10:00 UTC, a P1 incident was declared. It was reopened 2 times. It is not acknowledged, mitigated or resolved yet."},
		"reopened and resolved": {func(d *postmortem.Document) {
			d.Severity, d.Reopened, d.ReopenedAt, d.Resolved = "P1", 1, at("11:00"), at("12:00")
		}, "On 2026-11-23 at 10:00 UTC, a P1 incident was declared. It was resolved after 2 h. Before that it had been reopened once. It is not acknowledged or mitigated yet."},
	} {
		t.Run(name, func(t *testing.T) {
			d := postmortem.Document{Declared: at("10:00")}
			c.set(&d)
			got, _, _ := strings.Cut(sectionOf(postmortem.Render(d), "Summary"), "\n")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("summary (-want +got):\n%s", diff)
			}
		})
	}
}
