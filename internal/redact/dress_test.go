package redact_test

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"strings"
	"testing"
)

func TestGate_DressHidesNothing(t *testing.T) {
	g := gate(t)
	token := "ghp" + "_" + drawn(36, alnum)
	std, web := base64.StdEncoding, base64.RawURLEncoding
	wrapped := std.EncodeToString([]byte(strings.Repeat("plain words of a file\n", 5) + "password=" + pw + "x1\n"))
	for name, c := range map[string]struct{ text, kind string }{
		"bold within":            {"**gh**p_" + token[4:], "github-token"},
		"backticks within":       {"`" + token[:10] + "`" + token[10:], "github-token"},
		"a backslash at the end": {token[:20] + "\\\n" + token[20:], "github-token"},
		"tags within":            {token[:8] + "<b>" + token[8:12] + "</b>" + token[12:], "github-token"},
		"a comment within":       {token[:8] + "<!-- x -->" + token[8:], "github-token"},
		"joined strings":         {`"` + token[:8] + `" + "` + token[8:] + `"`, "github-token"},
		"mathematical letters":   {"\U0001d420\U0001d421\U0001d429_" + token[4:], "github-token"},
		"URL-encoded":            {strings.ReplaceAll(url.QueryEscape("postgres://app:"+pw+"@db/x"), "+", "%20"), "url-password"},
		"URL-encoded twice":      {url.QueryEscape(url.QueryEscape("x://app:" + pw + "@db/x")), "url-password"},
		"URL-encoded address":    {"maya%40example.com", "e-mail"},
		"base64":                 {std.EncodeToString([]byte("export T=" + token)), "github-token"},
		"base64 for URLs":        {web.EncodeToString([]byte("??>>password=" + pw)), "password"},
		"base64 twice":           {std.EncodeToString([]byte(std.EncodeToString([]byte("here is our token: " + token)))), "github-token"},
		"base64 on lines":        {wrapped[:64] + "\n" + wrapped[64:128] + "\n" + wrapped[128:], "password"},
		"base64 in a URL":        {"https://x.example/v/" + web.EncodeToString([]byte("password="+pw+"1")), "password"},
		"hexadecimal":            {hex.EncodeToString([]byte("password=" + pw)), "password"},
		"gitleaks:allow":         {token + " # gitleaks:allow", "github-token"},
	} {
		got, found := settled(t, g.Clean, "see "+c.text+" there")
		if found[c.kind] != 1 || strings.Contains(got, token[12:]) {
			t.Errorf("%s: %q became %q with %v", name, c.text, got, found)
		}
	}
}

func TestGate_GitleaksFindsWhatTheRulesDoNotKnow(t *testing.T) {
	g := gate(t)
	// a vendor that has no rule here; gitleaks knows its form
	key := "shippo" + "_live_" + drawn(40, "0123456789abcdef")
	beamer := "b_" + drawn(44, url64)
	for text, kind := range map[string]string{
		"beamer_key = \"" + beamer + "\" # gitleaks:allow": "beamer-token",
		key: "shippo-token",
	} {
		for name, run := range map[string]func(string) (string, int){
			"Clean": func(s string) (string, int) { out, f := settled(t, g.Clean, s); return out, f.Total() },
			"Scan":  func(s string) (string, int) { out, f := settled(t, g.Scan, s); return out, f.Total() },
		} {
			if got, n := run(text); n != 1 || !strings.Contains(got, "[redacted: ") {
				t.Errorf("%s of a %s: %q with %d finds", name, kind, got, n)
			}
		}
	}
}

func TestGate_EncodedWordsSurvive(t *testing.T) {
	g := gate(t)
	for _, text := range []string{
		base64.StdEncoding.EncodeToString([]byte("nothing but plain words in here, and more of them")), "**bold**text and `code`s",
		"https://x.example/?q=password%20reset&next=%2Fhome", "sha512-" + base64.StdEncoding.EncodeToString([]byte(drawn(64, alnum))),
		"<details><summary>password reset</summary>", "100%25 of users", hex.EncodeToString([]byte(drawn(20, alnum))),
	} {
		if got, found := settled(t, g.Clean, text); got != text {
			t.Errorf("%q became %q: %v", text, got, found)
		}
	}
}
