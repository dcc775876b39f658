package postmortem_test

import (
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

func TestSpan(t *testing.T) {
	for _, c := range []struct {
		d    time.Duration
		want string
	}{
		{-time.Minute, "not yet"},
		{0, "not yet"},
		{time.Second, "under a minute"},
		{time.Minute, "1 min"},
		{55*time.Minute + 59*time.Second, "55 min"},
		{time.Hour, "1 h"},
		{98 * time.Minute, "1 h 38 min"},
		{24*time.Hour - time.Second, "23 h 59 min"},
		{24 * time.Hour, "1 d"},
		{51*time.Hour + 59*time.Minute, "2 d 3 h"},
		{400 * 24 * time.Hour, "400 d"},
	} {
		t.Run(c.want, func(t *testing.T) {
			if got := postmortem.Span(c.d); got != c.want {
				t.Errorf("%v is %q, want %q", c.d, got, c.want)
			}
		})
	}
}

func TestDurationsCountFromDetection(t *testing.T) {
	for name, c := range map[string]struct {
		set  func(d *postmortem.Document)
		want string
	}{
		"as declared, where nothing else is known": {func(d *postmortem.Document) {}, "| Mitigated | 10:55 | 55 min |"},
		"as stated": {func(d *postmortem.Document) { d.Detected, d.DetectedStated = at("09:55"), true }, "| Mitigated | 10:55 | 1 h |"},
		"by the minutes shown, whatever the seconds": {func(d *postmortem.Document) {
			d.Declared, d.Mitigated = d.Declared.Add(50*time.Second), d.Mitigated.Add(10*time.Second)
		}, "| Mitigated | 10:55 | 55 min |"},
		"in the same minute":        {func(d *postmortem.Document) { d.Mitigated = at("10:00").Add(time.Second) }, "| Mitigated | 10:00 | under a minute |"},
		"where it was before":       {func(d *postmortem.Document) { d.Mitigated = at("09:00") }, "| Mitigated | 09:00 | 1 h before |"},
		"not yet":                   {func(d *postmortem.Document) { d.Mitigated = time.Time{} }, "| Mitigated | not yet |  |"},
		"of a zone that is not UTC": {func(d *postmortem.Document) { d.Mitigated = d.Mitigated.In(time.FixedZone("x", 7200)) }, "| Mitigated | 10:55 | 55 min |"},
	} {
		t.Run(name, func(t *testing.T) {
			d := postmortem.Document{Declared: at("10:00"), Mitigated: at("10:55"), MitigatedStated: true}
			c.set(&d)
			if page := postmortem.Render(d); !strings.Contains(page, c.want) {
				t.Errorf("page does not hold %q:\n%s", c.want, page)
			}
		})
	}
}
