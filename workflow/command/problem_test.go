package command

import (
	"fmt"
	"strings"
	"testing"
)

// refused are commands as people get them wrong; the golden file is what they are told.
var refused = []string{
	"/incident",
	"/incident sevrity P1",
	"/incident sev P1",
	"/incident P1",
	"/incident chekc 3.2",
	"/incident resolve",
	"/incident postmortem",
	"/incident update all is well",
	"/incident frobnicate",
	"/incident " + strings.Repeat("x", 300),
	"/incident `rm` <b>@maya</b> #1",
	"/incident severity",
	"/incident severity P7",
	"/incident severity P1 P2",
	"/incident check",
	"/incident check 3.1 3.2",
	"/incident check the-pool!",
	"/incident uncheck",
	"/incident lead",
	"/incident lead jon",
	"/incident lead @jon and @maya",
	"/incident comms @acme/support",
	"/incident scribe @jon--k",
	"/incident timeline",
	"/incident timeline rolled back |",
	"/incident timeline | 11:58",
	"/incident timeline rolled back | half past",
	"/incident timeline\n- alert | 11:52\n- rolled back | 12.22",
	"/incident timeline " + strings.Repeat("x", MaxLine+1),
	"/incident summary\n\ntext after an empty line",
	"/incident cause " + strings.Repeat("x", MaxText+1),
	"/incident started tomorrow",
	"/incident mitigated 2026-11-23 13:00",
	"/incident resolved 1026-11-23 11:58",
	"/incident action",
	"/incident action @jon due friday",
	"/incident action Fix the pool due next month",
	"/incident action Fix the pool due 2026-11-22",
	"/incident action Fix the pool due in 300 weeks",
	"/incident action Fix the pool @acme/support",
	"/postmortem please",
	"/incident status is bad",
}

func TestRefusalsSayWhatToDo(t *testing.T) {
	var b strings.Builder
	for _, body := range refused {
		c := one(t, body, at("2026-11-23T12:00:00Z"))
		if c.Problem == nil {
			t.Errorf("%q is accepted", body)
			continue
		}
		if c.Problem.Cause == "" || c.Problem.Next == "" {
			t.Errorf("%q: %+v lacks a cause or a next step", body, c.Problem)
		}
		if len(body) > 100 {
			body = body[:100] + "[...]"
		}
		fmt.Fprintf(&b, "%s\n    %s\n\n", strings.ReplaceAll(body, "\n", "\n"), c.Problem)
	}
	golden(t, "refusals.golden", b.String())
}

func TestUnknownVerbNamesTheNearest(t *testing.T) {
	tests := map[string]Verb{
		"sevrity": Severity, "severety": Severity, "SEVERTIY": Severity, "sev": Severity, "p2": Severity,
		"chek": Check, "unchek": Uncheck, "timelin": Timeline, "time": Timeline, "sumary": Summary, "system": Systems,
		"impcat": Impact, "causes": Cause, "lessons": Lesson, "start": Started, "detect": Detected, "mitigate": Mitigated,
		"resolve": Resolved, "actoin": ActionItem, "leed": Lead, "coms": Comms, "scribble": Scribe, "stauts": Status,
		"hepl": AskHelp, "help!": AskHelp, "postmortem": Postmortem, "post-mortem": Postmortem,
		"xyz": "", "the": "", "is": "", "a": "", strings.Repeat("severity", 100_000): "",
	}
	for word, want := range tests {
		c := one(t, "/incident "+word, at("2026-11-23T12:00:00Z"))
		if c.Verb != "" || c.Problem == nil {
			t.Errorf("%.20q is taken for %q", word, c.Verb)
		} else if c.Problem.Nearest != want {
			t.Errorf("nearest to %.20q is %q, want %q", word, c.Problem.Nearest, want)
		}
	}
}

func TestProblemsQuoteSafely(t *testing.T) {
	hostile := "`]()<!--\u202e\u200b@maya\x07" + strings.Repeat("y", 5000)
	for _, body := range []string{
		"/incident " + hostile, "/incident severity " + hostile, "/incident check " + hostile, "/incident check 1 " + hostile,
		"/incident lead @" + hostile, "/incident lead @a " + hostile, "/incident started " + hostile,
		"/incident timeline a | " + hostile, "/incident action a @" + hostile, "/incident status " + hostile,
	} {
		p := one(t, body, at("2026-11-23T12:00:00Z")).Problem
		if p == nil {
			t.Errorf("%.40q is accepted", body)
			continue
		}
		if len(p.String()) > 800 {
			t.Errorf("%.40q is told %d bytes, want a bounded answer", body, len(p.String()))
		}
		if strings.ContainsAny(p.String(), "\u202e\u200b\x07\n") {
			t.Errorf("%.40q: hidden characters in %q", body, p)
		}
		// Every second piece between backticks is in a code span; a mention or a comment must be in one.
		for i, piece := range strings.Split(p.String(), "`") {
			if i%2 == 0 && strings.ContainsAny(piece, "@<") {
				t.Errorf("%.40q: outside of code: %q", body, piece)
			}
		}
	}
}
