package corpus

// anywhere are sentences for what is told by its form.
var anywhere = []string{
	"{value} is what the deploy at {clock} used.",
	"I pasted {value} into the chat, it has to be revoked.",
	"Who owns `{value}`? It is not in the vault.",
	"| {clock} | {service} | {value} | to be rotated |",
	"- {service}: {value}\n- everything else is unchanged",
	"1. revoke {value}\n2. restart the workers",
	"> {service} said no to {value}\n\nBecause it is from staging.",
	`{"ts":"2026-11-23T{clock}:07Z","level":"error","{name}":"{value}","retry":false}`,
	`{clock}:31.204 ERROR c.a.checkout.Client - {service} answered 401 [{name}={value}]`,
	"{NAME}={value}",
	`export {NAME}="{value}"`,
	"env:\n  - name: {NAME}\n    value: {value}",
	"{name}: \"{value}\"",
	"{name} = '{value}'",
	`curl -fsS -H "Authorization: token {value}" https://api.acme.internal/status`,
	"curl -s 'https://api.acme.internal/v1/state?token={value}'",
	"`docker run --rm -e {NAME}={value} ghcr.io/acme/tools:latest` worked on my laptop.",
	"<details><summary>environment</summary>\n\n{NAME}={value}\nHOME=/root\n\n</details>",
	"<!-- {value} -->\nSee the note of the on-call.",
	"/incident timeline {service} credential {value} revoked | {clock}",
	"The first worker had *{value}*, the second **none**.",
	"It says (\"{value}\"), which is the old one.",
	"service,variable,value\n{service},{NAME},{value}",
	"+ {NAME}={value} ./release.sh",
	"remote: denied for {value}.",
}

// spoken are sentences for a token in disguise, which is in running text.
var spoken = []string{
	"{value} is what the deploy at {clock} used.",
	"Please revoke {value}",
	"{clock} {service} refused {value}",
	"- {service}: {value}\n- everything else is unchanged",
	"> {service} said no to {value}\n\nBecause it is from staging.",
	"Copied from the wiki: {value}",
	"{NAME}={value}",
	"token for {service}: {value}",
}

// assigned are sentences for what only its name tells.
var assigned = []string{
	"{NAME}={value}",
	"export {NAME}='{value}'",
	`{"{name}":"{value}"}`,
	"{name}: {value}",
	`{name} = "{value}"`,
	"- name: {NAME}\n  value: \"{value}\"",
	"The container was started with `{NAME}={value}` by hand.",
	"{clock}:09 INFO config {name}={value} source=env",
	"> {NAME}: {value}\n\nIs that the one of production?",
	"helm upgrade shop ./chart --set {name}={value}",
	"docker run -d -e {NAME}=\"{value}\" acme/agent:7",
}

// reported are sentences for what a customer or a log says of a person.
var reported = []string{
	"{service}: {value}",
	"The customer with {service} {value} was charged twice.",
	"At {clock} somebody wrote in: \"{service} {value}\".",
	"| {clock} | {service} {value} | refund |",
	"- {service} {value} was in the export",
	"> my {service} is {value}",
	`{"{name}":"{value}","state":"failed"}`,
	"{clock}:12 WARN validation failed {name}={value}",
	"Support asks whether {service} `{value}` can be taken out of the log.",
	"/incident impact {service} {value} was shown to another user",
}

// met are sentences for a machine or a person that is met in a log.
var met = []string{
	"The first report is from {value}.",
	"{value} was seen 4,512 times between 11:50 and {clock}.",
	"| {value} | blocked at {clock} |",
	`{"{name}":"{value}","path":"/checkout"}`,
	"{clock}:40 INFO login failed {name}={value} attempt=3",
	"- {value}\n- and some that we do not know",
	"> {value} again",
	"Please unblock `{value}` once this is over.",
	"/incident timeline blocked {value} | {clock}",
}

// alone are texts for what brings its own sentence.
var alone = []string{
	"{value}",
	"From the log at {clock}:\n\n{value}",
	"@jon see\n\n{value}",
	"This is what the pod says:\n\n{value}\n\nand then it ends.",
}
