package corpus

import "encoding/base64"

// format is how the tokens of a kind are drawn.
type format func(draw) string

// in is a format of a prefix and n characters of an alphabet.
func in(prefix, alphabet string, n int) format {
	return func(d draw) string { return prefix + d.of(alphabet, n) }
}

// ending is the same with a letter or a digit at its end, which no sentence takes
// for its own.
func ending(prefix, alphabet string, n int) format {
	return func(d draw) string { return prefix + d.tail(alphabet, n) }
}

// either draws by one of the formats.
func either(formats ...format) format {
	return func(d draw) string { return pick(d, formats)(d) }
}

// summed is a prefix, n characters, and the checksum of GitHub's tokens.
func summed(prefix string, n int) format {
	return func(d draw) string { return prefix + withCRC(d.of(base62, n)) }
}

// installation is the long form of GitHub's installation tokens.
func installation(d draw) string { return "ghs_" + d.number(7) + "_" + d.jwt() }

func fineGrained(d draw) string {
	return "github_pat_" + d.of(base62, 22) + "_" + d.of(base62, 59)
}

func discordBot(d draw) string {
	return base64.StdEncoding.EncodeToString([]byte(d.number(18))) + "." + d.of(base62, 6) + "." + d.tail(urlSafe, 38)
}

func slack(prefix, alphabet string, n int, groups ...int) format {
	return func(d draw) string {
		text := prefix
		for _, digits := range groups {
			text += d.number(digits) + "-"
		}
		return text + d.of(alphabet, n)
	}
}

func openAI(d draw) string {
	return "sk-proj-" + d.of(urlSafe, 74) + "T3BlbkFJ" + d.tail(urlSafe, 74)
}

