package postmortem

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
)

// A post-mortem's hidden marker: the incident's key, by which a renamed page is
// found again, and a fingerprint of every section as Firebreak last wrote it.
// The fingerprints travel with the page in the same commit, so that a person's
// change is known from Firebreak's own text even where the database is lost, or
// fell behind a push.
var markerPattern = regexp.MustCompile(`<!-- firebreak:post-mortem v1 incident=([0-9A-Za-z/_.-]{1,100})(?: sections=([\p{L}\p{Nd}.,:-]*))? -->`)

// Find returns the key of the incident whose post-mortem the text is, as it was
// given in Document.Key; false if the text is no post-mortem of Firebreak's.
func Find(body string) (key string, ok bool) {
	m := markerPattern.FindStringSubmatch(body)
	if m == nil {
		return "", false
	}
	return m[1], true
}

// mark puts the marker between two parts of a page's front, which has none yet.
// A key that Find would not find is not worth one.
func mark(key, before, after string) string {
	marker := markerOf(key, before+"\n\n"+after)
	if markerPattern.FindString(marker) != marker {
		return before + after
	}
	return before + marker + "\n\n" + after
}

func markerOf(key, page string) string {
	return "<!-- firebreak:post-mortem v1 incident=" + key + " sections=" + fingerprints(page) + " -->"
}

// fingerprints lists the page's sections, each with a short hash of its body.
func fingerprints(page string) string {
	var list []string
	for _, s := range split(page) {
		list = append(list, s.key+":"+fingerprint(s.body))
	}
	return strings.Join(list, ",")
}

// fingerprint is the same for bodies that differ by white space only.
func fingerprint(body string) string {
	sum := sha256.Sum256([]byte(normalise(body)))
	return hex.EncodeToString(sum[:8])
}

// sectionPrint is one section's fingerprint as a page carries it.
type sectionPrint struct{ key, hash string }

// readFingerprints returns the fingerprints that a page carries, in its order.
func readFingerprints(page string) []sectionPrint {
	var prints []sectionPrint
	m := markerPattern.FindStringSubmatch(page)
	if m == nil {
		return nil
	}
	for _, pair := range strings.Split(m[2], ",") {
		if key, hash, found := strings.Cut(pair, ":"); found {
			prints = append(prints, sectionPrint{key, hash})
		}
	}
	return prints
}

// remark brings a merged page's markers up to date with ours: the first in place
// where a person left it, at the top where they took it out, and the prints of the
// parts at the end, but for the sections that were kept whole.
func remark(page, ours string, whole map[string]bool) string {
	key, marked := Find(ours)
	if page, _ = cutParts(page); !marked {
		return page
	}
	end := lineEnd(page)
	marker := markerOf(key, ours)
	if at := markerPattern.FindStringIndex(page); at != nil {
		page = page[:at[0]] + marker + page[at[1]:]
	} else {
		page = marker + end + end + page
	}
	return page + gap(page, end) + printParts(ours, whole) + end
}
