package postmortem_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

func TestPageName(t *testing.T) {
	for _, c := range []struct {
		name  string
		title string
		want  string
	}{
		{"words", "Checkout times out", "Incident-42-checkout-times-out"},
		{"punctuation", "  Can't -- log in!? (EU/US) ", "Incident-42-cant-log-in-eu-us"},
		{"accents", "Größe überschritten: café", "Incident-42-grosse-uberschritten-cafe"},
		{"a path", "../../etc/passwd", "Incident-42-etc-passwd"},
		{"a path of another system", `C:\wiki\Home.md`, "Incident-42-c-wiki-home-md"},
		{"an encoded path", "%2e%2e%2fHome", "Incident-42-2e-2e-2fhome"},
		{"a git argument", "--upload-pack=sh", "Incident-42-upload-pack-sh"},
		{"Markdown", "[a](b) `c` **d** | <e>", "Incident-42-a-b-c-d-e"},
		{"line breaks and controls", "a\r\nb\x00c\u202ed", "Incident-42-a-b-c-d"},
		{"redacted", "token [redacted: token] leaked", "Incident-42-token-redacted-token-leaked"},
		{"another script alone", "支付超时", "Incident-42"},
		{"emoji alone", "🔥🔥", "Incident-42"},
		{"symbols alone", "-- ../ --", "Incident-42"},
		{"nothing", "", "Incident-42"},
		{"bytes that are no text", "\xff\xfe", "Incident-42"},
		{"look-alike letters", "ＦＵＬＬ ﬁx ℂ", "Incident-42-full-fix-c"},
		{"many words", strings.Repeat("word ", 40), "Incident-42-word-word-word-word-word-word-word-word-word-word-word-word-word"},
		{"one long word", strings.Repeat("x", 300), "Incident-42-" + strings.Repeat("x", 68)},
		{"a word that ends at the bound", strings.Repeat("x", 68) + " y", "Incident-42-" + strings.Repeat("x", 68)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := postmortem.PageName(42, c.title); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

var pageName = regexp.MustCompile(`^Incident-42(-[a-z0-9]+)*$`)

func FuzzPageName(f *testing.F) {
	for _, title := range []string{"Checkout times out", "../..", "ẞ’é\u0301-", strings.Repeat("a-", 100), "İstanbul ﬃ ½", "\xff"} {
		f.Add(title)
	}
	f.Fuzz(func(t *testing.T, title string) {
		got := postmortem.PageName(42, title)
		if !pageName.MatchString(got) || len(got) > 80 {
			t.Errorf("%q gives %q", title, got)
		}
		if again := postmortem.PageName(42, strings.TrimPrefix(got, "Incident-42")); again != got {
			t.Errorf("the name of %q is %q, of which the name is %q", title, got, again)
		}
	})
}
