package config

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/firebreak-app/firebreak/internal/redact"
)

// RepositoryKey is one thing that a repository can set.
type RepositoryKey struct {
	// Name is the key, after its section and a dot if it is in one.
	Name string
	// Default holds where it is not set; empty: nothing does.
	Default string
	// Accepts says what is accepted, Means what it is for.
	Accepts, Means string
	// entry is how an entry of a list is written.
	entry string
	read  func(*repositoryReader, RepositoryKey, *yaml.Node)
}

// RepositoryKeys lists everything that a repository can set. The documentation's
// table is tested against it.
var RepositoryKeys []RepositoryKey

func init() { // not where it is declared: reading a key looks at them all
	RepositoryKeys = []RepositoryKey{
		{Name: "timezone", Default: "the operator's", Accepts: "a time zone's name, such as `Europe/Berlin`",
			Means: "the zone of times written without one, shown beside UTC", read: readZone},
		{Name: "postmortem.store", Default: "`wiki`", Accepts: "`wiki`, `repository` or `issue`",
			Means: "where post-mortems go", read: readStore},
		{Name: "postmortem.review", Default: "`true`", Accepts: "`true` or `false`",
			Means: "with `store: repository`, a pull request instead of a commit", read: readReview},
		{Name: "postmortem.path", Default: "`docs/incidents`", Accepts: "a folder inside the repository, such as `docs/incidents`",
			Means: "with `store: repository`, the folder of the pages", read: readPath},
		{Name: "postmortem.template", Default: "`.github/incident-postmortem.md`", Accepts: "a file inside the repository, such as `.github/incident-postmortem.md`",
			Means: "what pages start from", read: readTemplate},
		{Name: "redact.patterns", Accepts: fmt.Sprintf("a list of at most %d, each with `name`, in small letters and single hyphens, and `match`, an RE2 expression", redact.MaxPatterns),
			Means: "what is taken out of people's text besides, as `[redacted: NAME]`", entry: "`{name: customer-id, match: 'CUS-[0-9]{6}'}`", read: readPatterns},
		{Name: "redact.allow", Accepts: fmt.Sprintf("a list of at most %d RE2 expressions in single quotes", redact.MaxPatterns),
			Means: "what stays although it looks like personal data or, by the words around it, like a secret", entry: "`'status@acme\\.example'`", read: readAllow},
		{Name: "redact.inline-code", Default: "`80`", Accepts: "a whole number from 1 to 10000",
			Means: "inline code longer than so many characters is taken out", read: readInlineCode},
	}
}

func readZone(r *repositoryReader, k RepositoryKey, node *yaml.Node) {
	name, ok := r.text(k, node)
	if !ok {
		return
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" || name == "" {
		r.wrong(k, node, "There is no time zone “"+shown(node)+"”.")
		return
	}
	r.settings.Zone = zone
}

func readStore(r *repositoryReader, k RepositoryKey, node *yaml.Node) {
	name, ok := r.text(k, node)
	switch {
	case !ok:
	case !slices.Contains([]string{StoreWiki, StoreRepository, StoreIssue}, name):
		r.wrong(k, node, "There is no store “"+shown(node)+"”.")
	default:
		r.settings.Postmortem.Store = name
	}
}

func readReview(r *repositoryReader, k RepositoryKey, node *yaml.Node) {
	var review bool
	if node.Kind != yaml.ScalarNode || node.ShortTag() != "!!bool" || node.Decode(&review) != nil {
		r.wrong(k, node, "It is "+kindOf(node)+", not true or false.")
		return
	}
	r.settings.Postmortem.Review = review
}

func readPath(r *repositoryReader, k RepositoryKey, node *yaml.Node) {
	if p, ok := r.path(k, node); ok {
		r.settings.Postmortem.Path = p
	}
}

func readTemplate(r *repositoryReader, k RepositoryKey, node *yaml.Node) {
	if p, ok := r.path(k, node); ok {
		r.settings.Postmortem.Template = p
	}
}

// longestPath bounds a path, in bytes.
const longestPath = 200

// path reads a path that stays inside the repository and outside its git.
func (r *repositoryReader) path(k RepositoryKey, node *yaml.Node) (string, bool) {
	p, ok := r.text(k, node)
	if !ok {
		return "", false
	}
	segments := strings.Split(strings.TrimSuffix(p, "/"), "/")
	outside := slices.ContainsFunc(segments, func(s string) bool {
		return s == "" || s == ".." || strings.EqualFold(strings.TrimSpace(s), ".git")
	})
	switch {
	case outside:
		r.wrong(k, node, "“"+shown(node)+"” leads out of the repository.")
	case len(p) > longestPath:
		r.wrong(k, node, fmt.Sprintf("It has more than %d bytes.", longestPath))
	case strings.Contains(p, `\`) || strings.ContainsFunc(p, func(c rune) bool { return printable(c) < 0 || unicode.IsControl(c) }):
		r.wrong(k, node, "It has characters that no path has here: a backslash or one that cannot be seen.")
	case path.Clean(p) == ".":
		r.wrong(k, node, "It is the repository itself.")
	default:
		return path.Clean(p), true
	}
	return "", false
}

func readInlineCode(r *repositoryReader, k RepositoryKey, node *yaml.Node) {
	most, err := strconv.Atoi(node.Value)
	if node.Kind != yaml.ScalarNode || node.ShortTag() != "!!int" || err != nil || most < 1 || most > 10_000 {
		r.wrong(k, node, "It is no whole number from 1 to 10000.")
		return
	}
	r.settings.Redact.InlineCode = most
}
