package postmortem

import (
	"regexp"
	"strings"
)

// Edit is what people made of one section of the comment that stands in for the
// page.
type Edit struct {
	// Name is the section's title.
	Name string
	// Heading and Body are its source as people have it, without hidden markers;
	// both are empty if they took the section out.
	Heading, Body string

	key     string // which of Firebreak's sections it is; empty: people's own
	own     string // the key of the heading it stands under
	after   string // the key of the heading before it
	renamed bool   // only its heading is people's
	unsure  bool   // without fingerprints it may be Firebreak's own of earlier
}

// gone says that people took the section out.
func (e Edit) gone() bool { return e.Heading == "" && e.Body == "" }

// Edits returns what people changed in a comment that Comment gave, as its
// fingerprints tell; ours is the document as rendered now. Where people took the
// fingerprints out, every section that is not as in ours counts.
func Edits(comment, ours string) []Edit {
	was, known, all := readPublished("", comment), distinct(split(ours)), split(comment)
	keys := was.match(all, known)
	there := map[string]bool{}
	var edits []Edit
	for i, s := range all {
		key := keys[i]
		there[key] = true
		e := Edit{Name: s.name(), Heading: s.heading, Body: unmarked(s.body), key: key, own: s.key, unsure: len(was) == 0}
		if i > 0 {
			e.after = all[i-1].key
		}
		if s.key == frontKey {
			e.Body = withoutLead(e.Body)
		}
		written := key != "" && was.wrote(key, s) || shownIn(known, key, s)
		e.renamed = written && s.key != key
		if (!written || e.renamed) && strings.TrimSpace(e.Heading+e.Body) != "" {
			edits = append(edits, e)
		}
	}
	for _, s := range was {
		// What an unclosed code fence swallows was not taken out.
		if our, ok := find(known, s.key); ok && !there[s.key] && s.key != frontKey && !strings.Contains(comment, strings.TrimSpace(our.heading)) {
			edits = append(edits, Edit{Name: our.name(), key: s.key})
		}
	}
	return edits
}

func find(sections []section, key string) (section, bool) {
	for _, s := range sections {
		if s.key == key {
			return s, true
		}
	}
	return section{}, false
}

// shownIn says whether s has the body that the section of that key has.
func shownIn(sections []section, key string, s section) bool {
	our, ok := find(sections, key)
	return ok && normalise(our.body) == normalise(s.body)
}

var standInMark = regexp.MustCompile(`<!-- firebreak:post-mortem-comment v1 [^\n]{0,200}? -->`)

// withoutLead takes out of a comment's front what is only about the comment.
func withoutLead(front string) string {
	lines := strings.Split(standInMark.ReplaceAllString(front, ""), "\n")
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, leadOpening) && strings.HasSuffix(line, leadClosing) {
			lines[i] = ""
			break
		}
	}
	return strings.Trim(strings.Join(lines, "\n"), " \t\r\n") + "\n"
}