// tokenKinds are those that a vendor documents the form of.
func tokenKinds() (kinds []kind) {
	told := func(name, variable, service string, f format) {
		kinds = append(kinds, kind{name, func(d draw) value { return whole(f(d)) }, anywhere, variable, service})
	}
	told("github-classic-pat", "GITHUB_TOKEN", "GitHub", summed("ghp_", 30))
	told("github-fine-grained-pat", "GH_TOKEN", "GitHub", fineGrained)
	told("github-oauth-token", "OAUTH_TOKEN", "GitHub", summed("gho_", 30))
	told("github-user-to-server-token", "USER_TOKEN", "GitHub", summed("ghu_", 30))
	told("github-installation-token", "INSTALLATION_TOKEN", "GitHub", either(summed("ghs_", 30), installation))
	told("github-refresh-token", "REFRESH_TOKEN", "GitHub", summed("ghr_", 70))
	told("aws-access-key-id", "AWS_ACCESS_KEY_ID", "AWS", either(in("AKIA", base32, 16), in("ASIA", base32, 16)))
	told("google-api-key", "GOOGLE_API_KEY", "Google", ending("AIza", urlSafe, 35))
	told("google-oauth-client-secret", "OAUTH_CLIENT_SECRET", "Google", ending("GOCSPX-", urlSafe, 28))
	told("slack-token", "SLACK_TOKEN", "Slack",
		either(slack("xoxb-", base62, 24, 12, 13), slack("xoxp-", hexes, 32, 12, 12, 13)))
	told("slack-app-token", "SLACK_APP_TOKEN", "Slack", slack("xapp-1-A07KQ2XM9PL-", hexes, 64, 13))
	told("stripe-live-key", "STRIPE_API_KEY", "Stripe",
		either(ending("sk_live_", base62, 24), ending("rk_live_", base62, 99)))
	told("stripe-webhook-secret", "STRIPE_WEBHOOK_SECRET", "Stripe", ending("whsec_", base62, 32))
	told("sendgrid-api-key", "SENDGRID_API_KEY", "SendGrid", func(d draw) string {
		return "SG." + d.tail(urlSafe, 22) + "." + d.tail(urlSafe, 43)
	})
	told("npm-token", "NPM_TOKEN", "npm", summed("npm_", 30))
	told("pypi-token", "TWINE_TOKEN", "PyPI", ending("pypi-AgEIcHlwaS5vcmc", urlSafe, 160))
	told("docker-hub-pat", "DOCKER_PAT", "Docker Hub", ending("dckr_pat_", urlSafe, 27))
	told("gitlab-pat", "GITLAB_TOKEN", "GitLab", either(ending("glpat-", urlSafe, 20), ending("glrt-", urlSafe, 20)))
	told("atlassian-api-token", "JIRA_TOKEN", "Jira", func(d draw) string {
		return "ATATT3xFfGF0" + d.tail(urlSafe, 170) + "=" + d.of("0123456789ABCDEF", 8)
	})
	told("digitalocean-token", "DO_TOKEN", "DigitalOcean", either(in("dop_v1_", hexes, 64), in("doo_v1_", hexes, 64)))
	told("new-relic-key", "NEW_RELIC_USER_KEY", "New Relic", in("NRAK-", digits+upper, 27))
	told("grafana-token", "GRAFANA_TOKEN", "Grafana", func(d draw) string {
		return "glsa_" + d.of(base62, 32) + "_" + d.of(hexes, 8)
	})
	told("openai-key", "OPENAI_API_KEY", "OpenAI", openAI)
	told("anthropic-key", "ANTHROPIC_API_KEY", "Anthropic", func(d draw) string {
		return "sk-ant-api03-" + d.of(urlSafe, 93) + "AA"
	})
	told("hugging-face-token", "HF_TOKEN", "Hugging Face", in("hf_", lower+upper, 34))
	told("shopify-token", "SHOPIFY_TOKEN", "Shopify", in("shpat_", hexes, 32))
	told("telegram-bot-token", "TELEGRAM_TOKEN", "Telegram",
		func(d draw) string { return d.number(10) + ":AA" + d.tail(urlSafe, 33) })
	told("vault-token", "VAULT_TOKEN", "Vault", either(ending("hvs.", base62, 24), ending("hvs.CAES", urlSafe, 88)))
	told("terraform-cloud-token", "TFE_TOKEN", "Terraform Cloud", func(d draw) string {
		return d.of(base62, 14) + ".atlasv1." + d.of(base62, 67)
	})
	told("jwt", "ID_TOKEN", "the gateway", draw.jwt)
	told("azure-client-secret", "ARM_CLIENT_SECRET", "Azure", func(d draw) string {
		return d.of(base62, 3) + d.of(digits, 1) + "Q~" + d.tail(base62+"_.-~", 34)
	})
	return kinds
}

// namedKinds are those that only the name of their variable tells.
func namedKinds() (kinds []kind) {
	named := func(name, variable, service string, f format) {
		kinds = append(kinds, kind{name, func(d draw) value { return whole(f(d)) }, assigned, variable, service})
	}
	named("discord-bot-token", "DISCORD_TOKEN", "Discord", discordBot)
	named("aws-secret-access-key", "AWS_SECRET_ACCESS_KEY", "AWS", ending("", base62+"/+", 40))
	named("twilio-auth-token", "TWILIO_AUTH_TOKEN", "Twilio", in("", hexes, 32))
	named("datadog-key", "DATADOG_API_KEY", "Datadog", in("", hexes, 32))
	named("fastly-token", "FASTLY_API_KEY", "Fastly", ending("", urlSafe, 32))
	named("cloudflare-token", "CLOUDFLARE_API_TOKEN", "Cloudflare", ending("", urlSafe, 40))
	named("heroku-api-key", "HEROKU_API_KEY", "Heroku", draw.uuid)
	named("mailgun-api-key", "MAILGUN_API_KEY", "Mailgun", in("key-", hexes, 32))
	named("generic-api-key", "PARCEL_API_KEY", "the parcel service", either(in("", base62, 32), in("", base62, 48)))
	named("password-assigned", "DB_PASSWORD", "the database", draw.password)
	return kinds
}
