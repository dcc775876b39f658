package redact_test

import (
	"encoding/base64"
	"math/rand/v2"
	"strings"
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
