package redact

// watchTokens are those of what watches systems and calls people.
var watchTokens = []token{
	{"newrelic-key", `\bNR(?:AK|RA|AL|SP|JS|II|IQ)-[A-Za-z0-9_-]{16,}`, oddly, []string{"nrak-", "nrra-", "nral-", "nrsp-", "nrjs-", "nrii-", "nriq-"}},
	{"newrelic-key", `\b(?:[a-f0-9]{36}|[a-z]{2}[0-9]{2}xx[a-f0-9]{30})NRAL\b`, nil, []string{"nral"}},
	{"datadog-key", `\bdd(?:api|app|pat|sat)_[A-Za-z0-9]{30,}`, oddly, []string{"ddapi_", "ddapp_", "ddpat_", "ddsat_"}},
	{"grafana-token", `\bglsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}`, nil, []string{"glsa_"}},
	{"grafana-token", `\bglc_[A-Za-z0-9+/]{32,}={0,3}`, nil, []string{"glc_"}},
	{"grafana-token", `\beyJrIjoi[A-Za-z0-9+/]{30,}={0,3}`, nil, []string{"eyjrijoi"}},
	{"pagerduty-key", `\bu\+[A-Za-z0-9_+-]{18}(?:$|[^A-Za-z0-9_+-])`, drawn, []string{"u+"}},
	{"pagerduty-key", `\bpd[a-z]{2}\+_?[A-Za-z0-9_+-]{20,}`, oddly, []string{"pd"}},
	{"pagerduty-key", `(?i)\b(?:routing|integration|service)_key["'` + "`" + `]?[ \t]*[:=][ \t]*["'` + "`" + `]?([A-Za-z0-9]{32})\b`, oddly,
		[]string{"routing_key", "integration_key", "service_key"}},
	{"sentry-token", `\bsntry[su]_[A-Za-z0-9+/=_-]{40,}`, nil, []string{"sntrys_", "sntryu_"}},
	{"honeycomb-key", `\bhc[abx][a-z]?[ikm]{1,2}_[a-z0-9]{50,}`, nil, []string{"hc"}},
	{"dynatrace-token", `\bdt0[a-z][0-9]{2}\.[A-Z0-9]{20,}\.[A-Z0-9]{60,}`, nil, []string{"dt0"}},
	{"launchdarkly-key", `\b(?:sdk|api|mob)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`, nil, []string{"sdk-", "api-", "mob-"}},
	{"opsgenie-key", `(?i)\bgeniekey[ \t]+([0-9a-f-]{36})`, nil, []string{"geniekey"}},
	{"splunk-token", `(?i)\bsplunk[ \t]+([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})`, nil, []string{"splunk"}},
}

// chatTokens are those of chats, and the addresses that let one post there.
var chatTokens = []token{
	{"slack-webhook", `https?://hooks\.slack(?:-gov)?\.com/[A-Za-z0-9/_-]+`, nil, []string{"hooks.slack"}},
	{"slack-token", `xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9%/+=-]{8,}`, oddly, []string{"xox"}},
	{"slack-token", `xapp-[0-9]-[A-Za-z0-9-]{8,}`, nil, []string{"xapp-"}},
	{"slack-token", `\bxwfp-[A-Za-z0-9-]{20,}`, nil, []string{"xwfp-"}},
	{"discord-webhook", `https?://(?:[a-z]+\.)?discord(?:app)?\.com/api/(?:v[0-9]+/)?webhooks/[0-9]+/[A-Za-z0-9_-]+`, nil,
		[]string{"/webhooks/"}},
	{"discord-token", `\b(?:mfa\.[A-Za-z0-9_-]{80,}|[MNO][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,40})`, oddly, []string{"."}},
	{"teams-webhook", `https?://[A-Za-z0-9.-]+\.webhook\.office\.com/[A-Za-z0-9/_@.-]*[A-Za-z0-9]`, nil, []string{".webhook.office.com/"}},
	{"telegram-token", `(?:^|[^A-Za-z0-9]|bot)([0-9]{8,10}:AA[A-Za-z0-9_-]{32,35})(?:$|[^A-Za-z0-9_-])`, nil, []string{":aa"}},
	{"google-chat-webhook", `https://chat\.googleapis\.com/v1/spaces/[^\s"'<>` + "`" + `)\x00]+[?&](?:key|token)=[^\s"'<>` + "`" + `)\x00]+`, nil, []string{"chat.googleapis.com"}},
	{"zapier-webhook", `https://hooks\.zapier\.com/hooks/catch/[0-9]+/[A-Za-z0-9/]+`, nil, []string{"hooks.zapier.com"}},
}

