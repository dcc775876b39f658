package redact

import "strings"

// tokenRules know the tokens and webhook addresses that tell what they are.
// Their forms are those that their issuers publish; lengths are kept loose where
// an issuer calls them variable, as GitHub does for installation tokens.
func tokenRules() ([]rule, error) {
	var rules []rule
	for _, p := range tokenPatterns {
		r, err := pattern(p.kind, p.expr, p.accept, p.hints...)
		if err != nil {
			return nil, err
		}
		rules = append(rules, r)
	}
	return rules, nil
}

var tokenPatterns = []struct {
	kind   string
	expr   string
	accept func(string) bool
	hints  []string
}{
	{"github-token", `gh[pousr]_[A-Za-z0-9]{36,}`, nil, []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_"}},
	// ghs_<app id>_<JWT>, some 520 characters, since 2026
	{"github-token", `gh[pousr]_[A-Za-z0-9._-]{35,}[A-Za-z0-9_-]`, hasDigit, []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_"}},
	{"github-token", `github_pat_[A-Za-z0-9_]{20,}`, hasDigit, []string{"github_pat_"}},
	{"github-token", `\bv1\.[0-9a-f]{40}\b`, nil, []string{"v1."}},
	{"gitlab-token", `\bgl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|imt|oas|ffct)-[A-Za-z0-9_-]{18,}(?:\.[A-Za-z0-9_-]+)*`, hasDigit,
		[]string{"gl"}},
	{"aws-key", `\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b`, nil, []string{"akia", "asia", "abia", "acca"}},
	{"slack-webhook", `https?://hooks\.slack(?:-gov)?\.com/[A-Za-z0-9/_-]+`, nil, []string{"hooks.slack"}},
	{"slack-token", `xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{8,}`, hasDigit, []string{"xox"}},
	{"slack-token", `xapp-[0-9]-[A-Za-z0-9-]{8,}`, nil, []string{"xapp-"}},
	{"discord-webhook", `https?://(?:[a-z]+\.)?discord(?:app)?\.com/api/(?:v[0-9]+/)?webhooks/[0-9]+/[A-Za-z0-9_-]+`, nil,
		[]string{"/webhooks/"}},
	{"teams-webhook", `https?://[A-Za-z0-9.-]+\.webhook\.office\.com/[A-Za-z0-9/_@.-]*[A-Za-z0-9]`, nil, []string{".webhook.office.com/"}},
	{"telegram-token", `(?:^|[^A-Za-z0-9]|bot)([0-9]{8,10}:AA[A-Za-z0-9_-]{33})(?:$|[^A-Za-z0-9_-])`, nil, []string{":aa"}},
	{"stripe-key", `[rs]k_(?:live|test|prod)_[A-Za-z0-9]{10,}`, nil, []string{"k_live_", "k_test_", "k_prod_"}},
	{"stripe-key", `whsec_[A-Za-z0-9+/]{20,}=*`, nil, []string{"whsec_"}},
	{"google-key", `AIza[0-9A-Za-z_-]{35}`, nil, []string{"aiza"}},
	{"google-key", `GOCSPX-[A-Za-z0-9_-]{20,}`, nil, []string{"gocspx-"}},
	{"google-key", `\bya29\.[A-Za-z0-9_-]{20,}`, nil, []string{"ya29."}},
	{"anthropic-key", `sk-ant-[A-Za-z0-9_-]{20,}`, hasDigit, []string{"sk-ant-"}},
	{"openai-key", `\bsk-[A-Za-z0-9_-]{20,}`, mixed, []string{"sk-"}},
	{"npm-token", `npm_[A-Za-z0-9]{36,}`, nil, []string{"npm_"}},
	{"pypi-token", `pypi-[A-Za-z0-9_-]{50,}`, nil, []string{"pypi-"}},
	{"sendgrid-key", `\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}`, nil, []string{"sg."}},
	{"age-key", `AGE-SECRET-KEY-1[0-9A-Z]{20,}`, nil, []string{"age-secret-key-"}},
	{"jwt", `eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)+`, nil, []string{"eyj"}},
	// cut off behind its payload
	{"jwt", `eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]*`, nil, []string{"eyj"}},
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

func hasUpper(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 'A' && r <= 'Z' })
}

func hasLower(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' })
}

// mixed tells what was drawn at random from what was named by hand.
func mixed(s string) bool {
	_, drawn, _ := strings.Cut(s, "-")
	return hasDigit(drawn) && hasUpper(drawn) && hasLower(drawn)
}
