package corpus

import (
	"fmt"
	"strings"
)

// spokenOf are look-alikes that speak of secrets without telling one, and names
// that have the form of something else.
func spokenOf() (kinds []kind) {
	add := func(name string, values []string, sentences ...string) {
		one := func(d draw) value {
			return whole(strings.ReplaceAll(pick(d, values), "#", d.number(4)))
		}
		kinds = append(kinds, kind{name: name, value: one, sentences: sentences})
	}
	add("placeholder", []string{"********", "<token>", "${DB_PASSWORD}", "$TOKEN", "xxxxxxxxxxxx",
		"{{ .Values.password }}", "${{ secrets.TOKEN }}"},
		"password: {value}", "TOKEN={value}", "Authorization: Bearer {value}", "api_key={value}",
		"postgres://shop:{value}@db-7/shop")
	add("variable-name", []string{"DATABASE_PASSWORD", "STRIPE_API_KEY", "SESSION_SECRET", "GITHUB_TOKEN",
		"AWS_SECRET_ACCESS_KEY"},
		"{value} is unset in staging.", "The chart needs {value}.", "Error: required variable {value} is not set",
		"set `{value}` first")
	add("prose-password", []string{"could not reset their password", "the token expired", "the secret was rotated",
		"a wrong password",
		"the API key was revoked", "the password policy", "token refresh", "secret rotation every 30 days"},
		"At {clock}: {value}.", "**Root cause**: {value}", "Customers said: {value}", "- {value} (#12)")
	add("mention", []string{"@jane-doe", "@acme/payments", "@acme/sre-on-call", "@x#-dev"}, "{value} takes the lead",
		"cc {value}", "thanks {value}, fixed at {clock}")
	add("email-like", []string{"git@github.com:acme/shop.git", "@types/node@20.#.0", "actions/checkout@v4",
		"deploy@bastion-2", "lodash@4.17.#"},
		"It uses {value} everywhere.", "- {value}", "`{value}`")
	add("url", []string{"https://grafana.acme.internal:3000/d/k7Qz2XrVk/pool?orgId=#", "http://127.0.0.1:#/health",
		"postgres://db-7.acme.internal:5432/shop",
		"https://github.com/acme/shop/issues/#", "https://status.acme.dev/incidents/#",
		"https://github.com/acme/shop/compare/v4.#.0...v4.411.1"},
		"See {value}", "[the panel]({value}) shows it", "| {clock} | {value} |")
	add("file-path", []string{"/etc/ssl/private/shop.key", "config/production-#.yaml", "/run/secrets/db_password",
		"internal/pool/pool.go:118", "~/.aws/credentials"},
		"{value} is not readable", "look into {value}", "{clock} open {value}: no such file")
	add("error-code", []string{"ORA-01555", "SQLSTATE 40001", "ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "exit code 137",
		"HTTP 429", "0x8007#"},
		"It ends with {value}.", "{value} since {clock}", "| worker | {value} |")
	add("identifier", []string{"AbstractPaymentGatewayAdapterFactoryBean", "passwordResetTokenRepository",
		"checkout.Pay", "orders_2026_11_partition_default", "checkout-new-payment-flow-v2"},
		"It waits in {value}.", "{value} was slow", "we turned {value} off")
	add("metric-name", []string{`http_requests_total{code="500",job="checkout"}`,
		`pg_stat_activity_count{state="active"}`, `process_open_fds{pod="shop-#"}`},
		"{value} rose at {clock}", "alert on {value}")
	add("schedule", []string{"*/5 * * * *", "0 3 * * 1-5", "30 2 1 * *"}, "the export runs at {value}",
		"- cron: '{value}'")
	add("command", []string{"kubectl rollout undo deploy/checkout", "systemctl restart pgbouncer",
		"gh run rerun --failed", "vault token lookup"},
		"`{value}` at {clock}", "we ran `{value}`")
	add("section-number", []string{"3.2.1.4", "15.6.4", "2.3.10.1"}, "see section {value} of the runbook",
		"The manual, section {value}, says so.")
	add("duration", []string{"1h23m45.#s", "30000ms", "P1DT2H30M", "47 min", "#ms"}, "It took {value}.",
		"deadline exceeded after {value}")
	add("date-range", []string{"2026-11-23 to 2026-11-30", "11:52-12:47 UTC", "2026-10-01/2026-12-31"}, "from {value}",
		"The window is {value}.")
	kinds = append(kinds, kind{name: "isbn", value: isbn, sentences: []string{"The page of ISBN {value} answers 500.",
		"ISBN {value} has no price"}})
	return kinds
}

// isbn is the number of a book, with its check digit.
func isbn(d draw) value {
	number := "9783" + d.of(digits, 8)
	number += fmt.Sprint((10 - weighted(number, 1, 3)%10) % 10)
	return whole(grouped(number, "-", 3, 1, 3, 5))
}
