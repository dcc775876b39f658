package postmortem_test

import (
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
	"github.com/google/go-cmp/cmp"
)

// tableRows returns the timeline's rows as "11:52 what, who".
func tableRows(entries []postmortem.Entry) []string {
	d := postmortem.Document{Declared: at("12:00"), Timeline: entries}
	_, table, _ := strings.Cut(postmortem.Render(d), "| what | who | evidence |\n|---|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var rows []string
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "| "), " |\n"), " | ")
		rows = append(rows, cells[0]+" "+cells[1]+", "+cells[2])
	}
	return rows
}

func tick(clock, who, item string) postmortem.Entry {
	return postmortem.Entry{At: at(clock), Who: who, What: "ticked " + item, Kind: postmortem.KindTick, About: item, Minor: true}
}

func untick(clock, who, item string) postmortem.Entry {
	e := tick(clock, who, item)
	e.What, e.Off = "unticked "+item, true
	return e
}

func phase(clock, who, from, to string) postmortem.Entry {
	return postmortem.Entry{At: at(clock), Who: who, What: "phase " + from + " → " + to, Kind: postmortem.KindPhase, From: from, To: to}
}

func assigned(clock, who, whom string, off bool) postmortem.Entry {
	what := map[bool]string{false: "assigned to ", true: "no longer assigned to "}[off] + whom
	return postmortem.Entry{At: at(clock), Who: who, What: what, Kind: postmortem.KindAssigned, About: whom, Off: off}
}

func severity(clock, who, from, to, reason string) postmortem.Entry {
	what := "severity " + from + " → " + to
	if reason != "" {
		what += ": " + reason
	}
	return postmortem.Entry{At: at(clock), Who: who, What: what, Kind: postmortem.KindSeverity, From: from, To: to, About: reason, Major: true}
}

func said(clock, who, what string) postmortem.Entry {
	return postmortem.Entry{At: at(clock), Who: who, What: what}
}

func marked(e postmortem.Entry, mark string) postmortem.Entry {
	e.Mark = mark
	return e
}

