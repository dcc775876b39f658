package redact

import (
	"strings"
	"testing"
)

func TestGate_PanickingRuleFailsClosed(t *testing.T) {
	const text = "the secret words"
	boom := func(text string) []place { panic(text) }
	g := &Gate{secrets: []rule{{kind: "boom", hints: []string{"secret"}, find: boom}}}
	for _, run := range []func(string) (string, Findings, error){g.Clean, g.Scan} {
		got, found, err := run(text)
		if err == nil || got != "" || found != nil {
			t.Errorf("got %q, %v, %v; want an error alone", got, found, err)
		}
		if err != nil && (strings.Contains(err.Error(), text) || !strings.Contains(err.Error(), "boom")) {
			t.Errorf("error %q should name the rule and not quote the text", err)
		}
	}
	bang := block{kind: "bang", hints: []string{"secret"}, measure: func(lines []string) int { panic(lines[0]) }}
	if got, _, err := (&Gate{blocks: []block{bang}}).Clean(text); err == nil || got != "" {
		t.Errorf("block: got %q, %v", got, err)
	}
}

func TestGate_RestlessRuleFailsClosed(t *testing.T) {
	// finds its own marker, since that kind is none
	g := &Gate{secrets: []rule{{kind: "a1", hints: []string{"a"}, find: func(text string) []place {
		i := strings.IndexByte(text, 'a')
		return []place{{i, i + 1}}
	}}}}
	if got, found, err := g.Scan("a"); err == nil || got != "" || found != nil {
		t.Errorf("got %q, %v, %v; want an error alone", got, found, err)
	}
}

func TestJoined(t *testing.T) {
	at := func(start, end int, kind string) span { return span{place: place{start, end}, kind: kind} }
	got := joined([]span{at(5, 9, "first"), at(0, 2, "second"), at(8, 12, "third"), at(2, 5, "fourth"), at(20, 30, "fifth"), at(18, 21, "sixth"), at(22, 23, "last")})
	want := []span{at(0, 2, "second"), at(2, 5, "fourth"), at(5, 12, "first"), at(18, 30, "fifth")}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

func TestPattern_BrokenExpressionIsAnError(t *testing.T) {
	if _, err := pattern("x", "(", nil); err == nil {
		t.Error("no error")
	}
}
