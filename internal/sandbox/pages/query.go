package pages

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// query is what the list of issues is searched for, in the few of GitHub's words
// that matter here.
type query struct {
	state            string // open, closed, or empty for both
	pulls            bool
	labels           []string
	author, assignee string
	words            []string
	rest             []string // all terms but those about the state
}

var term = regexp.MustCompile(`[^\s"]*"[^"]*"|\S+`)

// openIssues is what is searched for unless something else is.
const openIssues = "is:issue is:open"

// parseQuery reads a search.
func parseQuery(asked string) query {
	var q query
	if strings.TrimSpace(asked) == "" {
		asked = openIssues
	}
	for _, t := range term.FindAllString(asked, 100) {
		key, value, qualified := strings.Cut(strings.ReplaceAll(t, `"`, ""), ":")
		switch {
		case qualified && (key == "is" || key == "state") && (value == "open" || value == "closed"):
			q.state = value
			continue
		case t == "is:pr" || t == "is:issue":
			q.pulls = value == "pr"
		case qualified && key == "label":
			q.labels = append(q.labels, value)
		case qualified && key == "author":
			q.author = value
		case qualified && key == "assignee":
			q.assignee = value
		default:
			q.words = append(q.words, strings.ToLower(strings.Trim(t, `"`)))
		}
		q.rest = append(q.rest, t)
	}
	return q
}

// matches says whether an issue is searched for, its state aside.
func (q query) matches(i sandbox.Issue) bool {
	if i.Pull != q.pulls || q.author != "" && !strings.EqualFold(q.author, i.Author) {
		return false
	}
	if q.assignee != "" && !slices.ContainsFunc(i.Assignees, func(a string) bool { return strings.EqualFold(a, q.assignee) }) {
		return false
	}
	for _, l := range q.labels {
		if !i.Has(l) {
			return false
		}
	}
	text := strings.ToLower(i.Title + "\n" + i.Body)
	return !slices.ContainsFunc(q.words, func(w string) bool { return !strings.Contains(text, w) })
}

// url is the address of the same search in another state.
func (q query) url(repo, state string) string {
	terms := append(slices.Clone(q.rest), "is:"+state)
	return "/" + repo + "/issues?q=" + url.QueryEscape(strings.Join(terms, " "))
}
