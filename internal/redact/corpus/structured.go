package corpus

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
)

// form is a way to write a secret, at %s.
func form(texts []string, secret format) func(draw) value {
	return func(d draw) value {
		drawn := secret(d)
		return value{strings.Replace(pick(d, texts), "%s", drawn, 1), []string{drawn}}
	}
}

// privateKey is a PEM block, now and then cut off before its end. Each of its
// lines is looked for.
func privateKey(d draw) value {
	label := pick(d, []string{"RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY", "PRIVATE KEY",
		"ENCRYPTED PRIVATE KEY"})
	body := d.base64(d.between(15, 60) * 12)
	var lines []string
	for len(body) > 64 {
		lines, body = append(lines, body[:64]), body[64:]
	}
	lines = append(lines, body)
	text := "-----BEGIN " + label + "-----\n" + strings.Join(lines, "\n")
	if !d.chance(4) {
		text += "\n-----END " + label + "-----"
	}
	return value{text, lines}
}

// manifest is a Kubernetes Secret.
func manifest(d draw) value {
	secret := base64.StdEncoding.EncodeToString([]byte(d.password()))
	name := pick(d, []string{"password", "token", "DATABASE_PASSWORD"})
	text := fmt.Sprintf("apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop-%s\ndata:\n  %s: %s", d.of(lower, 4),
		name, secret)
	return value{text, []string{secret}}
}

// login is the user and password of basic authentication.
func login(d draw) string {
	return base64.StdEncoding.EncodeToString([]byte("svc-" + d.of(lower, 5) + ":" + d.password()))
}

// escaped is a password with signs that a URL has to escape.
func escaped(d draw) string {
	return url.QueryEscape(d.of(base62, 5) + pick(d, []string{"@", ":", "/", "#"}) + d.of(base62, 6) + d.number(2))
}

// crypted is what /etc/shadow and .htpasswd have for a password.
func crypted(d draw) string {
	const alphabet = base62 + "./"
	return pick(d, []string{
		"$6$" + d.of(base62, 16) + "$" + d.of(alphabet, 86),
		"$2y$12$" + d.of(alphabet, 53),
		"$apr1$" + d.of(base62, 8) + "$" + d.of(alphabet, 22),
		"$y$j9T$" + d.of(alphabet, 22) + "$" + d.of(alphabet, 43),
	})
}

// structuredKinds are secrets that what is around them tells.
func structuredKinds() (kinds []kind) {
	add := func(name string, secret format, texts ...string) {
		kinds = append(kinds, kind{name: name, value: form(texts, secret), sentences: alone})
	}
	kinds = append(kinds,
		kind{name: "pem-private-key", value: privateKey, sentences: alone},
		kind{name: "kubernetes-secret", value: manifest, sentences: alone})

	add("url-password", either(draw.password, escaped),
		"postgres://shop:%s@db-7.acme.internal:5432/shop", "DATABASE_URL=postgresql://shop:%s@10.4.9.3/shop",
		"mysql://root:%s@mysql-1/shop", "mongodb+srv://api:%s@prod.q7w2e.mongodb.net/shop",
		"REDIS_URL=redis://:%s@redis-0:6379/2",
		"the consumer uses amqps://mq:%s@rabbit-0:5671/prod", "git clone https://ci:%s@git.acme.internal/shop.git",
		"ftp://partner:%s@ftp.acme.internal/in", "smtp://mailer:%s@mail.acme.internal:587",
		"ssh://deploy:%s@bastion-4:2222")
	add("jdbc-password", draw.password,
		"jdbc:postgresql://db-7/shop?user=shop&password=%s", "url=jdbc:mysql://mysql-1/shop?password=%s&useSSL=true",
		"Server=sql-2;Database=shop;User Id=app;Password=%s;Encrypt=True")
	add("basic-auth-header", login, "Authorization: Basic %s",
		`curl -H "Authorization: Basic %s" https://es.acme.internal:9200`,
		`{"headers":{"authorization":"Basic %s"}}`)
	add("bearer-header", either(draw.jwt, in("", base62, 40)), "Authorization: Bearer %s",
		`curl -H 'Authorization: Bearer %s' https://api.acme.internal/orders`, `"authorization": "Bearer %s"`)
	add("password-prose", draw.password, "The password is %s for now.", "The new admin password: `%s`",
		"I changed the root password to %s on mysql-1.", "user deploy, password %s", "Login: shop\nPassword: %s")
	add("password-shell", draw.password, "psql -h db-7 -U shop --password=%s", "mysqldump -u root -p%s shop > shop.sql",
		"curl -u admin:%s https://es.acme.internal:9200", "docker login -u ci --password %s registry.acme.internal",
		"sshpass -p '%s' ssh deploy@bastion-4", "redis-cli -h redis-0 -a %s ping", "PGPASSWORD=%s psql -h db-7")
	add("password-data", draw.password, `{"user":"shop","password":"%s"}`, "[db]\nuser = \"shop\"\npassword = \"%s\"",
		"db:\n  user: shop\n  password: '%s'", `{\"username\":\"shop\",\"password\":\"%s\"}`,
		"spring.datasource.password=%s")
	add("netrc", draw.password, "machine git.acme.internal login ci password %s",
		"machine charts.acme.internal\n  login ci\n  password %s")
	add("npmrc", draw.uuid, "//npm.acme.internal/:_authToken=%s")
	add("docker-config", login, `{"auths":{"registry.acme.internal":{"auth":"%s"}}}`, `"quay.io": { "auth": "%s" }`)
	add("session-cookie", in("", base62, 44), "Set-Cookie: session=%s; Path=/; HttpOnly", "Cookie: lang=en; sessionid=%s",
		"curl -b 'PHPSESSID=%s' https://shop.acme.internal/admin")
	add("key-in-query-string", either(in("", base62, 36), in("", hexes, 32)),
		"https://api.acme.internal/rates?api_key=%s&base=EUR",
		`"GET /export?limit=9&access_token=%s HTTP/1.1" 504 31`, "[export](https://shop.acme.internal/export?token=%s)")
	add("crypt-hash", crypted, "root:%s:19811:0:99999:7:::", "ops:%s", "| deploy | %s |")
	add("otpauth-secret", in("", base32, 32), "otpauth://totp/Acme:ops?secret=%s&issuer=Acme",
		"`otpauth://totp/AWS:root?secret=%s`")
	add("wireguard-key", func(d draw) string { return d.base64(32) },
		"[Interface]\nPrivateKey = %s\nAddress = 10.8.0.9/24", "PresharedKey = %s")
	add("azure-storage-key", func(d draw) string { return d.base64(64) },
		"DefaultEndpointsProtocol=https;AccountName=acmeshop;AccountKey=%s;EndpointSuffix=core.windows.net")
	add("azure-sas-signature", func(d draw) string { return url.QueryEscape(d.base64(32)) },
		"https://acmeshop.blob.core.windows.net/exports?sv=2024-11-04&se=2027-01-01&sr=c&sp=r&sig=%s")
	add("aws-session-token", func(d draw) string { return "IQoJb3JpZ2luX2Vj" + d.base64(240) }, "AWS_SESSION_TOKEN=%s",
		`"SessionToken": "%s"`)
	add("slack-webhook", in("", base62, 24), "https://hooks.slack.com/services/T0Q4M7XK2/B07PLW93ZQA/%s")
	add("discord-webhook", ending("", urlSafe, 68), "https://discord.com/api/webhooks/1174402193381023744/%s")
	return kinds
}
