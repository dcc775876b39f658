package firebreak_test

import (
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

var (
	fence    = regexp.MustCompile("(?ms)^```.*?^```$")
	mdLink   = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	mdHead   = regexp.MustCompile(`(?m)^#{1,6} (.+)$`)
	repoPath = regexp.MustCompile(`^\.?(cmd|config|handlers|workflow|internal|docs|scripts|ci|cache)/[\w./*-]*$`)
)

// TestLinksLeadSomewhere follows the links between the documents, to the heading
// where they name one.
func TestLinksLeadSomewhere(t *testing.T) {
	for _, page := range pages(t) {
		text := fence.ReplaceAllString(read(t, page), "")
		for _, m := range mdLink.FindAllStringSubmatch(text, -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			target, anchor, _ := strings.Cut(m[1], "#")
			file := page
			if target != "" {
				file = path.Join(path.Dir(page), target)
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s links %s: %v", page, m[1], err)
			} else if anchor != "" && !hasHeading(read(t, file), anchor) {
				t.Errorf("%s links %s, and there is no such heading", page, m[1])
			}
		}
	}
}

func hasHeading(text, anchor string) bool {
	for _, m := range mdHead.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		if slug(m[1]) == anchor {
			return true
		}
	}
	return false
}

// slug is the anchor that GitHub gives a heading.
func slug(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}

// TestPathsExist looks for every file and folder of this repository that the
// documents name in code.
func TestPathsExist(t *testing.T) {
	for _, page := range pages(t) {
		for _, span := range codes(fence.ReplaceAllString(read(t, page), "")) {
			if !repoPath.MatchString(span) || strings.HasPrefix(span, ".cache/") {
				continue
			}
			if _, err := os.Stat(strings.TrimSuffix(span, "...")); err != nil {
				t.Errorf("%s names %s: %v", page, span, err)
			}
		}
	}
}
