package redact_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/internal/redact"
)

// contexts are sentences that a secret may stand in.
var contexts = []struct{ name, before, after string }{
	{"alone", "", ""},
	{"in a line", "we saw ", " in the log"},
	{"at a sentence's end", "It was ", ". Then it stopped."},
	{"in a code span", "`", "`"},
	{"in parentheses", "(", ")"},
	{"in a table", "| a | ", " | b |\n"},
	{"in JSON", `{"a": "`, `", "b": 1}`},
	{"in a list", "- one\n- ", "\n- three\n"},
	{"in a comment", "<!-- ", " -->"},
	{"bold", "**", "**"},
}

func gate(t testing.TB) *redact.Gate {
	t.Helper()
	g, err := redact.New()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// both runs Clean and Scan, and checks what holds for every text.
func both(t testing.TB, g *redact.Gate, text string) (clean string, cleaned redact.Findings, scan string, scanned redact.Findings) {
	t.Helper()
	clean, cleaned = settled(t, g.Clean, text)
	scan, scanned = settled(t, g.Scan, text)
	return clean, cleaned, scan, scanned
}

func settled(t testing.TB, run func(string) (string, redact.Findings, error), text string) (string, redact.Findings) {
	t.Helper()
	once, found, err := run(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	twice, again, err := run(once)
	if err != nil || twice != once || again.Total() != 0 {
		t.Fatalf("not settled: %q became %q, then %q with %v, %v", text, once, twice, again, err)
	}
	if (found.Total() > 0) != (once != text) {
		t.Fatalf("%d findings, and %q became %q", found.Total(), text, once)
	}
	return once, found
}

func TestGate_TakesSecretsOut(t *testing.T) {
	g := gate(t)
	for _, s := range secrets() {
		t.Run(s.name, func(t *testing.T) {
			for _, c := range contexts {
				want := c.before + "[redacted: " + s.kind + "]" + c.after
				clean, cleaned, scan, scanned := both(t, g, c.before+s.text+c.after)
				if clean != want || scan != want {
					t.Errorf("%s: got\n%s\nand\n%s\nwant\n%s", c.name, clean, scan, want)
				}
				one := redact.Findings{s.kind: 1}
				if !cmp.Equal(cleaned, one) || !cmp.Equal(scanned, one) {
					t.Errorf("%s: findings %v and %v, want %v", c.name, cleaned, scanned, one)
				}
			}
		})
	}
}

func TestGate_SeesThroughDisguise(t *testing.T) {
	g := gate(t)
	between := func(s, with string) string { return s[:9] + with + s[9:] }
	begin, body, end := pem("")
	cases := map[string]struct{ text, want string }{
		"zero-width space":        {between("ghp"+"_"+drawn(36, alnum), "\u200b"), "[redacted: github-token]"},
		"zero-width joiners":      {"g\u200dh\u200dp\ufeff_" + drawn(36, alnum), "[redacted: github-token]"},
		"soft hyphen":             {between("AKIA"+drawn(16, uppers), "\u00ad"), "[redacted: aws-key]"},
		"invisible at the end":    {"glpat" + "-" + drawn(20, alnum) + "\u200b!", "[redacted: gitlab-token]\u200b!"},
		"Markdown's escapes":      {`ghp\_` + drawn(36, alnum), "[redacted: github-token]"},
		"an entity":               {"ghp&#95;" + drawn(36, alnum), "[redacted: github-token]"},
		"an invisible entity":     {"ghp_" + drawn(9, alnum) + "&ZeroWidthSpace;" + drawn(36, alnum), "[redacted: github-token]"},
		"full-width forms":        {"maya＠example．com", "[redacted: e-mail]"},
		"entity in an address":    {"maya&commat;example&period;com", "[redacted: e-mail]"},
		"JSON's escaped slashes":  {`"postgres:\/\/app:s3cret\/x@db\/main"`, `"postgres:\/\/[redacted: url-password]@db\/main"`},
		"invisible in a password": {"pass\u200bword=hun\u200bter2", "pass\u200bword=[redacted: password]"},
		"hard space":              {"password:\u00a0hunter2", "password:\u00a0[redacted: password]"},
		"key with invisibles":     {"-----\u200bBEGIN" + begin[10:] + "\n" + between(body, "\u200b") + "\n" + end, "[redacted: private-key]"},
		"variation selectors":     {"AK\ufe0fIA" + drawn(16, uppers), "[redacted: aws-key]"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, _ := settled(t, g.Clean, "x "+c.text+" y")
			if want := "x " + c.want + " y"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestGate_ManyKeysInOneText(t *testing.T) {
	begin, body, end := pem("EC ")
	whole, cut := begin+"\n"+body+"\n"+end, begin+"\n"+body
	text := "one: " + cut + "\n\nThen we saw:\n" + whole + "\n\nand the rest of a third:\n\n" + body + "\n" + end + "\nDone."
	const key = "[redacted: private-key]"
	want := "one: " + key + "\n\nThen we saw:\n" + key + "\n\nand the rest of a third:\n\n" + key + "\nDone."
	if got, found := settled(t, gate(t).Clean, text); got != want || found["private-key"] != 3 {
		t.Errorf("got %q with %v, want %q", got, found, want)
	}
}

func TestGate_ScanLeavesPeoplesTextAlone(t *testing.T) {
	text := "```mermaid\ntimeline\n```\nmaya@example.com\n\tat a.b.C(D.java:1)\n"
	if got, found := settled(t, gate(t).Scan, text); got != text {
		t.Errorf("got %q with %v", got, found)
	}
}

func TestGate_ScanLeavesFirebreaksMarksAlone(t *testing.T) {
	g, seal := gate(t), drawn(32, "0123456789abcdef")
	text := "- 12:01 rotated the Datadog API key <!-- firebreak:entry " + seal + " -->\n"
	if got, found := settled(t, g.Scan, text); got != text {
		t.Errorf("got %q with %v", got, found)
	}
	token := "ghp" + "_" + drawn(36, alnum)
	if got, found := settled(t, g.Scan, "<!-- firebreak:entry "+token+" -->"); found["github-token"] != 1 {
		t.Errorf("a token in a mark stays: %q", got)
	}
	if got, found := settled(t, g.Clean, text); found["datadog-key"] != 1 {
		t.Errorf("a mark that people write hides a key: %q", got)
	}
}

func TestGate_MarkersAreInert(t *testing.T) {
	g := gate(t)
	for _, text := range []string{
		"[redacted: password]", "password=[redacted: password]", "token: [redacted: secret] is gone",
		`password: \[redacted: password\] escaped`, "https://[redacted: url-password]@github.com/o/r",
		"Authorization: Bearer [redacted: jwt]", "api_key='[redacted: google-key]'", "[redacted: e-mail]@example.com",
		"?token=[redacted: url-secret]&x=1",
	} {
		if clean, found, scan, _ := both(t, g, text); clean != text || scan != text {
			t.Errorf("%q became %q and %q: %v", text, clean, scan, found)
		}
	}
	// what only looks like a marker hides nothing
	hidden := "[redacted: ghp" + "_" + drawn(36, alnum) + "]"
	if got, _ := settled(t, g.Clean, hidden); got != "[redacted: [redacted: github-token]]" {
		t.Errorf("got %q", got)
	}
}

func TestGate_CountsByKind(t *testing.T) {
	text := "a@example.com, b@example.com; password=hunter2 and ghp" + "_" + drawn(36, alnum) + "\n```\nx\n```\n"
	_, found := settled(t, gate(t).Clean, text)
	if got, want := found.String(), "1 code, 2 e-mail, 1 github-token, 1 password"; got != want {
		t.Errorf("findings = %q, want %q", got, want)
	}
	if found.Total() != 5 {
		t.Errorf("total = %d", found.Total())
	}
	found.Add(redact.Findings{"jwt": 2, "e-mail": 1})
	if got, want := found.String(), "1 code, 3 e-mail, 1 github-token, 2 jwt, 1 password"; got != want {
		t.Errorf("after Add: %q, want %q", got, want)
	}
	if got := (redact.Findings{}).String(); got != "" {
		t.Errorf("none: %q", got)
	}
}

func TestGate_MostSpecificKindNamesTheFinding(t *testing.T) {
	g := gate(t)
	token := "ghs" + "_123456_" + jwt()
	for _, text := range []string{
		"password=" + token, "Authorization: token " + token, "https://x-access-token:" + token + "@github.com/o/r.git",
		"?access_token=" + token, `{"token": "` + token + `"}`,
	} {
		got, found := settled(t, g.Clean, text)
		if !cmp.Equal(found, redact.Findings{"github-token": 1}) || strings.Contains(got, token[20:40]) {
			t.Errorf("%s: %v", got, found)
		}
	}
}
