package redact_test

import (
	"encoding/base64"
	"strings"
	"testing"
)

// pw is a password in the tables below; "§" stands for the marker.
const pw = "hunter2"

func TestGate_SecretsByTheirPlace(t *testing.T) {
	basic := base64.StdEncoding.EncodeToString([]byte("maya:" + pw))
	hash := drawn(40, "0123456789abcdef")
	long := strings.Repeat("Ab1/", 600)
	cases := []struct{ kind, text, want string }{
		{"password", "password=" + pw, "password=§"},
		{"password", "Password: " + pw, "Password: §"},
		{"password", "password: swordfish", "password: §"},
		{"password", "password: swordfish\nmore words", "password: §\nmore words"},
		{"password", "password: " + pw + " for the admin", "password: § for the admin"},
		{"password", "**Password:** " + pw, "**Password:** §"},
		{"password", "**Password**: `" + pw + "`", "**Password**: `§`"},
		{"password", "DB_PASSWORD=Tr0ub4dor&3", "DB_PASSWORD=§"},
		{"password", "POSTGRES_PASSWORD = 'two words'", "POSTGRES_PASSWORD = '§'"},
		{"password", `{"user": "maya", "password": "` + pw + `", "x": 1}`, `{"user": "maya", "password": "§", "x": 1}`},
		{"password", `{\"password\":\"` + pw + `\"}`, `{\"password\":\"§\"}`},
		{"password", "smtp_pass=" + pw, "smtp_pass=§"},
		{"password", "spring.datasource.password=" + pw, "spring.datasource.password=§"},
		{"password", "passwd:" + pw, "passwd:§"},
		{"password", "passphrase := " + pw, "passphrase := §"},
		{"password", "password => " + pw, "password => §"},
		{"password", "mysql --password " + pw + " -h db", "mysql --password § -h db"},
		{"password", "mysql --password=" + pw + " -h db", "mysql --password=§ -h db"},
		{"password", "the password is " + pw + ".", "the password is §."},
		{"password", "I set `password` to `swordfish`", "I set `password` to `§`"},
		{"password", "password=" + pw + ", then", "password=§, then"},
		{"password", "(password=" + pw + ")", "(password=§)"},
		{"password", "password=a(b)c(d)", "password=§"},
		{"password", "Server=db;Password=" + pw + ";Database=x", "Server=db;Password=§;Database=x"},
		{"password", `password="""` + pw + `"""`, `password="""§"""`},
		{"password", "password: reset it, password: " + pw, "password: reset it, password: §"},
		{"password", "password=" + long + " there", "password=§ there"},
		{"password-hash", "password=$2b$12$" + drawn(53, alnum), "password=§"},
		{"password", "password=Pa$$word1", "password=§"},
		{"password", "PWD: " + pw, "PWD: §"},
		{"password", "password: 123456", "password: §"},
		{"password", "password: 123456 on all hosts", "password: § on all hosts"},
		{"password", "the password is: " + pw, "the password is: §"},
		{"password", "password for db01: " + pw, "password for db01: §"},
		{"password", "Password (staging) = " + pw, "Password (staging) = §"},
		{"secret", "secret: " + pw + "x", "secret: §"},
		{"secret", "api_key=" + drawn(20, alnum), "api_key=§"},
		{"secret", "API key: " + drawn(20, alnum) + " (old)", "API key: § (old)"},
		{"secret", "X-Api-Key: " + drawn(32, lowers+digits), "X-Api-Key: §"},
		{"secret", "token=" + drawn(20, alnum), "token=§"},
		{"secret", "--token " + drawn(20, alnum), "--token §"},
		{"secret", "//registry/:_authToken=" + drawn(36, lowers+digits), "//registry/:_authToken=§"},
		{"secret", "client_secret: '" + drawn(20, alnum) + "'", "client_secret: '§'"},
		{"secret", "SECRET_KEY_BASE=" + hash, "SECRET_KEY_BASE=§"},
		{"azure-key", "AccountKey=" + drawn(86, alnum) + "==;x=y", "AccountKey=§;x=y"},
		{"aws-secret", "AWS_SECRET_ACCESS_KEY=" + drawn(40, alnum+"/+"), "AWS_SECRET_ACCESS_KEY=§"},
		{"aws-secret", "aws_secret_access_key = " + drawn(40, alnum+"/+"), "aws_secret_access_key = §"},
		{"aws-secret", `"SecretAccessKey": "` + drawn(40, alnum+"/+") + `"`, `"SecretAccessKey": "§"`},
		{"secret", "AWS_SESSION_TOKEN=" + drawn(300, alnum+"/+"), "AWS_SESSION_TOKEN=§"},
		{"authorization", "Authorization: Basic " + basic, "Authorization: Basic §"},
		{"authorization", "authorization: Bearer " + drawn(30, alnum), "authorization: Bearer §"},
		{"authorization", `-H "Authorization: token ` + hash + `"`, `-H "Authorization: token §"`},
		{"authorization", `{"Authorization":"` + drawn(30, alnum) + `"}`, `{"Authorization":"§"}`},
		{"authorization", "Proxy-Authorization: Basic " + basic, "Proxy-Authorization: Basic §"},
		{"authorization", "sent Bearer " + drawn(30, alnum) + " again", "sent Bearer § again"},
		{"authorization", "sent Basic " + basic, "sent Basic §"},
		{"authorization", "curl -s -u maya:" + pw + " https://x.example", "curl -s -u § https://x.example"},
		{"authorization", "curl --user 'maya:" + pw + "' https://x.example", "curl --user '§' https://x.example"},
		{"cookie", "Cookie: sid=" + drawn(20, alnum) + "; b=2\nHost: x", "Cookie: §\nHost: x"},
		{"url-password", "postgres://app:" + pw + "@db.internal:5432/main?sslmode=off", "postgres://§@db.internal:5432/main?sslmode=off"},
		{"url-password", "mongodb+srv://app:" + pw + "@cluster0.example.net/x", "mongodb+srv://§@cluster0.example.net/x"},
		{"url-password", "redis://:" + pw + "@cache:6379/0", "redis://§@cache:6379/0"},
		{"url-password", "amqp://a:p@ss@mq/", "amqp://§@mq/"},
		{"url-password", "mysql://a:p/a#s?s@db/x", "mysql://§@db/x"},
		{"url-password", "[here](https://maya:" + pw + "@example.com/a)", "[here](https://§@example.com/a)"},
		{"url-password", "https://" + hash + "@github.com/o/r.git", "https://§@github.com/o/r.git"},
		{"url-password", "https://maya@example.com:" + pw + "@proxy:3128", "https://§@proxy:3128"},
		{"url-secret", "https://x.example/a?access_token=" + hash + "&b=c#d", "https://x.example/a?access_token=§&b=c#d"},
		{"url-secret", "https://x.example/a?b=c&sig=" + hash + ") and", "https://x.example/a?b=c&sig=§) and"},
		{"url-secret", "?X-Amz-Date=1&amp;X-Amz-Signature=" + hash + "&amp;x=1", "?X-Amz-Date=1&amp;X-Amz-Signature=§&amp;x=1"},
		{"url-secret", "/cb?code=" + drawn(30, alnum) + "&state=1", "/cb?code=§&state=1"},
		{"url-secret", "/login?user=maya&password=" + pw + "&x=1", "/login?user=maya&password=§&x=1"},
		{"url-secret", "/login?password=" + pw + "&flag", "/login?password=§&flag"},
		{"e-mail", "a &lt b maya@example.com; c", "a &lt b §; c"},
		{"e-mail", "ask maya@example.com.", "ask §."},
		{"e-mail", "<maya.o'hara+x@mail.example.co.uk>", "<§>"},
		{"e-mail", "'maya@example.com'", "'§'"},
		{"e-mail", "Co-authored-by: Maya <12+maya@example.org>", "Co-authored-by: Maya <§>"},
		{"e-mail", "[mail](mailto:noreply@example.com)", "[mail](mailto:§)"},
		{"e-mail", "jürgen@müller.de", "§"},
		{"e-mail", "x@163.com", "§"},
	}
	g := gate(t)
	for _, c := range cases {
		want := strings.ReplaceAll(c.want, "§", "[redacted: "+c.kind+"]")
		for _, around := range [][2]string{{"", ""}, {"before\n", "\nafter"}, {"> ", "\n"}} {
			got, found := settled(t, g.Clean, around[0]+c.text+around[1])
			if got != around[0]+want+around[1] || found[c.kind] != 1 || found.Total() != 1 {
				t.Errorf("%q:\ngot  %q with %v\nwant %q", c.text, got, found, want)
			}
		}
		if scan, _ := settled(t, g.Scan, c.text); c.kind != "e-mail" && scan != want {
			t.Errorf("Scan of %q: got %q, want %q", c.text, scan, want)
		}
	}
}

