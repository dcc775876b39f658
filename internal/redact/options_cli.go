package redact

import "strings"

// optionRules know passwords by the place that a command or a statement has for
// them.
func optionRules() ([]rule, error) {
	const word = "[\"'`]?([^\\s\"'`\\x00-][^\\s\"'`\\x00]*)"
	return patterns(nil, []token{
		{"password", `(?i)\b(?:mysql(?:dump|admin|import)?|mariadb(?:-dump)?)\b[^\n\x00]{0,300}?[ \t]-p` + word, notPort, []string{"mysql", "mariadb"}},
		{"password", `(?i)\b(?:sshpass|docker[ \t]+login|podman[ \t]+login|helm[ \t]+registry[ \t]+login|az[ \t]+login|mongo(?:sh|dump|restore)?|oc[ \t]+login)\b[^\n\x00]{0,300}?[ \t]-p[ \t]*=?[ \t]*` + word,
			notVariable, []string{"sshpass", "login", "mongo"}},
		{"password", `(?i)\b(?:redis-cli|valkey-cli)\b[^\n\x00]{0,300}?[ \t]-a[ \t]*` + word, notVariable, []string{"redis-cli", "valkey-cli"}},
		{"password", `(?i)\bldap(?:search|add|modify|delete|passwd|whoami)\b[^\n\x00]{0,300}?[ \t]-w[ \t]*` + word, notVariable, []string{"ldap"}},
		{"password", `\b(?:sqlcmd|bcp|isql)\b[^\n\x00]{0,300}?[ \t]-P[ \t]*` + word, notVariable, []string{"sqlcmd", "bcp", "isql"}},
		{"password", `(?i)\b(?:smbclient|rpcclient|net)\b[^\n\x00]{0,300}?[ \t]-U[ \t]*["']?[^\s%"']{1,64}%([^\s"'\x00]+)`, notVariable, []string{"%"}},
		{"password", `(?i)\bhtpasswd[ \t]+-[a-z]*b[a-z]*[ \t]+(?:-[a-zA-Z0-9]+[ \t]+)*[^\s-]\S*[ \t]+\S+[ \t]+` + word, notVariable, []string{"htpasswd"}},
		{"password", `(?i)[ \t]-(?:pass(?:in|out)?|k)[ \t]+["']?pass:([^\s"'\x00]+)`, passSource, []string{"pass:"}},
		{"password", `(?i)[ \t]-(?:store|key|src|dest)(?:store)?pass[ \t]+` + word, notVariable, []string{"pass "}},
		{"password", `(?i)\brabbitmqctl[ \t]+(?:add_user|change_password|authenticate_user)[ \t]+\S+[ \t]+` + word, notVariable, []string{"rabbitmqctl"}},
		{"password", `(?i)\becho[ \t]+(?:-n[ \t]+)?["']?([^\s"'|\x00]{3,})["']?[ \t]*\|[^\n\x00]{0,80}(?:password-stdin|passwd|chpasswd|sudo[ \t]+-S)`, notVariable, []string{"echo"}},
		{"password", `(?i)\b(?:identified[ \t]+(?:with[ \t]+\S+[ \t]+)?by|(?:with|encrypted|set)[ \t]+password|password)[ \t]*[=(]?[ \t]*'([^'\n\x00]{3,})'`, notVariable, []string{"identified", "password"}},
		{"password", `(?i)\b(?:requirepass|masterauth)[ \t]+` + word, notVariable, []string{"requirepass", "masterauth"}},
		{"password", `(?i)\bconnect[ \t]+[\w$#]+/([^\s@/"'\x00]{3,})@`, nil, []string{"connect"}},
		{"url-password", `(?i)\bjdbc:oracle:[a-z]+:[^\s/@:]{1,64}/([^\s@"'\x00]+)@`, nil, []string{"jdbc:oracle"}},
		{"url-password", `(?:^|[\s"'` + "`" + `(=])([\w.-]{1,64}:[^\s@/:"'` + "`" + `\x00]{4,64})@(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+:[0-9]{2,5}\b`, nil, []string{"@"}},
		{"vault-token", `(?i)\bvault[ \t]+login[ \t]+(?:-[a-z-]+(?:=\S+)?[ \t]+)*(?:token=)?([^\s"'=\x00-][^\s"'=\x00]{7,})`, hasDigit, []string{"vault login"}},
		{"secret", `(?i)\b(?:fastly-key|x-auth-key|x-functions-key|ocp-apim-subscription-key|x-goog-api-key|x-rapidapi-key|x-master-key|dd-(?:api|application)-key|apikey|x-[a-z-]*secret)["']?[ \t]*[:=][ \t]*["']?([A-Za-z0-9_+/=.~-]{12,})`,
			hasDigit, []string{"-key", "apikey", "-secret"}},
	})
}

// notPort lets a number behind -p be a port where a program's option means that.
func notPort(s string) bool { return !isPort.MatchString(s) && notVariable(s) }

// passSource leaves "env:NAME" and "file:PATH", which only say where it is.
func passSource(s string) bool {
	return notVariable(s) && !strings.HasPrefix(s, "env:") && !strings.HasPrefix(s, "file:")
}

func notVariable(s string) bool { return !placeholder(s) }
