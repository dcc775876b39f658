package command

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseReadsArguments(t *testing.T) {
	tests := map[string]struct {
		body string
		want Command
	}{
		"post-mortem":                  {"/postmortem", Command{Verb: Postmortem}},
		"status":                       {"/incident status", Command{Verb: Status}},
		"help":                         {"/incident help", Command{Verb: AskHelp}},
		"help about a verb":            {"/incident help timeline", Command{Verb: AskHelp}},
		"severity":                     {"/incident severity P1", Command{Verb: Severity, Severity: "P1"}},
		"severity in lower case":       {"/incident severity p0", Command{Verb: Severity, Severity: "P0"}},
		"severity with a reason":       {"/incident severity P1: checkout is down", Command{Verb: Severity, Severity: "P1", Reason: "checkout is down"}},
		"reason after a spaced colon":  {"/incident severity P1 : checkout is down", Command{Verb: Severity, Severity: "P1", Reason: "checkout is down"}},
		"reason glued to the colon":    {"/incident severity P1:checkout", Command{Verb: Severity, Severity: "P1", Reason: "checkout"}},
		"reason without a colon":       {"/incident severity P1, checkout: down", Command{Verb: Severity, Severity: "P1", Reason: "checkout: down"}},
		"reason naming a severity":     {"/incident severity P1: P2 was too low", Command{Verb: Severity, Severity: "P1", Reason: "P2 was too low"}},
		"colon without a reason":       {"/incident severity P1:", Command{Verb: Severity, Severity: "P1"}},
		"a hidden remark":              {"/incident severity P1 <!-- for now -->", Command{Verb: Severity, Severity: "P1"}},
		"control characters":           {"/incident severity P1: a\x00b\x1bc", Command{Verb: Severity, Severity: "P1", Reason: "abc"}},
		"check by number":              {"/incident check 3.2", Command{Verb: Check, Ref: "3.2"}},
		"check a step":                 {"/incident check 3", Command{Verb: Check, Ref: "3"}},
		"check by id":                  {"/incident check mitigate.verify", Command{Verb: Check, Ref: "mitigate.verify"}},
		"check by an id's full form":   {"/incident check step:Mitigate.Verify.", Command{Verb: Check, Ref: "mitigate.verify"}},
		"check a severity by id":       {"/incident check classify.p1", Command{Verb: Check, Ref: "classify.P1"}},
		"check a severity by name":     {"/incident check p1", Command{Verb: Check, Ref: "classify.P1"}},
		"uncheck":                      {"/incident uncheck 2.4", Command{Verb: Uncheck, Ref: "2.4"}},
		"lead":                         {"/incident lead @jon", Command{Verb: Lead, Role: "lead", User: "jon"}},
		"comms with a full stop":       {"/incident comms @Maya-K.", Command{Verb: Comms, Role: "comms", User: "Maya-K"}},
		"scribe of an enterprise":      {"/incident scribe @jon_acme", Command{Verb: Scribe, Role: "scribe", User: "jon_acme"}},
		"an App as scribe":             {"/incident scribe @note-taker[bot]", Command{Verb: Scribe, Role: "scribe", User: "note-taker[bot]"}},
		"time not given":               {"/incident mitigated", Command{Verb: Mitigated}},
		"time given":                   {"/incident detected 11:52", Command{Verb: Detected, When: instant("2026-11-23T11:52:00Z")}},
		"time given with at":           {"/incident resolved at 11:52 UTC", Command{Verb: Resolved, When: instant("2026-11-23T11:52:00Z")}},
		"arguments end with the line":  {"/incident started 11:40\n12:00", Command{Verb: Started, When: instant("2026-11-23T11:40:00Z")}},
		"text":                         {"/incident summary One in three timed out.", Command{Verb: Summary, Text: "One in three timed out."}},
		"text below":                   {"/incident cause\nThe pool\nwas halved.", Command{Verb: Cause, Text: "The pool\nwas halved."}},
		"text to a blank line":         {"/incident impact a\nb\n \nc", Command{Verb: Impact, Text: "a\nb"}},
		"text with a command in code":  {"/incident cause a\n`b\n/incident status\nc`", Command{Verb: Cause, Text: "a\n`b\n/incident status\nc`"}},
		"text with a list":             {"/incident systems\n- checkout\n  - orders", Command{Verb: Systems, Text: "- checkout\n  - orders"}},
		"text to a heading":            {"/incident lesson a\n## b", Command{Verb: Lesson, Text: "a"}},
		"text to a rule":               {"/incident lesson a\n---\nb", Command{Verb: Lesson, Text: "a"}},
		"text with a whole fence":      {"/incident cause a\n```\nb\n\n/incident status\n```\nc", Command{Verb: Cause, Text: "a\n```\nb\n\n/incident status\n```\nc"}},
		"text without its remarks":     {"/incident cause a <!-- b --> c\n<!-- d\n\ne -->\nf", Command{Verb: Cause, Text: "a  c\nf"}},
		"text with others' commands":   {"/incident cause a\n/api times out", Command{Verb: Cause, Text: "a\n/api times out"}},
		"text with a bar":              {"/incident cause a | b", Command{Verb: Cause, Text: "a | b"}},
		"timeline, now":                {"/incident timeline rolled back", entries("", "rolled back")},
		"timeline, back-dated":         {"/incident timeline rolled back | 11:22", entries("2026-11-23T11:22:00Z", "rolled back")},
		"timeline, no space at bar":    {"/incident timeline rolled back|11:22", entries("2026-11-23T11:22:00Z", "rolled back")},
		"timeline, a bar in the text":  {`/incident timeline ran a \| b | 11:22`, entries("2026-11-23T11:22:00Z", "ran a | b")},
		"timeline, the last bar":       {`/incident timeline a | b | 11:22`, entries("2026-11-23T11:22:00Z", "a | b")},
		"timeline, several":            {"/incident timeline a | 11:00\nb | 11:01\nc", entries("2026-11-23T11:00:00Z", "a", "2026-11-23T11:01:00Z", "b", "", "c")},
		"timeline, a list below":       {"/incident timeline\n- a | 11:00\n* b\n  + c\n-d", entries("2026-11-23T11:00:00Z", "a", "", "b", "", "c", "", "-d")},
		"timeline, to a blank line":    {"/incident timeline a\n\nb", entries("", "a")},
		"timeline, a mark on its line": {"/incident timeline - a", entries("", "- a")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, accepted(t, tt.body, at("2026-11-23T12:00:00Z"))); diff != "" {
				t.Errorf("Parse(%q) (-want +got):\n%s", tt.body, diff)
			}
		})
	}
}

