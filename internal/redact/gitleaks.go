package redact

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/rs/zerolog"
	"github.com/zricethezav/gitleaks/v8/detect"
	"github.com/zricethezav/gitleaks/v8/logging"
	"github.com/zricethezav/gitleaks/v8/report"
)

// leaks is the detector of gitleaks with the rules that come with it. There is one
// for the whole process, made when it is first needed: that takes some 40 ms and
// 14 MB, and goes through state that is global there.
var leaks = sync.OnceValues(func() (*detect.Detector, error) {
	logging.Logger = zerolog.Nop()
	d, err := detect.NewDetectorDefaultConfig()
	if err != nil {
		return nil, fmt.Errorf("make gitleaks detector: %w", err)
	}
	d.IgnoreGitleaksAllow = true // else "gitleaks:allow" in a line would hide what it holds
	d.MaxDecodeDepth = 2
	return d, nil
})

// gitleaksRule finds what gitleaks knows beside the gate's own rules. It is asked
// once those find nothing more, since it is slower than all of them.
func gitleaksRule() rule {
	return rule{kind: "secret", spans: leaked, last: true}
}

func leaked(text string) []span {
	suspect, any := suspectLines(text)
	if !any {
		return nil
	}
	d, err := leaks()
	if err != nil {
		panic(err) // the pass fails, and nothing is written
	}
	var spans []span
	for _, f := range d.DetectString(suspect) {
		if isLeak(f) {
			spans = append(spans, leakSpans(text, f)...)
		}
	}
	return spans
}

// suspectLines leaves the lines that have what gitleaks could take for a secret, a
// run of ten with a digit in it, and the ones before them, which may say what it
// is. The others become empty, so that the lines' numbers hold.
func suspectLines(text string) (suspect string, any bool) {
	lines := strings.Split(text, "\n")
	keep := make([]bool, len(lines))
	for i, line := range lines {
		if hasDrawnRun(line) {
			keep[i], keep[max(i-1, 0)], any = true, true, true
		}
	}
	for i := range lines {
		if !keep[i] {
			lines[i] = ""
		}
	}
	return strings.Join(lines, "\n"), any
}

func hasDrawnRun(line string) bool {
	const shortest = 10
	run, digit, letter, turns := 0, false, false, 0
	for i := range len(line) {
		c := line[i]
		if !isWord(c) && strings.IndexByte("+/=~$-.", c) < 0 {
			run, digit, letter, turns = 0, false, false, 0
			continue
		}
		run, digit, letter = run+1, digit || isDigit(c), letter || isLetter(c)
		if run > 1 && class(c) != class(line[i-1]) {
			turns++
		}
		if run >= shortest && (digit && letter || turns > 4) {
			return true
		}
	}
	return false
}

// isLeak leaves out what identifies without granting anything, and what gitleaks
// takes for a secret by a word before it though it is a hash, an id or a name.
func isLeak(f report.Finding) bool {
	switch {
	case placeholder(f.Secret), digestAhead.MatchString(f.Match):
		return false
	case strings.HasSuffix(f.RuleID, "-client-id"), strings.HasSuffix(f.RuleID, "-public-key"), strings.HasSuffix(f.RuleID, "-pub-key"),
		strings.HasSuffix(f.RuleID, "-access-id"), strings.Contains(f.Secret, string(taken)):
		return false
	case f.RuleID == "generic-api-key":
		return isRandom(f.Secret) && !notKey.MatchString(f.Match)
	}
	return !isHash.MatchString(f.Secret) && !isUUID.MatchString(f.Secret) || sayKey.MatchString(f.Match)
}

var (
	digestAhead = regexp.MustCompile(`(?i)\b(?:sha-?(?:1|224|256|384|512)|md5|h1|integrity)[-:/ =]`)
	sayKey      = regexp.MustCompile(`(?i)key|token|secret|passw|credential`)
	notKey      = regexp.MustCompile(`(?i)cache|idempoten|public|primary|foreign|partition|sort|object|row|index|keyboard|keyword|request|trace|correlation|author|etag|digest|checksum|fingerprint`)
)

// leakSpans gives the places of a find. Its columns are not to be relied on, so
// the text is searched for it; what was found in an encoded form takes its lines.
func leakSpans(text string, f report.Finding) []span {
	kind := leakKind(f.RuleID)
	var spans []span
	for at := 0; f.Secret != ""; {
		i := strings.Index(text[at:], f.Secret)
		if i < 0 {
			break
		}
		at += i
		spans = append(spans, span{place: place{at, at + len(f.Secret)}, kind: kind})
		at += len(f.Secret)
	}
	if spans != nil {
		return spans
	}
	return []span{{place: linesOf(text, f.StartLine, f.EndLine), kind: kind}}
}

// linesOf gives the place of lines by their numbers from zero, the last included.
func linesOf(text string, first, last int) place {
	start, end := 0, len(text)
	for n, at := 0, 0; at <= len(text); n++ {
		line := strings.IndexByte(text[at:], '\n')
		if n == first {
			start = at
		}
		if line < 0 {
			break
		}
		if n == max(last, first) {
			end = at + line
			break
		}
		at += line + 1
	}
	return place{start, max(end, start)}
}

var vendors = regexp.MustCompile(`^(?:generic|curl|private|kubernetes)`)

// leakKind gives the kind by which a rule of gitleaks is told: the vendor's.
func leakKind(ruleID string) string {
	switch {
	case ruleID == "private-key":
		return "private-key"
	case strings.HasPrefix(ruleID, "curl-auth"):
		return "authorization"
	case vendors.MatchString(ruleID):
		return "secret"
	}
	vendor, _, _ := strings.Cut(ruleID, "-")
	vendor = strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, vendor)
	if vendor == "" {
		return "secret"
	}
	return vendor + "-token"
}
