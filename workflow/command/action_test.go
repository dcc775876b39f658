package command

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParseActionReadsKindAndTail(t *testing.T) {
	tests := map[string]struct {
		text string
		want Action
	}{
		"text alone":                 {"Fix the pool", Action{Kind: Permanent, Text: "Fix the pool"}},
		"everything":                 {"preventive Alert on waits @jon due 2026-12-01 P2", Action{Preventive, "Alert on waits", "jon", day("2026-12-01"), "P2"}},
		"everything, other order":    {"process: Deploy apart p2 due in 2 weeks @jon", Action{Process, "Deploy apart", "jon", day("2026-12-07"), "P2"}},
		"with commas":                {"Fix the pool, @jon, due friday, P1.", Action{Permanent, "Fix the pool", "jon", day("2026-11-27"), "P1"}},
		"with dashes":                {"[permanent] Fix the pool — @jon", Action{Kind: Permanent, Text: "Fix the pool", Owner: "jon"}},
		"kind in bold":               {"**Preventive:** Alert", Action{Kind: Preventive, Text: "Alert"}},
		"kind within the text":       {"Write down the process", Action{Kind: Permanent, Text: "Write down the process"}},
		"the same words in front":    {"Ask @maya about P0 alerts due friday at noon", Action{Kind: Permanent, Text: "Ask @maya about P0 alerts due friday at noon"}},
		"two people":                 {"Tell @maya @jon", Action{Kind: Permanent, Text: "Tell @maya", Owner: "jon"}},
		"two priorities":             {"Page on P1 P2", Action{Kind: Permanent, Text: "Page on P1", Priority: "P2"}},
		"due to something":           {"Retry timeouts due to DNS @jon", Action{Kind: Permanent, Text: "Retry timeouts due to DNS", Owner: "jon"}},
		"ends with due":              {"Refund what is due", Action{Kind: Permanent, Text: "Refund what is due"}},
		"an address":                 {"Rotate the key of ops@example.com", Action{Kind: Permanent, Text: "Rotate the key of ops@example.com"}},
		"due with a colon":           {"Fix due: tomorrow", Action{Kind: Permanent, Text: "Fix", Due: day("2026-11-24")}},
		"due glued to a colon":       {"Fix due:2026-12-01", Action{Kind: Permanent, Text: "Fix", Due: day("2026-12-01")}},
		"due by":                     {"Fix due by Friday", Action{Kind: Permanent, Text: "Fix", Due: day("2026-11-27")}},
		"due today":                  {"Fix due today", Action{Kind: Permanent, Text: "Fix", Due: day("2026-11-23")}},
		"due on today's weekday":     {"Fix due mon", Action{Kind: Permanent, Text: "Fix", Due: day("2026-11-30")}},
		"due on yesterday's weekday": {"Fix due sunday", Action{Kind: Permanent, Text: "Fix", Due: day("2026-11-29")}},
		"due in days":                {"Fix due in 3 days", Action{Kind: Permanent, Text: "Fix", Due: day("2026-11-26")}},
		"due in a week":              {"Fix due in a week", Action{Kind: Permanent, Text: "Fix", Due: day("2026-11-30")}},
		"due in months":              {"Fix due in 3 months", Action{Kind: Permanent, Text: "Fix", Due: day("2027-02-23")}},
		"on several lines":           {"Fix\nthe pool\n@jon", Action{Kind: Permanent, Text: "Fix the pool", Owner: "jon"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, p := ParseAction(tt.text, at("2026-11-23T12:00:00Z"))
			if p != nil {
				t.Fatalf("ParseAction(%q) is refused: %s", tt.text, p)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("ParseAction(%q) (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestParseActionRefuses(t *testing.T) {
	tests := map[string]string{
		"nothing":                "",
		"a tail alone":           "@jon due friday P1",
		"a kind alone":           "permanent",
		"a team":                 "Fix @acme/support",
		"no login":               "Fix @-jon",
		"two hyphens":            "Fix @jon--k",
		"forty letters":          "Fix @abcdefghijklmnopqrstuvwxyzabcdefghijklmn",
		"an empty mention":       "Fix @",
		"a past day":             "Fix due 2026-11-22",
		"a day far ahead":        "Fix due 2036-11-22",
		"weeks far ahead":        "Fix due in 9999 weeks",
		"no such day":            "Fix due 2026-13-45",
		"a day in other words":   "Fix due next month",
		"a day in other letters": "Fix due 1 Dec",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			got, p := ParseAction(text, at("2026-11-23T12:00:00Z"))
			if p == nil {
				t.Fatalf("ParseAction(%q) = %+v, want it refused", text, got)
			}
			if got != (Action{}) || p.Cause == "" || p.Next != "Correct the item in the list." || len(p.Accepted) == 0 {
				t.Errorf("ParseAction(%q) = %+v, %+v", text, got, p)
			}
		})
	}
}

func TestActionCommandIsReadLikeAnItem(t *testing.T) {
	const text = "process Deploy apart @jon due friday P2"
	o := at("2026-11-23T12:00:00Z")
	want, p := ParseAction(text, o)
	if p != nil {
		t.Fatal(p)
	}
	got := accepted(t, "/incident action "+text+"\nnot part of it", o)
	if diff := cmp.Diff(Command{Verb: ActionItem, Action: want}, got); diff != "" {
		t.Errorf("(-item +command):\n%s", diff)
	}
}

func TestDueDaysAreThoseOfTheZone(t *testing.T) {
	o := at("2026-11-23T23:30:00Z")
	o.Zone = time.FixedZone("CET", 3600)
	got, p := ParseAction("Fix due tomorrow", o)
	if p != nil || !got.Due.Equal(day("2026-11-25")) {
		t.Errorf("due %v, %v; want the day after the 24th, which has begun there", got.Due, p)
	}
}

func TestDueInAMonthStaysInThatMonth(t *testing.T) {
	got, p := ParseAction("Fix due in 1 month", at("2027-01-31T12:00:00Z"))
	if p != nil || !got.Due.Equal(day("2027-02-28")) {
		t.Errorf("due %v, %v; want 2027-02-28", got.Due, p)
	}
}
