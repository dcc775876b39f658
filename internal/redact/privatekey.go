package redact

import (
	"regexp"
	"strings"
)

var (
	keyBegin = regexp.MustCompile(`-{2,5} ?BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)? ?-{2,5}`)
	keyEnd   = regexp.MustCompile(`-{2,5} ?END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)? ?-{2,5}`)
	// keyHeader is a line before the key of an encrypted one (RFC 1421) or of PGP's.
	keyHeader = regexp.MustCompile(`^(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset): [^\n\x00]*`)
)

// privateKeyRule finds private keys as PEM writes them, on lines or in one string
// with \n in it, whole or cut off at either end.
func privateKeyRule() rule {
	return rule{kind: "private-key", firm: true, hints: []string{"private key"}, find: privateKeys}
}

func privateKeys(text string) []place {
	begins, ends := keyBegin.FindAllStringIndex(text, -1), keyEnd.FindAllStringIndex(text, -1)
	var places []place
	for i, b := range begins {
		for len(ends) > 0 && ends[0][0] < b[0] {
			places = append(places, place{keyMaterialBefore(text, ends[0][0]), ends[0][1]})
			ends = ends[1:]
		}
		last := i+1 == len(begins)
		if len(ends) > 0 && (last || ends[0][0] < begins[i+1][0]) {
			places = append(places, place{b[0], ends[0][1]})
			ends = ends[1:]
			continue
		}
		places = append(places, place{b[0], b[1] + keyMaterial(text[b[1]:])})
	}
	for _, e := range ends {
		places = append(places, place{keyMaterialBefore(text, e[0]), e[1]})
	}
	return places
}

// keyMaterial measures what follows the first line of a key without a last one:
// runs of base64 and what parts them. Prose ends it.
func keyMaterial(text string) int {
	end := 0
	for at := 0; at < len(text); {
		at += gap(text[at:])
		if h := keyHeader.FindString(text[at:]); h != "" {
			at += len(h)
			end = at
			continue
		}
		n := run(text[at:])
		if !isMaterial(text, at, n) {
			return end
		}
		at += n
		end = at
	}
	return end
}

// isMaterial takes a long run for part of a key, a short one only if it has the
// rest of a line for itself, as the last run of a key does.
func isMaterial(text string, at, n int) bool {
	const long = 16
	if n == 0 {
		return false
	}
	rest := strings.TrimLeft(text[at+n:], " \t\r\"'`,")
	return n >= long || rest == "" || rest[0] == '\n' || strings.HasPrefix(rest, `\n`)
}

// gap measures what parts the runs of a key: blanks, line ends as such or
// written \n, and what quotes lines.
func gap(text string) int {
	n := 0
	for n < len(text) {
		switch c := text[n]; {
		case strings.IndexByte(" \t\r\n>|\"'`,+", c) >= 0:
			n++
		case c == '\\' && n+1 < len(text) && (text[n+1] == 'n' || text[n+1] == 'r'):
			n += 2
		default:
			return n
		}
	}
	return n
}

// run measures base64.
func run(text string) int {
	n := 0
	for n < len(text) && isBase64(text[n]) {
		n++
	}
	return n
}

func isBase64(c byte) bool {
	return isWord(c) && c != '_' || c == '+' || c == '/' || c == '='
}

// keyMaterialBefore gives the start of the base64 lines that lead up to a key's
// last line.
func keyMaterialBefore(text string, end int) int {
	start := end
	for at := end; at > 0; {
		for at > 0 && strings.IndexByte(" \t\r\n>|\"'`,", text[at-1]) >= 0 {
			at--
		}
		from := at
		for from > 0 && isBase64(text[from-1]) {
			from--
		}
		if at-from < 16 && start != end || at == from {
			return start
		}
		at, start = from, from
	}
	return start
}
