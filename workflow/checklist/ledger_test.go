package checklist_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// sealOf and holds stand for the App's seal.
func sealOf(text string) string { return fmt.Sprintf("%032x", len(text)) }

func holds(text, seal string) bool { return seal == sealOf(text) }

func sealed(ticks ...checklist.Tick) string {
	ledger := checklist.Ledger("7/70", ticks)
	return checklist.Sealed(ledger, sealOf(ledger))
}

func tick(id string, second int) checklist.Tick {
	at := time.Date(2026, 11, 23, 12, 0, second, 0, time.UTC)
	return checklist.Tick{ID: id, Ticked: true, At: at, Person: 2, Login: "jon"}
}

func TestLedgerIsReadBack(t *testing.T) {
	bot := checklist.Tick{ID: "classify.P1", At: time.Date(2026, 11, 23, 12, 0, 2, 0, time.UTC), Person: 9, Login: "alerts[bot]", Bot: true}
	want := []checklist.Tick{tick("triage.blast-radius", 0), tick("triage", 1), bot}
	body := checklist.New(checklist.Default(), checklist.View{Key: "7/70", Ledger: sealed(want...)})
	if diff := cmp.Diff(want, checklist.ReadTicks(body, "7/70", holds)); diff != "" {
		t.Errorf("ticks (-want +got):\n%s", diff)
	}
	merged := checklist.Merge(checklist.Default(), body, checklist.View{Key: "7/70", Ledger: sealed(want[:2]...)})
	if diff := cmp.Diff(want[:2], checklist.ReadTicks(merged, "7/70", holds)); diff != "" {
		t.Errorf("ticks after a refresh (-want +got):\n%s", diff)
	}
	if read := checklist.Read(checklist.Default(), body); len(read.Own) != 0 {
		t.Errorf("the ledger adds the items %v", read.Own)
	}
}

func TestLedgerBelievesItsSeal(t *testing.T) {
	good := sealed(tick("triage.data", 0))
	for name, body := range map[string]string{
		"nothing":             "",
		"another incident's":  strings.Replace(good, " 7/70 ", " 7/71 ", 1),
		"a tick added":        strings.Replace(good, " triage.data", " mitigate.verify+1,2,maya triage.data", 1),
		"another person":      strings.Replace(good, "jon", "maya", 1),
		"no seal":             strings.Replace(good, sealOf("7/70 triage.data+1795435200,2,jon"), "", 1),
		"in somebody's words": "ticks v1 7/70 triage.data+1,2,jon",
	} {
		if got := checklist.ReadTicks(body, "7/70", holds); len(got) != 0 {
			t.Errorf("%s: believed %v", name, got)
		}
	}
	older := sealed(tick("triage.users", 0))
	newer := sealed(tick("triage.users", 0), tick("triage.data", 5))
	if got := checklist.ReadTicks(newer+"\n"+older, "7/70", holds); len(got) != 2 {
		t.Errorf("an older ledger put back counts: %v", got)
	}
}

func TestLedgerIsBounded(t *testing.T) {
	var many []checklist.Tick
	for n := range 500 {
		many = append(many, tick("triage.data", n))
	}
	got := checklist.ReadTicks(sealed(many...), "7/70", holds)
	if len(got) != 200 || !got[199].At.Equal(many[499].At) {
		t.Errorf("%d ticks are kept, want the newest 200", len(got))
	}
	for _, login := range []string{"a b", "x --> <b>", "", strings.Repeat("x", 100), "jon,maya"} {
		hostile := tick("triage.data", 0)
		hostile.Login = login
		if text := sealed(hostile); text != "" {
			t.Errorf("a tick by %q is kept: %s", login, text)
		}
	}
}

// Whatever stands in a comment, what is believed of it is what a ledger can hold:
// written down again it reads the same, and only a sealed one is believed.
func FuzzReadTicks(f *testing.F) {
	for _, body := range []string{"", sealed(tick("triage.data", 0), tick("triage", 9)), sealed(tick("triage", 1)) + sealed(tick("triage.users", 2)),
		"<!-- ticks v1 7/70 triage+99999999999999,2,jon " + strings.Repeat("0", 32) + " -->"} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if got := checklist.ReadTicks(body, "7/70", func(string, string) bool { return false }); len(got) != 0 {
			t.Fatalf("believed %v without a seal", got)
		}
		ticks := checklist.ReadTicks(body, "7/70", func(string, string) bool { return true })
		if len(ticks) > 200 {
			return // a ledger of ours holds no more; the newest are kept
		}
		ledger := checklist.Ledger("7/70", ticks)
		again := checklist.ReadTicks(checklist.Sealed(ledger, sealOf(ledger)), "7/70", holds)
		if diff := cmp.Diff(ticks, again); diff != "" {
			t.Fatalf("written down again (-want +got):\n%s", diff)
		}
	})
}
