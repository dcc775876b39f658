package redact_test

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/firebreak-app/firebreak/internal/redact"
)

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
	const size = 3 << 10
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
	text := strings.Repeat(sentence, 16<<10/len(sentence))
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
			if !utf8.ValidString(clean) || !utf8.ValidString(scan) {
				t.Errorf("%q became text that is not UTF-8", body)
			}
			onlyFindsChange(t, body, scan)
			if body == sown && (strings.Contains(clean, s.text) || strings.Contains(scan, s.text)) {
				t.Errorf("%s is still in %q", s.name, clean)
			}
		}
	})
}

// onlyFindsChange holds that what stands between markers stood in the text, in the
// same order.
func onlyFindsChange(t *testing.T, text, scanned string) {
	t.Helper()
	for _, kept := range regexp.MustCompile(`\[redacted: [a-z-]+\]`).Split(scanned, -1) {
		at := strings.Index(text, kept)
		if at < 0 {
			t.Fatalf("%q is in what came of %q", kept, text)
		}
		text = text[at+len(kept):]
	}
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