var foldCases = map[string]struct {
	entries []postmortem.Entry
	want    []string
}{
	"one tick is as it is": {
		[]postmortem.Entry{tick("12:10", "@maya", "2.1 affected systems")},
		[]string{"12:10 ticked 2.1 affected systems, @maya"},
	},
	"ticks of one person in one go": {
		[]postmortem.Entry{tick("12:10", "@maya", "2.1 a"), tick("12:11", "@maya", "2.2 b"), tick("12:15", "@maya", "2.3 c")},
		[]string{"12:10 ticked 2.1 a, 2.2 b, 2.3 c, @maya"},
	},
	"what comes later has a row of its own": {
		[]postmortem.Entry{tick("12:10", "@maya", "2.1 a"), tick("12:14", "@maya", "2.2 b"), tick("12:16", "@maya", "2.3 c"), tick("12:20", "@maya", "2.4 d")},
		[]string{"12:10 ticked 2.1 a, 2.2 b, @maya", "12:16 ticked 2.3 c, 2.4 d, @maya"},
	},
	"of two people": {
		[]postmortem.Entry{tick("12:10", "@maya", "2.1 a"), tick("12:11", "@jon", "2.2 b"), tick("12:12", "@maya", "2.3 c")},
		[]string{"12:10 ticked 2.1 a, 2.3 c, @maya", "12:11 ticked 2.2 b, @jon"},
	},
	"a note between keeps its row": {
		[]postmortem.Entry{tick("12:10", "@maya", "2.1 a"), said("12:11", "@maya", "rolled back"), tick("12:12", "@maya", "2.3 c")},
		[]string{"12:10 ticked 2.1 a, 2.3 c, @maya", "12:11 rolled back, @maya"},
	},
	"notes are never folded": {
		[]postmortem.Entry{said("12:10", "@maya", "looking"), said("12:10", "@maya", "looking")},
		[]string{"12:10 looking, @maya", "12:10 looking, @maya"},
	},
	"marked ones are never folded": {
		[]postmortem.Entry{tick("12:10", "@jon", "3.1 acted"), marked(tick("12:11", "@jon", "3.2 verified"), postmortem.MarkMitigated), tick("12:12", "@jon", "3.3 told")},
		[]string{"12:10 ticked 3.1 acted, 3.3 told, @jon", "**12:11** **mitigated**: ticked 3.2 verified, @jon"},
	},
	"unticked": {
		[]postmortem.Entry{untick("12:10", "@maya", "2.1 a"), tick("12:11", "@maya", "2.2 b")},
		[]string{"12:10 ticked 2.2 b; unticked 2.1 a, @maya"},
	},
	"ticked by mistake": {
		[]postmortem.Entry{tick("12:10", "@maya", "2.1 a"), tick("12:10", "@maya", "2.2 b"), untick("12:11", "@maya", "2.1 a")},
		[]string{"12:10 ticked 2.2 b; ticked and unticked 2.1 a, @maya"},
	},
	"unticked by mistake": {
		[]postmortem.Entry{untick("12:10", "@maya", "2.1 a"), tick("12:11", "@maya", "2.1 a")},
		[]string{"12:10 unticked and ticked again 2.1 a, @maya"},
	},
	"found ticked, by nobody knows whom": {
		[]postmortem.Entry{tick("12:10", "", "2.1 a"), tick("12:10", "", "2.2 b")},
		[]string{"12:10 found ticked 2.1 a, 2.2 b, "},
	},
	"a phase that a tick explains": {
		[]postmortem.Entry{tick("12:10", "@maya", "2.1 a"), phase("12:11", "@maya", "triage", "mitigate"), phase("12:12", "@maya", "mitigate", "root-cause")},
		[]string{"12:10 ticked 2.1 a; phase triage → mitigate → root-cause, @maya"},
	},
	"a phase by itself": {
		[]postmortem.Entry{phase("12:11", "@maya", "triage", "mitigate")},
		[]string{"12:11 phase triage → mitigate, @maya"},
	},
	"a severity that came back": {
		[]postmortem.Entry{severity("12:10", "@maya", "P1", "P2", ""), severity("12:13", "@maya", "P2", "P1", "")},
		[]string{"12:10 severity P1 → P2 → P1, settled after 3 min, @maya"},
	},
	"a severity that came back by somebody else, with reasons": {
		[]postmortem.Entry{severity("12:10", "@maya", "P1", "P2", "one plan"), severity("12:12", "@jon", "P2", "P1", "all plans")},
		[]string{"12:10 severity P1 → P2 → P1, settled after 2 min: one plan; all plans, @maya, @jon"},
	},
	"a severity that was taken off and put back": {
		[]postmortem.Entry{severity("12:10", "@maya", "P1", "", ""), severity("12:10", "@maya", "", "P1", "")},
		[]string{"12:10 severity P1 → not classified → P1, settled within a minute, @maya"},
	},
	"an escalation is no churn": {
		[]postmortem.Entry{severity("12:10", "@maya", "P2", "P1", ""), severity("12:12", "@maya", "P1", "P0", "")},
		[]string{"12:10 severity P2 → P1, @maya", "12:12 severity P1 → P0, @maya"},
	},
	"an escalation around churn": {
		[]postmortem.Entry{
			severity("12:10", "@maya", "P3", "P2", ""), severity("12:11", "@maya", "P2", "P1", ""),
			severity("12:12", "@maya", "P1", "P2", ""), severity("12:13", "@jon", "P2", "P0", "all down"),
		},
		[]string{"12:10 severity P3 → P2, @maya", "12:11 severity P2 → P1 → P2, settled after 1 min, @maya", "12:13 severity P2 → P0: all down, @jon"},
	},
	"a severity that came back the next hour": {
		[]postmortem.Entry{severity("12:10", "@maya", "P1", "P2", ""), severity("13:13", "@maya", "P2", "P1", "")},
		[]string{"12:10 severity P1 → P2, @maya", "13:13 severity P2 → P1, @maya"},
	},
	"severities that do not follow from one another": {
		[]postmortem.Entry{severity("12:10", "@maya", "P1", "P2", ""), severity("12:11", "@maya", "P3", "P1", "")},
		[]string{"12:10 severity P1 → P2, @maya", "12:11 severity P3 → P1, @maya"},
	},
	"assigned and unassigned": {
		[]postmortem.Entry{assigned("12:10", "@maya", "@jon", false), assigned("12:11", "@maya", "@kim", false), assigned("12:12", "@maya", "@kim", true), assigned("12:13", "@maya", "@sam", true)},
		[]string{"12:10 assigned to @&#8203;jon; no longer assigned to @&#8203;sam; assigned and unassigned @&#8203;kim, @maya"},
	},
}

func TestNoiseIsFolded(t *testing.T) {
	for name, c := range foldCases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, tableRows(c.entries)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

// What is folded stays as it is when more comes to pass: a row that is settled is
// not written anew, so that what people changed in it stays.
func TestSettledRowsStay(t *testing.T) {
	for name, c := range foldCases {
		t.Run(name, func(t *testing.T) {
			last := c.entries[len(c.entries)-1].At
			before := tableRows(c.entries)
			var more []postmortem.Entry
			for i, e := range c.entries {
				e.At = last.Add(6*time.Minute+time.Duration(i)*time.Minute).AddDate(0, 0, i%2)
				more = append(more, e)
			}
			after := tableRows(append(append([]postmortem.Entry{said("11:00", "@kim", "back-dated")}, c.entries...), more...))
			if len(after) <= len(before)+1 {
				t.Fatalf("nothing was added: %q", after)
			}
			if diff := cmp.Diff(before, after[1:1+len(before)]); diff != "" {
				t.Errorf("rows of before (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAFoldedRowLinksToItsFirst(t *testing.T) {
	first, second := tick("12:10", "@maya", "2.1 a"), tick("12:11", "@maya", "2.2 b")
	first.URL, second.URL = note(1), note(2)
	page := postmortem.Render(postmortem.Document{Declared: at("12:00"), Timeline: []postmortem.Entry{second, first}})
	if want := "ticked 2.1 a, 2.2 b | @maya | [link](" + note(1) + ") |"; !strings.Contains(page, want) || strings.Contains(page, note(2)) {
		t.Errorf("page does not hold %q:\n%s", want, page)
	}
}
