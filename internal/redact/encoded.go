package redact

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDecode bounds how often base64 within base64 is looked into.
const maxDecode = 3

// encodedSecrets finds base64 and hexadecimal runs that hold a secret once they
// are decoded. The run is taken out as a whole, by the kind of what it holds.
func encodedSecrets(rules []rule) rule {
	return rule{kind: "secret", firm: true, spans: func(text string) []span {
		var spans []span
		for _, p := range encodedRuns(text) {
			if kind := kindWithin(text[p.start:p.end], rules, maxDecode); kind != "" {
				spans = append(spans, span{place: p, kind: kind})
			}
		}
		return spans
	}}
}

// encodedRuns gives the stretches that could be base64: those on lines of the
// usual length with the lines that go on.
func encodedRuns(text string) []place {
	const shortest, fullLine = 16, 60
	var runs []place
	for at := 0; at < len(text); {
		if !isEncoded(text[at]) {
			at++
			continue
		}
		start := at
		for {
			line := at
			for at < len(text) && isEncoded(text[at]) {
				at++
			}
			next := at + gap(text[at:])
			goesOn := at-line >= fullLine && next > at && next < len(text) && strings.IndexByte(text[at:next], '\n') >= 0 && isEncoded(text[next])
			if !goesOn {
				break
			}
			at = next
		}
		if at-start >= shortest {
			runs = append(runs, place{start, at})
		}
	}
	return runs
}

func isEncoded(c byte) bool { return isBase64(c) || c == '-' || c == '_' }

// kindWithin tells what kind of secret a run holds, empty if none.
func kindWithin(run string, rules []rule, depth int) string {
	run = strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII || !isEncoded(byte(r)) {
			return -1
		}
		return r
	}, run)
	for _, text := range readings(run) {
		lower := strings.ToLower(text)
		for _, r := range rules {
			if r.hinted(lower) && len(r.find(text)) > 0 {
				return r.kind
			}
		}
		if depth > 1 {
			for _, p := range encodedRuns(text) {
				if kind := kindWithin(text[p.start:p.end], rules, depth-1); kind != "" {
					return kind
				}
			}
		}
	}
	return ""
}

// readings gives what a run could mean, as far as it is text.
func readings(run string) []string {
	var texts []string
	add := func(raw []byte, err error) {
		raw = narrowed(raw)
		if err == nil && isText(raw) {
			texts = append(texts, strings.ReplaceAll(string(raw), "\x00", "\ufffd"))
		}
	}
	add(hex.DecodeString(run))
	if parts := strings.Split(run, "/"); len(parts) > 1 { // the path of a URL
		for _, part := range parts {
			if part = strings.TrimRight(part, "="); len(part) >= 16 && len(part)%4 != 1 {
				add(base64.RawURLEncoding.DecodeString(part))
				add(base64.RawStdEncoding.DecodeString(part))
			}
		}
	}
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(run, "-_") {
		encoding = base64.RawURLEncoding
	}
	// A name and its sign may stand before the run, as in "auth=…".
	if i := strings.LastIndexByte(strings.TrimRight(run, "="), '='); i >= 0 {
		run = run[i+1:]
	}
	run = strings.TrimRight(run, "=")
	if len(run)%4 == 1 {
		run = run[:len(run)-1]
	}
	add(encoding.DecodeString(run))
	return texts
}

// narrowed makes UTF-16, as PowerShell encodes its commands, plain.
func narrowed(raw []byte) []byte {
	if len(raw) < 8 || len(raw)%2 != 0 || bytes.Count(raw, []byte{0})*10 < len(raw)*4 {
		return raw
	}
	return bytes.ReplaceAll(raw, []byte{0}, nil)
}

// isText tells text from other bytes, which long words decode to.
func isText(raw []byte) bool {
	if len(raw) < 6 || !utf8.Valid(raw) {
		return false
	}
	odd := 0
	for _, r := range string(raw) {
		if !unicode.IsPrint(r) && !unicode.IsSpace(r) {
			odd++
		}
	}
	return odd*10 <= len(raw)
}
