package redact_test

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/internal/redact"
)

const (
	digits = "0123456789"
	uppers = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	lowers = "abcdefghijklmnopqrstuvwxyz"
	alnum  = digits + uppers + lowers
	url64  = alnum + "-_"
)

// drawn gives n characters of an alphabet, always the same. Secrets are put
// together when the tests run, so that no scanner takes this file for a leak.
func drawn(n int, alphabet string) string {
	r := rand.New(rand.NewPCG(42, uint64(n)))
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

func jwt() string {
	part := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	return part(`{"alg":"RS256","typ":"JWT"}`) + "." + part(`{"iss":"1234","exp":1795435200}`) + "." + drawn(342, url64)
}

func pem(kind string) (begin, body, end string) {
	lines := make([]string, 6)
	for i := range lines {
		lines[i] = drawn(64, alnum+"+/")
	}
	lines[5] = drawn(20, alnum) + "=="
	return "-----" + "BEGIN " + kind + "PRIVATE KEY-----", strings.Join(lines, "\n"), "-----" + "END " + kind + "PRIVATE KEY-----"
}

type secret struct{ name, kind, text string }

// secrets has one of every kind that stands for itself.
func secrets() []secret {
	begin, body, end := pem("RSA ")
	pgpBegin, pgpBody, pgpEnd := pem("PGP ")
	pgp := strings.ReplaceAll(pgpBegin+"\nVersion: 1\n\n"+pgpBody+"\n"+pgpEnd, "KEY-", "KEY BLOCK-")
	return []secret{
		{"classic personal token", "github-token", "ghp" + "_" + drawn(36, alnum)},
		{"OAuth token", "github-token", "gho" + "_" + drawn(36, alnum)},
		{"user-to-server token", "github-token", "ghu" + "_" + drawn(36, alnum)},
		{"refresh token", "github-token", "ghr" + "_" + drawn(76, alnum)},
		{"classic installation token", "github-token", "ghs" + "_" + drawn(36, alnum)},
		{"installation token of today", "github-token", "ghs" + "_123456_" + jwt()},
		{"fine-grained token", "github-token", "github" + "_pat_" + drawn(22, alnum) + "_" + drawn(59, alnum)},
		{"first installation tokens", "github-token", "v1" + "." + drawn(40, "0123456789abcdef")},
		{"AWS key", "aws-key", "AKIA" + drawn(16, uppers+"234567")},
		{"AWS session key", "aws-key", "ASIA" + drawn(16, uppers+"234567")},
		{"Slack bot token", "slack-token", "xoxb" + "-" + drawn(12, digits) + "-" + drawn(24, alnum)},
		{"Slack app token", "slack-token", "xapp" + "-1-" + drawn(11, uppers) + "-" + drawn(60, digits)},
		{"Slack webhook", "slack-webhook", "https://hooks.slack" + ".com/services/T" + drawn(8, uppers) + "/B1/" + drawn(24, alnum)},
		{"Discord webhook", "discord-webhook", "https://discord" + ".com/api/webhooks/" + drawn(18, digits) + "/" + drawn(68, url64)},
		{"Teams webhook", "teams-webhook", "https://acme.webhook" + ".office.com/webhookb2/" + drawn(36, alnum) + "@x/IncomingWebhook/1"},
		{"Telegram token", "telegram-token", drawn(9, "123456789") + ":AA" + drawn(33, url64)},
		{"Stripe key", "stripe-key", "sk" + "_live_" + drawn(24, alnum)},
		{"Stripe restricted key", "stripe-key", "rk" + "_test_" + drawn(24, alnum)},
		{"Stripe webhook secret", "stripe-key", "whsec" + "_" + drawn(32, alnum)},
		{"Google key", "google-key", "AIza" + drawn(35, url64)},
		{"Google client secret", "google-key", "GOCSPX" + "-" + drawn(28, url64)},
		{"OpenAI key", "openai-key", "sk" + "-" + drawn(48, alnum)},
		{"OpenAI project key", "openai-key", "sk" + "-proj-" + drawn(100, url64)},
		{"Anthropic key", "anthropic-key", "sk" + "-ant-api03-" + drawn(93, url64) + "AA"},
		{"npm token", "npm-token", "npm" + "_" + drawn(36, alnum)},
		{"PyPI token", "pypi-token", "pypi" + "-" + drawn(150, url64)},
		{"GitLab token", "gitlab-token", "glpat" + "-" + drawn(20, alnum)},
		{"GitLab routable token", "gitlab-token", "glpat" + "-" + drawn(27, alnum) + ".01.0" + drawn(8, lowers)},
		{"SendGrid key", "sendgrid-key", "SG" + "." + drawn(22, url64) + "." + drawn(43, url64)},
		{"age key", "age-key", "AGE-SECRET" + "-KEY-1" + drawn(58, uppers+digits)},
		{"JWT", "jwt", jwt()},
		{"JWT without its signature", "jwt", jwt()[:strings.LastIndex(jwt(), ".")]},
		{"private key", "private-key", begin + "\n" + body + "\n" + end},
		{"private key in one string", "private-key", begin + `\n` + strings.ReplaceAll(body, "\n", `\n`) + `\n` + end},
		{"private key in JSON of JSON", "private-key", begin + `\\n` + strings.ReplaceAll(body, "\n", `\\n`) + `\\n` + end},
		{"private key in a quote", "private-key", begin + "\n> " + strings.ReplaceAll(body, "\n", "\n> ") + "\n> " + end},
		{"private key cut off at its end", "private-key", begin + "\n" + body},
		{"private key cut off in a line", "private-key", begin + "\n" + body[:150]},
		{"escaped private key cut off", "private-key", begin + `\n` + strings.ReplaceAll(body, "\n", `\n`)},
		{"private key cut off at its beginning", "private-key", body + "\n" + end},
		{"encrypted private key cut off", "private-key", begin + "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,AB01\n\n" + body},
		{"PGP key", "private-key", pgp},
	}
}

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

func TestGate_ScanLeavesPeoplesTextAlone(t *testing.T) {
	text := "```mermaid\ntimeline\n```\nmaya@example.com\n\tat a.b.C(D.java:1)\n"
	if got, found := settled(t, gate(t).Scan, text); got != text {
		t.Errorf("got %q with %v", got, found)
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

func TestGate_FailsClosed(t *testing.T) {
	g := gate(t)
	long := strings.Repeat("a ", 1<<20) + "b"
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"not UTF-8": {"password=hunter2 \xff", redact.ErrEncoding},
		"too long":  {long, redact.ErrTooLong},
	} {
		for _, run := range []func(string) (string, redact.Findings, error){g.Clean, g.Scan} {
			if got, found, err := run(c.text); !errors.Is(err, c.want) || got != "" || found != nil {
				t.Errorf("%s: %q, %v, %v; want %v and nothing else", name, got, found, err, c.want)
			}
		}
	}
}

func TestGate_HostileTextTakesNoTime(t *testing.T) {
	g := gate(t)
	const size = 50 << 10
	for _, unit := range []string{
		"a", "a ", "@", "a@", "a@b.", "://", "x://a:", "x://a:80/", "x://a:b/", "secret:", "secret: ", `secret:"`, "password", "password=,", "password is ",
		"-----" + "BEGIN PRIVATE KEY-----", "-----" + "END PRIVATE KEY-----\n", "-----" + "BEGIN PRIVATE KEY-----\nAAAA", "```", "```\n", "> ```\n", "~~~", "at ", "at a.b(",
		" at a.b(C.java:1)\n", "Traceback (most recent call last):\n", "goroutine 1 [x]:\n", "ghs_", "eyJ", "eyJaaaaaaaaa.", "&#", "&amp;", `\`, `\[redacted: `, "[redacted: ",
		"authorization:", "authorization: ", "bearer ", "cookie: a=", "curl -u ", "curl ", "?token=", "?key=", "0123456789:", "sk-", "\u200b", "--password ", "> ", "- ", "1) ",
		"secret:$a,", "password=`", "-----" + "END PRIVATE KEY----- " + strings.Repeat("a", 16),
	} {
		settled(t, g.Clean, strings.Repeat(unit, size/len(unit))+"@example.com")
	}
}

func TestGate_LongBodyKeepsItsWords(t *testing.T) {
	sentence := "At 12:01 @maya saw 3.1 % errors on https://status.example.com/x?a=b#c after deploy 8f3c1d2 (v1.2.3). "
	text := strings.Repeat(sentence, 200<<10/len(sentence))
	key := "AKIA" + drawn(16, uppers)
	clean, _, scan, _ := both(t, gate(t), text+key+"\n"+text)
	if want := text + "[redacted: aws-key]\n" + text; clean != want || scan != want {
		t.Error("something else changed")
	}
}

func FuzzGate(f *testing.F) {
	for _, s := range secrets() {
		f.Add("see "+s.text+" there", uint8(0))
	}
	for _, text := range []string{
		"password: hunter2, secret=abc123", "```go\nx\n```", "> ~~~\n> y\n", "\tat com.x.Y(Z.java:1)\n", "&#8203;&commat;\\@", "[redacted: code]",
		"https://u:p@h/ maya@example.com \u200b", "Traceback (most recent call last):\n  File \"x.py\", line 1\n", "goroutine 1 [running]:\nmain.main()\n",
		"-----" + "BEGIN PRIVATE KEY-----\nabc", "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte("a:b")), hex.EncodeToString([]byte(alnum)),
	} {
		f.Add(text, uint8(3))
	}
	g, planted := gate(f), secrets()
	f.Fuzz(func(t *testing.T, text string, pick uint8) {
		s := planted[int(pick)%len(planted)]
		text = strings.ToValidUTF8(text, "?")
		half := len(strings.ToValidUTF8(text[:len(text)/2], ""))
		sown := text[:half] + "\n\n" + s.text + "\n\n" + text[half:]
		for _, body := range []string{text, sown} {
			clean, _, scan, _ := both(t, g, body)
			if body == sown && (strings.Contains(clean, s.text) || strings.Contains(scan, s.text)) {
				t.Errorf("%s is still in %q", s.name, clean)
			}
		}
	})
}

func BenchmarkClean(b *testing.B) {
	g := gate(b)
	sentence := "At 12:01 @maya saw 3.1 % errors with password reset on https://status.example.com/x?a=b after the token expired (v1.2.3).\n- [ ] look at `api_key` again\n"
	text := strings.Repeat(sentence, 10<<10/len(sentence))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, _, err := g.Clean(text); err != nil {
			b.Fatal(err)
		}
	}
}