// entries is a timeline command of times and texts in turn.
func entries(pairs ...string) Command {
	c := Command{Verb: Timeline}
	for ; len(pairs) > 0; pairs = pairs[2:] {
		c.Entries = append(c.Entries, Entry{When: instant(pairs[0]), Text: pairs[1]})
	}
	return c
}

func TestTextsEndAtTheNextCommand(t *testing.T) {
	var got []string
	for _, c := range Parse("/incident cause a\nb\n/incident timeline c\nd\n/postmortem\ne", at("2026-11-23T12:00:00Z")) {
		got = append(got, c.Source)
	}
	want := []string{"/incident cause a\nb", "/incident timeline c\nd", "/postmortem"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
}

func TestParseTakesTheConfiguredSeverities(t *testing.T) {
	o := at("2026-11-23T12:00:00Z")
	o.Severities = []string{"SEV1", "SEV2"}
	if got := accepted(t, "/incident severity sev2", o).Severity; got != "SEV2" {
		t.Errorf("severity is %q, want SEV2", got)
	}
	if c := one(t, "/incident severity P1", o); c.Problem == nil {
		t.Errorf("P1 is accepted, want it refused")
	} else if diff := cmp.Diff([]string{"/incident severity SEV1", "/incident severity SEV2"}, c.Problem.Accepted); diff != "" {
		t.Errorf("accepted (-want +got):\n%s", diff)
	}
}

func TestParseKeepsTheSource(t *testing.T) {
	body := "Down.\n\n  /incident cause  a <!-- b -->\n<!-- c -->\n d\n\n/incident status \n/incident nope  x\ny"
	var got []string
	for _, c := range Parse(body, at("2026-11-23T12:00:00Z")) {
		got = append(got, c.Source)
	}
	want := []string{"  /incident cause  a <!-- b -->\n<!-- c -->\n d", "/incident status", "/incident nope  x"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
}

func TestParseRefusesOneAndReadsTheOthers(t *testing.T) {
	got := Parse("/incident severity P1\n/incident severity P9\n/incident status", at("2026-11-23T12:00:00Z"))
	var refused []bool
	for _, c := range got {
		refused = append(refused, c.Problem != nil)
	}
	if diff := cmp.Diff([]bool{false, true, false}, refused); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
}

func TestParseCutsNothing(t *testing.T) {
	tests := map[string]struct {
		command string
		limit   int
	}{
		"text":           {"/incident cause ", MaxText},
		"timeline entry": {"/incident timeline ", MaxLine},
		"reason":         {"/incident severity P1: ", MaxLine},
		"action item":    {"/incident action ", MaxLine},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			fits := tt.command + strings.Repeat("é", tt.limit)
			accepted(t, fits, at("2026-11-23T12:00:00Z"))
			if c := one(t, fits+"é", at("2026-11-23T12:00:00Z")); c.Problem == nil {
				t.Errorf("%d characters are accepted, want at most %d", tt.limit+1, tt.limit)
			}
		})
	}
	t.Run("timeline entries", func(t *testing.T) {
		accepted(t, "/incident timeline"+strings.Repeat("\na", MaxEntries), at("2026-11-23T12:00:00Z"))
		if c := one(t, "/incident timeline"+strings.Repeat("\na", MaxEntries+1), at("2026-11-23T12:00:00Z")); c.Problem == nil {
			t.Errorf("%d entries are accepted, want at most %d", MaxEntries+1, MaxEntries)
		}
	})
}