// mailTokens are those of services that send mail and messages.
var mailTokens = []token{
	{"twilio-key", `\bSK[0-9a-f]{32}\b`, nil, []string{"sk"}},
	{"twilio-key", `\bAC[0-9a-f]{32}[^0-9A-Za-z\n\x00]{1,12}(?:[a-z_]{0,12}token[^0-9A-Za-z\n\x00]{1,6})?[0-9a-f]{32}\b`, nil, []string{"ac"}},
	{"sendgrid-key", `\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}`, nil, []string{"sg."}},
	{"mailgun-key", `\b(?:pub)?key-[0-9a-f]{32}\b`, nil, []string{"key-"}},
	{"mailgun-key", `\b[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}\b`, nil, []string{"-"}},
	{"mailchimp-key", `\b[0-9a-f]{32}-us[0-9]{1,2}\b`, nil, []string{"-us"}},
	{"mandrill-key", `\bmd-[A-Za-z0-9_-]{22}\b`, drawn, []string{"md-"}},
	{"brevo-key", `\bx(?:keysib|smtpsib)-[a-f0-9]{64}-[A-Za-z0-9]{16}`, nil, []string{"xkeysib-", "xsmtpsib-"}},
	{"resend-key", `\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}`, oddly, []string{"re_"}},
}

// payTokens are those of shops and payments.
var payTokens = []token{
	{"stripe-key", `[rs]k_(?:live|test|prod)_[A-Za-z0-9]{10,}`, nil, []string{"k_live_", "k_test_", "k_prod_"}},
	{"stripe-key", `whsec_[A-Za-z0-9+/]{20,}=*`, nil, []string{"whsec_"}},
	{"square-token", `\bsq0[a-z]{3}-[A-Za-z0-9_-]{22,}`, nil, []string{"sq0"}},
	{"square-token", `\bEAAA[A-Za-z0-9_-]{56,60}`, oddly, []string{"eaaa"}},
	{"shopify-token", `\bshp(?:at|ca|pa|ss|ua|tka)_[A-Fa-f0-9]{32,}`, nil, []string{"shp"}},
	{"braintree-token", `\baccess_token\$(?:production|sandbox)\$[a-z0-9]{16}\$[a-f0-9]{32}`, nil, []string{"access_token$"}},
	{"plaid-token", `\baccess-(?:sandbox|development|production)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`, nil, []string{"access-"}},
	{"flutterwave-key", `\bFLWSECK(?:_TEST)?-[A-Za-z0-9]{12,}(?:-X)?`, nil, []string{"flwseck"}},
	{"adyen-key", `\bAQE[a-z]hmf[A-Za-z0-9+/=]{50,}`, nil, []string{"hmf"}},
	{"shippo-token", `\bshippo_(?:live|test)_[a-fA-F0-9]{40}`, nil, []string{"shippo_"}},
	{"easypost-key", `\bEZ[AT]K[A-Za-z0-9]{54}`, nil, []string{"ezak", "eztk"}},
	{"duffel-token", `\bduffel_(?:test|live)_[A-Za-z0-9_=-]{40,}`, nil, []string{"duffel_"}},
	{"mollie-key", `\b(?:live|test)_[A-Za-z0-9]{30,}\b`, drawn, []string{"live_", "test_"}},
	{"razorpay-key", `\brzp_(?:live|test)_[A-Za-z0-9]{14,}`, nil, []string{"rzp_"}},
}
