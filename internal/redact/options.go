package redact

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The bounds of what a repository may add.
const (
	// MaxPatterns bounds the patterns of Options, and its allow-list.
	MaxPatterns = 50
	// MaxPattern bounds one expression, in bytes.
	MaxPattern = 500
	// DefaultInlineCode is the length from which inline code is taken out, in
	// characters.
	DefaultInlineCode = 80

	longestKind = 40
)

// Options are what a repository adds to the gate's rules. The zero value adds
// nothing.
type Options struct {
	// Patterns find more, in people's text as it comes in. Personal names can only
	// be found so.
	Patterns []Pattern
	// Allow are expressions (RE2). What one of them matches as a whole is no
	// finding, if it is personal data, a find of Patterns, or a secret that is only
	// guessed from the words before it or from its randomness. Tokens in their
	// issuer's form, private keys, HTTP credentials and what a URL carries are
	// taken out all the same, and so is code.
	Allow []string
	// InlineCode is how many characters of inline code stay. Zero is
	// DefaultInlineCode, or what the gate has.
	InlineCode int
}

// Pattern finds one kind of thing.
type Pattern struct {
	// Name is its kind, as in "[redacted: customer-id]": small letters, parted by
	// single hyphens, at most 40, and none of the gate's own.
	Name string
	// Match is an expression (RE2). If it has a group, the first one is what is
	// taken out, otherwise the whole match.
	Match string
}

// With makes a gate that has the options in addition. It shares the rules of g,
// which stays as it is. An error names the option and what is wrong with it.
func (g *Gate) With(o Options) (*Gate, error) {
	switch {
	case len(o.Patterns) > MaxPatterns:
		return nil, fmt.Errorf("read redaction patterns: %d are too many, at most %d", len(o.Patterns), MaxPatterns)
	case len(o.Allow) > MaxPatterns:
		return nil, fmt.Errorf("read redaction allow-list: %d entries are too many, at most %d", len(o.Allow), MaxPatterns)
	case o.InlineCode < 0:
		return nil, fmt.Errorf("read redaction of inline code: %d characters are less than none", o.InlineCode)
	}
	derived := *g
	derived.own = append([]rule(nil), g.own...)
	derived.allow = append([]*regexp.Regexp(nil), g.allow...)
	for i, p := range o.Patterns {
		r, err := g.ownRule(p)
		if err != nil {
			return nil, fmt.Errorf("read redaction pattern %d (%.40q): %w", i+1, p.Name, err)
		}
		derived.own = append(derived.own, r)
	}
	for i, expr := range o.Allow {
		re, err := bounded(expr)
		if err != nil {
			return nil, fmt.Errorf("read redaction allow-list, entry %d: %w", i+1, err)
		}
		derived.allow = append(derived.allow, regexp.MustCompile(`\A(?:`+re.String()+`)\z`))
	}
	if o.InlineCode > 0 {
		derived.inline = o.InlineCode
	}
	return &derived, nil
}

var kindName = regexp.MustCompile(`^[a-z]+(?:-[a-z]+)*$`)

func (g *Gate) ownRule(p Pattern) (rule, error) {
	switch {
	case len(p.Name) > longestKind || !kindName.MatchString(p.Name):
		return rule{}, fmt.Errorf("the name must be small letters parted by single hyphens, at most %d", longestKind)
	case slices.Contains(g.Kinds(), p.Name):
		return rule{}, fmt.Errorf("the name is that of a kind which is found anyway")
	}
	re, err := bounded(p.Match)
	if err != nil {
		return rule{}, err
	}
	return rule{kind: p.Name, find: func(text string) []place { return ownMatches(re, text) }}, nil
}

// Kinds lists the kinds of the gate's own rules in alphabetical order. Those that
// gitleaks adds are not among them.
func (g *Gate) Kinds() []string {
	var kinds []string
	for _, r := range slices.Concat(g.secrets, g.people) {
		kinds = append(kinds, r.kind)
	}
	for _, b := range g.blocks {
		kinds = append(kinds, b.kind)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// bounded compiles an expression that somebody else wrote.
func bounded(expr string) (*regexp.Regexp, error) {
	switch {
	case expr == "":
		return nil, fmt.Errorf("the expression is empty")
	case len(expr) > MaxPattern:
		return nil, fmt.Errorf("the expression has %d bytes, at most %d are accepted", len(expr), MaxPattern)
	}
	re, err := regexp.Compile(expr)
	if err != nil {
		return nil, fmt.Errorf("the expression is not RE2: %w", err)
	}
	return re, nil
}

// ownMatches gives what a repository's expression matches, without the markers
// that it may reach across: they would be found again and again.
func ownMatches(re *regexp.Regexp, text string) []place {
	var places []place
	for _, m := range re.FindAllStringSubmatchIndex(text, -1) {
		start, end := m[0], m[1]
		if len(m) > 2 && m[2] >= 0 {
			start, end = m[2], m[3]
		}
		for start < end {
			n := strings.IndexByte(text[start:end], taken)
			if n < 0 {
				n = end - start
			}
			if strings.TrimSpace(text[start:start+n]) != "" {
				places = append(places, place{start, start + n})
			}
			start += n + 1
		}
	}
	return places
}

// allowed tells whether one of the expressions takes all of what was found.
func allowed(allow []*regexp.Regexp, found string) bool {
	for _, re := range allow {
		if re.MatchString(found) {
			return true
		}
	}
	return false
}
