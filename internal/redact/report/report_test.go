package report_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/internal/redact/corpus"
	"github.com/firebreak-app/firebreak/internal/redact/report"
)

// TestGate holds the gate to what is promised of it, by the corpus and by
// generated texts. What went wrong is named by id; look at the kind, not at the
// case: see docs/redaction.md.
func TestGate(t *testing.T) {
	const seed, generated = 20261124, 600
	gate, err := redact.New()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := corpus.Read()
	if err != nil {
		t.Fatal(err)
	}
	clean := func(text string) (string, error) {
		out, _, err := gate.Clean(text)
		return out, err
	}
	for name, cases := range map[string][]corpus.Case{"the corpus": kept, "generated": corpus.Generate(seed, generated)} {
		r, err := report.Measure(clean, cases)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Enough(); err != nil {
			var text strings.Builder
			r.Write(&text)
			t.Errorf("%s: %v\n%s", name, err, text.String())
		}
	}
}

var cases = []corpus.Case{
	{ID: "a-1", Kind: "a", Class: corpus.Secret, Text: "the hunter2", Find: []string{"hunter2"}},
	{ID: "b-1", Kind: "b", Class: corpus.Personal, Text: "ask maya", Find: []string{"maya"}, Hard: true},
	{ID: "c-1", Kind: "c", Class: corpus.LookAlike, Text: "v1.2.3", Keep: []string{"v1.2.3"}},
}

func TestReport(t *testing.T) {
	for name, c := range map[string]struct {
		clean report.Clean
		says  []string
		short string
	}{
		"finds all":  {func(s string) (string, error) { return strings.NewReplacer("hunter2", "", "maya", "").Replace(s), nil }, []string{"100.00 %  1 of 1", "0.00 %  0 of 1"}, ""},
		"finds none": {func(s string) (string, error) { return s, nil }, []string{"a-1  secret/a", "b-1  personal/b  (hard)"}, "0 of 1 went right"},
		"takes all":  {func(string) (string, error) { return "", nil }, []string{"100.00 %  1 of 1", "c-1  look-alike/c"}, `"look-alike", 0 of 1`},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := report.Measure(c.clean, cases)
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			r.Write(&out)
			for _, says := range c.says {
				if !strings.Contains(out.String(), says) {
					t.Errorf("it should say %q:\n%s", says, out.String())
				}
			}
			if strings.Contains(out.String(), "hunter2") || strings.Contains(out.String(), "maya") {
				t.Errorf("it shows a text:\n%s", out.String())
			}
			if err := r.Enough(); (err == nil) != (c.short == "") || err != nil && !strings.Contains(err.Error(), c.short) {
				t.Errorf("got %v, want an error that says %q", err, c.short)
			}
		})
	}
	failing := func(string) (string, error) { return "", errors.New("no gate") }
	if _, err := report.Measure(failing, cases); err == nil || !strings.Contains(err.Error(), "a-1") {
		t.Errorf("a failing gate: %v", err)
	}
}
