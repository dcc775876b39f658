package redact

import (
	"fmt"
	"regexp"
	"strings"
)

// vendorRules know the keys that do not show whose they are: the vendor is named
// before them, and that it is a key.
func vendorRules() ([]rule, error) {
	const uuid = `[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`
	var rules []rule
	for _, v := range []struct{ kind, names, value string }{
		{"datadog-key", `datadog|dd`, `[a-f0-9]{40}|[a-f0-9]{32}`},
		{"pagerduty-key", `pagerduty|pd`, `[A-Za-z0-9_+-]{20}|[A-Za-z0-9]{32}`},
		{"twilio-key", `twilio`, `[A-Za-z0-9]{32}`},
		{"fastly-key", `fastly`, `[A-Za-z0-9_-]{32}`},
		{"cloudflare-key", `cloudflare|cf`, `[A-Za-z0-9_-]{40}|[a-f0-9]{37}`},
		{"heroku-key", `heroku`, uuid},
		{"newrelic-key", `new[_ -]?relic|nr`, `[a-f0-9]{40}|[A-Za-z0-9_-]{32}`},
		{"azure-secret", `azure|aad|entra`, `[A-Za-z0-9_~.-]{34,44}|[a-z2-7]{52}`},
		{"discord-token", `discord`, `[A-Za-z0-9_-]{32}`},
		{"mailgun-key", `mailgun`, `[a-f0-9]{32}(?:-[a-f0-9]{8}){0,2}`},
		{"sentry-token", `sentry`, `[a-f0-9]{64}`},
		{"shopify-token", `shopify`, `[a-f0-9]{32}`},
		{"bitbucket-token", `bitbucket`, `[A-Za-z0-9_=-]{32,64}|[A-Za-z0-9]{18,20}`},
		{"jira-token", `jira|confluence|atlassian`, `[A-Za-z0-9]{24}`},
		{"postmark-token", `postmark`, uuid},
		{"opsgenie-key", `opsgenie`, uuid},
		{"cohere-key", `cohere`, `[A-Za-z0-9]{40}`},
		{"mistral-key", `mistral`, `[A-Za-z0-9]{32}`},
		{"linode-token", `linode|hetzner|hcloud`, `[A-Za-z0-9]{64}`},
		{"vultr-key", `vultr`, `[A-Z0-9]{36}`},
		{"consul-token", `consul|nomad`, uuid},
		{"algolia-key", `algolia`, `[a-f0-9]{32}`},
		{"travis-token", `travis`, `[A-Za-z0-9_-]{20,22}`},
		{"rollbar-token", `rollbar|bugsnag|honeybadger`, `[a-f0-9]{32}|[a-f0-9]{8}`},
	} {
		const named, what = `(?:^|[^A-Za-z])(?:%s)(?:[_ .:-][^\n\x00]{0,40}?|[^\n\x00=:]{0,10})`, `(?:key|token|secret|credential|passw(?:or)?d)s?`
		expr := fmt.Sprintf(`(?i)(?:`+named+what+`\b|\b`+what+`\b[^\n\x00]{0,40}?\b(?:%s)\b)[^\n\x00]{0,60}?[^A-Za-z0-9_/+.~-](%s)(?:$|[^A-Za-z0-9_/+~-])`, v.names, v.names, v.value)
		r, err := pattern(v.kind, expr, unlikeWords, strings.Split(nameSigns.ReplaceAllString(v.names, ""), "|")...)
		if err != nil {
			return nil, err
		}
		r.run = 18
		rules = append(rules, r)
	}
	return append(rules, rule{kind: "secret", hints: []string{"key"}, find: namedKeys}), nil
}

// nameSigns are the signs of an expression in a name, which hints cannot have.
var nameSigns = regexp.MustCompile(`\[_ -\]\?relic`)

// unlikeWords tells a value from a name with hyphens or one long word.
func unlikeWords(s string) bool { return hasDigit(s) && !dashedWords.MatchString(s) }

var dashedWords = regexp.MustCompile(`^[a-z]+(?:[-_.](?:[a-z]+|[0-9]+))+$`)

var namedKey = regexp.MustCompile("(?i)((?:[a-z0-9]+[_.-]){1,6})key[\"'`]?[ \\t]*[:=][ \\t]*[\"'`]?([A-Za-z0-9_+/=.~-]{16,})")

// namedKeys finds what is drawn at random behind any name that ends in "key", save
// those of databases, caches and keys that are public.
func namedKeys(text string) []place {
	var places []place
	for _, m := range namedKey.FindAllStringSubmatchIndex(text, -1) {
		if !notKey.MatchString(text[m[2]:m[3]]) && isRandom(text[m[4]:m[5]]) {
			places = append(places, place{m[4], m[5]})
		}
	}
	return places
}
