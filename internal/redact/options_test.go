package redact_test

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/redact"
)

func with(t testing.TB, o redact.Options) *redact.Gate {
	t.Helper()
	g, err := gate(t).With(o)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestWith_PatternsFindMore(t *testing.T) {
	g := with(t, redact.Options{Patterns: []redact.Pattern{
		{Name: "customer-id", Match: `\bACME-[0-9]{4,}\b`},
		{Name: "person", Match: `(?i)\bcaller (Ada Byron)\b`},
		{Name: "rest", Match: `EVERYTHING.*`},
	}})
	for text, want := range map[string]string{
		"ACME-4711 called":                   "[redacted: customer-id] called",
		"caller Ada Byron is back":           "caller [redacted: person] is back",
		"AC\u200bME-4711":                    "[redacted: customer-id]",
		"EVERYTHING a@example.org goes":      "[redacted: rest]",
		"EVERYTHING [redacted: code] goes":   "[redacted: rest][redacted: code][redacted: rest]",
		"ACME-4711 and password=" + pw:       "[redacted: customer-id] and password=[redacted: password]",
		"ACMEX-4711 [redacted: customer-id]": "ACMEX-4711 [redacted: customer-id]",
	} {
		if got, _ := settled(t, g.Clean, text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
		if got, found := settled(t, gate(t).Clean, "ACME-4711"); got != "ACME-4711" {
			t.Errorf("the gate that With was called on changed: %v", found)
		}
	}
	if got, _ := settled(t, g.Scan, "ACME-4711"); got != "ACME-4711" {
		t.Errorf("Scan gave %q: a page's own marks could be hit", got)
	}
}

func TestWith_AllowListExemptsWhatIsGuessed(t *testing.T) {
	token := "ghp" + "_" + drawn(36, alnum)
	g := with(t, redact.Options{
		Patterns: []redact.Pattern{{Name: "customer-id", Match: `ACME-[0-9]+`}},
		Allow:    []string{`.*@example\.com`, `ACME-1`, `hunter2|swordfish`, `gh.*`, `app:.*`, `(?s)-----.*`},
	})
	begin, body, end := pem("")
	for text, want := range map[string]string{
		"support@example.com or maya@example.org": "support@example.com or [redacted: e-mail]",
		"ACME-1 and ACME-11":                      "ACME-1 and [redacted: customer-id]",
		"password=hunter2":                        "password=hunter2",
		"password=hunter2x":                       "password=[redacted: password]",
		token:                                     "[redacted: github-token]",
		"password=" + token:                       "password=[redacted: github-token]",
		"https://app:hunter2@db.example":          "https://[redacted: url-password]@db.example",
		begin + "\n" + body + "\n" + end:          "[redacted: private-key]",
	} {
		if got, _ := settled(t, g.Clean, text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestWith_InlineCode(t *testing.T) {
	long := "`" + strings.Repeat("x", 81) + "`"
	for text, want := range map[string]string{
		"run `kubectl rollout undo` now":           "run `kubectl rollout undo` now",
		"a " + long + " b":                         "a [redacted: code] b",
		"a `" + strings.Repeat("ü", 80) + "` b":    "a `" + strings.Repeat("ü", 80) + "` b",
		"``x ` " + long[1:81] + "`` b":             "[redacted: code] b",
		"`a\n" + long[1:82] + "` b":                "[redacted: code] b",
		"`open " + long[1:82] + "\n\nand ` closes": "`open " + long[1:82] + "\n\nand ` closes",
		"one ` two " + long[1:82] + " and no more": "one ` two " + long[1:82] + " and no more",
	} {
		if got, _ := settled(t, gate(t).Clean, text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	if got, _ := settled(t, with(t, redact.Options{InlineCode: 5}).Clean, "`12345` `123456`"); got != "`12345` [redacted: code]" {
		t.Errorf("with a bound of 5: %q", got)
	}
}

func TestWith_SaysWhatIsWrong(t *testing.T) {
	many := make([]redact.Pattern, redact.MaxPatterns+1)
	one := func(name, match string) redact.Options {
		return redact.Options{Patterns: []redact.Pattern{{Name: "fine", Match: "x"}, {Name: name, Match: match}}}
	}
	for want, o := range map[string]redact.Options{
		"51 are too many":            {Patterns: many},
		"51 entries are too many":    {Allow: make([]string, redact.MaxPatterns+1)},
		`pattern 2 ("Customer")`:     one("Customer", "x"),
		`pattern 2 ("")`:             one("", "x"),
		`pattern 2 ("github-token")`: one("github-token", "x"),
		`pattern 2 ("e-mail")`:       one("e-mail", "x"),
		`pattern 2 ("code")`:         one("code", "x"),
		"the expression is empty":    one("customer-id", ""),
		"is not RE2":                 one("customer-id", "(?=x)"),
		"has 501 bytes, at most 500": one("customer-id", strings.Repeat("x", 501)),
		"allow-list, entry 2":        {Allow: []string{"x", "("}},
		"-1 characters":              {InlineCode: -1},
	} {
		g, err := gate(t).With(o)
		if err == nil || !strings.Contains(err.Error(), want) || g != nil {
			t.Errorf("got %v and %v, want an error that says %q", g != nil, err, want)
		}
	}
}

func TestWith_AddsToWhatWasAdded(t *testing.T) {
	first := with(t, redact.Options{Patterns: []redact.Pattern{{Name: "a", Match: "aaa"}}, Allow: []string{"aaa"}, InlineCode: 5})
	second, err := first.With(redact.Options{Patterns: []redact.Pattern{{Name: "b", Match: "bbb"}}})
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := settled(t, second.Clean, "aaa bbb `123456`"); got != "aaa [redacted: b] [redacted: code]" {
		t.Errorf("got %q", got)
	}
	if got, _ := settled(t, first.Clean, "aaa bbb"); got != "aaa bbb" {
		t.Errorf("the first one changed: %q", got)
	}
}