func TestGate_LookAlikesSurvive(t *testing.T) {
	sha := drawn(40, "0123456789abcdef")
	sha256 := drawn(64, "0123456789abcdef")
	for _, text := range []string{
		// words that people write in an incident
		"password reset failed for half the users", "The token expired at 12:01.", "secret santa", "a secret: nobody knew",
		"Password: users could not reset it", "Forgot password: the link is broken", "token: expired", "Secret: rotated by @maya",
		"API key: missing", "token for maya: expired", "secret of success: be quick", "password for users: they cannot reset it", "token: 30s", "password: 2026-11", "password = null", "token: true", "password is required", "the token was revoked", "password to reset",
		"tokens: 4096", "max_tokens=4096", "token_type: bearer", "token_url: https://x.example/token", "password_policy: strict",
		"secret_name: my-app", "tokenizer: bert-base-uncased", "compass: north", "bypass: yes", "pass: 12, fail: 3", "passed=12", "monkey: banana2000",
		"cache_key: " + sha256, "cache_key=" + sha, "primary_key: user_id", "public_key: x", "key: value1", "keys=3",
		"password: see https://vault.example.com/x1", "password: https://vault.example.com/x1", "token: @maya knows", "Secret: #42", "Token: 2026-11-23 rotated",
		"token: 12:01 UTC", "PWD=${HOME}", "PWD=/srv/app", "OLDPWD=/srv/app2", "password=${DB_PASSWORD}", "password: {{ vault_pw }}", "token: ${{ secrets.GITHUB_TOKEN }}",
		"password=$PASSWORD", "password=<your password>", "password: ********", "token=...", "secret: inherit", `password=""`, "password:", "token =", "password: \n  x",
		"Authorization: required", "authorization failed", "Authorization: Basic authentication failed", "basic authentication", "Basic understanding", "bearer token missing",
		"Bearer authentication_failed_again", "cookie: the banner", "curl -s https://x.example", "sk-folding-cube-animation-2000", "task-force-of-twenty-people1",
		"the asia team", "AKIA is a prefix", "ghs_installation_token_of_the_application_is_long", "glass-2026-11-23-some-long-name-here",
		"eyJhbGciOi is how they begin", "BEGIN PRIVATE KEY is the first line", "a private key was found", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
		// what the field writes
		"<!-- step:triage.data -->", "- [x] **2 · Triage** <!-- step:triage -->", "<!-- firebreak:checklist v1 -->", "@login and @acme/support", "ask @maya, @jon.",
		sha, "deploy " + sha[:7], sha256, "sha256:" + sha256, "550e8400-e29b-41d4-a716-446655440000", "v1.2.3-rc.1+build.5", "go1.26.8",
		"https://example.com", "https://example.com:8080/a/b?c=d&e=f#g", "http://localhost:8080", "http://[::1]:8080/a@b", "ssh://git@github.com/o/r.git", "git@github.com:o/r.git",
		"https://example.com:8080/@maya", "https://medium.example/@maya/a:b@c", "https://maya@example.com/x", "see https://a.example: then mail @maya",
		"https://x.example/?page=2&sort=token&code=404&key=cache", "https://x.example/#token", "?a=1&b=2", "a=b; c=d",
		"foo@v1.2.3", "left-pad@1.3.0", "@scope/pkg@1.2.3-rc.beta", "golang.org/x/net@v0.1.0-0.2026", "logo@2x.png", "actions/checkout@v4", "image@sha256:" + sha256,
		"1+maya@users.noreply.github.com", "a @ b", "user@host", "@", "maya@", "@example.com", "12:01 UTC", "3.1 %", "| a | b |\n|---|---|\n| 1 | 2 |",
		"1234567890:" + sha256, "arn:aws:iam::123456789012:role/x", "10.0.0.1:5432", "`inline code`", "- item\n\n    goes on", "text\n    goes on", "~~struck~~", "``double``", "it's \"quoted\"",
		"😀 Ünïcödé — naïve", "a\\_b \\* c", "&amp; &lt;b&gt; &copy;", "\u200bzero\u200bwidth\u00a0words", "line\r\nline\r\n", "\x00", "",
		"at 12:01 it began", "at home (yes)", "at 2026-11-23 11:58:12", "at /var/log", "look at README.md:12", "meet at x.y (see z.md:12)", "goroutine 1 was stuck", "Traceback was printed",
		"File \"x.py\", line 3 and more", "panic: runtime error", "KeyError: 'x'",
	} {
		if clean, found, scan, _ := both(t, gate(t), text); clean != text || scan != text {
			t.Errorf("%q became %q: %v", text, clean, found)
		}
	}
}
