package redact

// modelTokens are those of language models and what is built around them.
var modelTokens = []token{
	{"anthropic-key", `sk-ant-[A-Za-z0-9_-]{20,}`, oddly, []string{"sk-ant-"}},
	{"openrouter-key", `\bsk-or-v1-[a-f0-9]{40,}`, nil, []string{"sk-or-"}},
	{"openai-key", `\bsk-[A-Za-z0-9_-]{20,}`, mixed, []string{"sk-"}},
	{"openai-key", `\bsk-[a-f0-9]{32,}\b`, oddly, []string{"sk-"}},
	{"huggingface-token", `\b(?:hf|api_org)_[A-Za-z]{20}[A-Za-z0-9]{10,}\b|\bhf_[A-Za-z0-9]{34,}`, nil, []string{"hf_", "api_org_"}},
	{"replicate-token", `\br8_[A-Za-z0-9]{37}`, nil, []string{"r8_"}},
	{"groq-key", `\bgsk_[A-Za-z0-9]{40,}`, nil, []string{"gsk_"}},
	{"perplexity-key", `\bpplx-[A-Za-z0-9]{40,}`, nil, []string{"pplx-"}},
	{"xai-key", `\bxai-[A-Za-z0-9]{60,}`, nil, []string{"xai-"}},
	{"langsmith-key", `\blsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}`, nil, []string{"lsv2_"}},
	{"pinecone-key", `\bpcsk_[A-Za-z0-9]{4,}_[A-Za-z0-9]{40,}`, nil, []string{"pcsk_"}},
	{"nvidia-key", `\bnvapi-[A-Za-z0-9_-]{60,}`, nil, []string{"nvapi-"}},
	{"elevenlabs-key", `\bsk_[a-f0-9]{48}\b`, nil, []string{"sk_"}},
}

// officeTokens are those of planning, documents, design and the like.
var officeTokens = []token{
	{"notion-token", `\b(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{40,})`, oddly, []string{"secret_", "ntn_"}},
	{"linear-key", `\blin_(?:api|oauth|wh)_[A-Za-z0-9]{32,}`, nil, []string{"lin_"}},
	{"asana-token", `\b[0-2]/[0-9]{13,}(?:/[0-9]{13,})?:[a-f0-9]{32}`, nil, []string{":"}},
	{"airtable-token", `\bpat[A-Za-z0-9]{14}\.[a-f0-9]{64}`, nil, []string{"pat"}},
	{"figma-token", `\bfig[a-z]{1,2}_[A-Za-z0-9_-]{38,}`, oddly, []string{"fig"}},
	{"postman-key", `\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}`, nil, []string{"pmak-"}},
	{"typeform-token", `\btfp_[A-Za-z0-9_=.-]{40,}`, nil, []string{"tfp_"}},
	{"hubspot-token", `\bpat-[a-z]{2}[0-9]-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`, nil, []string{"pat-"}},
	{"dropbox-token", `\bsl\.(?:u\.)?[A-Za-z0-9_-]{60,}`, nil, []string{"sl."}},
	{"facebook-token", `\bEAA[A-Za-z0-9]{80,}`, drawn, []string{"eaa"}},
	{"twitter-token", `\bA{20,22}[A-Za-z0-9%]{60,}`, oddly, []string{"aaaaaaaaaaaaaaaaaaaa"}},
	{"mapbox-token", `\b[st]k\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}`, nil, []string{"k.eyj"}},
	{"contentful-token", `\bCFPAT-[A-Za-z0-9_-]{40,}`, nil, []string{"cfpat-"}},
	{"readme-key", `\brdme_[a-z0-9]{60,}`, nil, []string{"rdme_"}},
	{"prefect-key", `\bpn[ub]_[A-Za-z0-9]{36}`, nil, []string{"pnu_", "pnb_"}},
	{"okta-token", `(?i)\b(?:okta|ssws)[a-z_ :="'-]{0,24}\b(00[A-Za-z0-9_-]{40})\b`, nil, []string{"okta", "ssws"}},
}

// keyTokens are keys and tokens of open formats.
var keyTokens = []token{
	{"age-key", `AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]{20,}`, nil, []string{"age-secret-key-"}},
	{"jwt", `eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)+`, nil, []string{"eyj"}},
	// cut off behind its payload
	{"jwt", `eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]*`, nil, []string{"eyj"}},
	// encrypted, with the key part left empty
	{"jwt", `eyJ[A-Za-z0-9_-]{8,}\.\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)+`, nil, []string{"eyj"}},
	{"otp-secret", `otpauth(?:-migration)?://[^\s"'<>` + "`" + `)\x00]+`, nil, []string{"otpauth"}},
	{"private-key", `\bb3BlbnNzaC1rZXktdjE[A-Za-z0-9+/]{20,}(?:\r?\n[ \t>]*[A-Za-z0-9+/=]{4,})*`, nil, []string{"b3blbnnzac1rzxktdje"}},
	{"private-key", `\b[xyztuv]prv[1-9A-HJ-NP-Za-km-z]{100,}`, nil, []string{"prv"}},
	{"password-hash", `\$2[abxy]\$[0-9]{2}\$[./A-Za-z0-9]{50,53}`, nil, []string{"$2"}},
	{"password-hash", `\$(?:apr1|1|5|6|7|y|gy|sha1|md5)\$[^\s:"'<>` + "`" + `\x00]{1,80}\$[./A-Za-z0-9]{20,}`, nil, []string{"$"}},
	{"password-hash", `\$(?:argon2(?:id|i|d)|scrypt|pbkdf2(?:-[a-z0-9]+)?|bcrypt-sha256)\$[^\s:"'<>` + "`" + `\x00]{20,}`, nil, []string{"$argon2", "$scrypt", "$pbkdf2", "$bcrypt"}},
	{"password-hash", `\b(?:pbkdf2_sha(?:1|256|512)|argon2|bcrypt_sha256)\$[^\s:"'<>` + "`" + `\x00]{20,}`, nil, []string{"pbkdf2_", "argon2$", "bcrypt_sha256$"}},
	{"password-hash", `\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT)\}[A-Za-z0-9+/.$=]{16,}`, nil, []string{"sha}", "sha256}", "sha384}", "sha512}", "md5}", "crypt}"}},
	{"password-hash", `\bSCRAM-SHA-(?:1|256)\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+`, nil, []string{"scram-sha-"}},
}
