package corpus

import (
	"fmt"
	"strconv"
	"time"
)

// lookAlikeKinds are what a post-mortem needs although it is long, or random, or
// speaks of secrets.
func lookAlikeKinds() (kinds []kind) {
	add := func(name string, f format, sentences ...string) {
		kinds = append(kinds, kind{name: name, value: func(d draw) value { return whole(f(d)) }, sentences: sentences})
	}
	add("git-sha-full", in("", hexes, 40), "Reverted {value} at {clock}.", "commit {value} is the first bad one",
		"https://github.com/acme/shop/commit/{value}", "| {clock} | deployed {value} |", "revision={value} env=prod")
	add("git-sha-short", shortSHA, "Deployed `{value}` at {clock}.", "{value} is the fix, it is on main",
		"built from {value}")
	add("commit-range", func(d draw) string { return shortSHA(d) + ".." + shortSHA(d) }, "What went out is {value}.",
		"`git log {value}`")
	add("image-digest", in("sha256:", hexes, 64), "ghcr.io/acme/shop@{value} was running.", "digest: {value}",
		"| shop | {value} |")
	add("image", func(d draw) string {
		return fmt.Sprintf("ghcr.io/acme/shop:%d.%d-%s", d.IntN(30), d.IntN(90), shortSHA(d))
	}, "All nodes pulled {value}.", "image: {value}")
	add("uuid", draw.uuid, "Order {value} was paid twice.", "event_id={value} delivered=false",
		`{"delivery":"{value}","status":502}`,
		"The volume pvc-{value} is full.")
	add("trace-id", in("", hexes, 32), "trace_id={value} dur=30.1s", "See trace {value}.",
		"https://tempo.acme.internal/trace/{value}",
		`{"traceId":"{value}","msg":"pool exhausted"}`)
	add("span-id", in("", hexes, 16), "The slow span is {value}.", "span_id={value} parent=none", "request id {value}")
	add("integrity", func(d draw) string { return "sha512-" + d.base64(64) }, `"integrity": "{value}"`,
		"npm expected {value}")
	add("go-sum", func(d draw) string { return "h1:" + d.base64(32) }, "github.com/acme/pool v1.4.2 {value}",
		"checksum mismatch, downloaded {value}")
	add("etag", in("", hexes, 32), `ETag: "{value}"`, "md5 of the dump: {value}", "cache key shop:v2:{value}")
	add("public-key", func(d draw) string { return "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + d.tail(base62, 43) },
		"authorized_keys has {value}", "The deploy key is {value} (read only).")
	add("private-ip", privateIP, "{value} did not answer.", "dial tcp {value}:5432: connection refused",
		"| node-3 | {value} | NotReady |",
		"upstream http://{value}:8080/health", `{"peer":"{value}"}`)
	add("documentation-ip", func(d draw) string {
		return pick(d, []string{"192.0.2.", "198.51.100.", "203.0.113."}) + strconv.Itoa(d.between(1, 254))
	}, "The manual has {value} there.", "An example is {value}.")
	add("cidr", func(d draw) string { return fmt.Sprintf("10.%d.0.0/16", d.IntN(255)) }, "The peering covers {value}.",
		"route {value} is missing")
	add("version", func(d draw) string { return fmt.Sprintf("%d.%d.%d", d.IntN(20), d.IntN(40), d.IntN(99)) },
		"pool went to v{value}", "Chrome only, nginx/{value} is fine", "needs >={value}")
	add("version-four-part", func(d draw) string {
		return fmt.Sprintf("%d.%d.%d.%d", d.between(1, 30), d.IntN(20), d.IntN(20), d.between(1, 9))
	}, "The agent is at version {value} since Monday.", "Driver version {value} has the bug.",
		"We run release {value} on both.")
	add("metric", func(d draw) string {
		return fmt.Sprintf("%d,%03d,%03d", d.between(1, 999), d.IntN(1000), d.IntN(1000))
	}, "{value} requests, 12.4% failed", "queue depth {value} at {clock}", "p99 4111 ms over {value} samples")
	add("timestamp-unix", func(d draw) string { return "1763" + d.of(digits, pick(d, []int{6, 9, 15})) },
		"ts={value} level=warn", `{"time":{value},"msg":"timeout"}`, "The lock was taken at {value}.")
	add("timestamp-iso", func(d draw) string {
		at := time.Unix(int64(d.between(1763000000, 1764000000)), int64(d.IntN(1e9))).UTC()
		return at.Format(pick(d, []string{time.RFC3339, time.RFC3339Nano, time.RFC1123, time.DateTime}))
	}, "First alert at {value}.", "{value} ERROR pool exhausted", "| {value} | deploy |")
	add("order-number", failing, "Order {value} was charged twice.", "order number {value} is pending",
		"| order {value} | paid |")
	add("ticket-number", failing, "vendor ticket {value} is open", "AWS case {value}, answered at {clock}",
		"support case #{value}")
	add("build-number", func(d draw) string { return d.number(11) },
		"https://github.com/acme/shop/actions/runs/{value}", "run {value} failed, attempt 2")
	add("arn", func(d draw) string {
		return "arn:aws:" + fmt.Sprintf(pick(d, []string{"iam::%s:role/deploy", "sqs:eu-west-1:%s:orders-dlq",
			"lambda:eu-west-1:%s:function:refund"}), d.number(12))
	}, "{value} lost a policy", "denied: {value}", "- {value}")
	add("instance", func(d draw) string {
		return pick(d, []string{"i-0", "vol-0", "subnet-0", "sg-0"}) + d.of(hexes, 16)
	}, "{value} was terminated at {clock}", "| {value} | impaired |")
	add("pod", func(d draw) string {
		return "checkout-" + d.of("456789bcdf", 10) + "-" + d.of("2456789bcdfghjklmnpqrstvwxz", 5)
	}, "{value} was OOMKilled", "pod {value} restarted 12 times", "`kubectl describe pod {value}`")
	return append(kinds, spokenOf()...)
}

// shortSHA has a letter in it, for not to be a number.
func shortSHA(d draw) string { return d.of("abcdef", 1) + d.of(hexes, 6) }

func privateIP(d draw) string {
	return pick(d, []string{"10." + strconv.Itoa(d.IntN(256)), "172." + strconv.Itoa(d.between(16, 31)), "192.168"}) +
		fmt.Sprintf(".%d.%d", d.IntN(256), d.between(1, 254))
}

// failing is a number as long as that of a payment card, with a wrong check digit.
func failing(d draw) string {
	for {
		if number := d.number(d.between(12, 16)); luhn(number) != 0 {
			return number
		}
	}
}
