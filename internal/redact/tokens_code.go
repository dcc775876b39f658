package redact

// codeTokens are those of hosts for code, and of what builds and checks it.
var codeTokens = []token{
	{"github-token", `gh[pousr]_[A-Za-z0-9]{36,}`, nil, []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_"}},
	// ghs_<app id>_<JWT>, some 520 characters, since 2026
	{"github-token", `gh[pousr]_[A-Za-z0-9._-]{35,}[A-Za-z0-9_-]`, oddly, []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_"}},
	{"github-token", `github_pat_[A-Za-z0-9_]{20,}`, oddly, []string{"github_pat_"}},
	{"github-token", `\bv1\.[0-9a-f]{40}\b`, nil, []string{"v1."}},
	{"gitlab-token", `\bgl(?:pat|ptt|dt|rt|rtr|cbt|ft|soat|agent|imt|oas|wt|ffct)-[A-Za-z0-9_-]{18,}(?:\.[A-Za-z0-9_-]+)*`, oddly,
		[]string{"gl"}},
	{"gitlab-token", `\bGR1348941[A-Za-z0-9_-]{18,}`, nil, []string{"gr1348941"}},
	{"atlassian-token", `\bAT(?:ATT|CTT|STT|BB)[A-Za-z0-9_=.-]{20,}`, oddly, []string{"atatt", "atctt", "atstt", "atbb"}},
	{"circleci-token", `\bCCI(?:PAT|PRJ)_[A-Za-z0-9]{16,}_[a-f0-9]{40}`, nil, []string{"ccipat_", "cciprj_"}},
	{"buildkite-token", `\bbk(?:ua|at|ct|pt|t)_[A-Za-z0-9_-]{32,}`, oddly, []string{"bk"}},
	{"sonar-token", `\bsq[pua]_[a-f0-9]{40}`, nil, []string{"sqp_", "squ_", "sqa_"}},
	{"sourcegraph-token", `\bsgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}`, nil, []string{"sgp_"}},
	{"snyk-token", `\bsnyk_(?:uat|sat|pat)\.[A-Za-z0-9._-]{20,}`, nil, []string{"snyk_"}},
	{"azure-token", `\b[A-Za-z0-9]{70,80}AZDO[A-Za-z0-9]{4}`, nil, []string{"azdo"}},
	{"codecov-token", `(?i)codecov[a-z_-]*token["']?[ \t]*[:=][ \t]*["']?([a-f0-9-]{32,36})`, nil, []string{"codecov"}},
}

// packageTokens are those of registries of packages and images.
var packageTokens = []token{
	{"npm-token", `npm_[A-Za-z0-9]{36,}`, nil, []string{"npm_"}},
	{"pypi-token", `pypi-[A-Za-z0-9_-]{50,}`, nil, []string{"pypi-"}},
	{"rubygems-token", `\brubygems_[a-f0-9]{48}`, nil, []string{"rubygems_"}},
	{"crates-token", `\bcio[A-Za-z0-9]{32}\b`, drawn, []string{"cio"}},
	{"nuget-token", `\boy2[a-z0-9]{43}\b`, oddly, []string{"oy2"}},
	{"clojars-token", `\bCLOJARS_[A-Za-z0-9]{60}`, nil, []string{"clojars_"}},
	{"docker-token", `\bdckr_[po]at_[A-Za-z0-9_-]{20,}`, nil, []string{"dckr_"}},
	{"jfrog-token", `\bAKC[a-z0-9][A-Za-z0-9]{60,}`, drawn, []string{"akc"}},
	{"jfrog-token", `\bcmVmd[A-Za-z0-9]{59,}`, nil, []string{"cmvmd"}},
	{"packagist-token", `\bpackagist_(?:[a-z]{2,4}_)?[a-f0-9]{40,}`, nil, []string{"packagist_"}},
}
