package sandbox

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

func searchRoutes() []route {
	return []route{on("GET", "/search/issues", anyToken, (*call).searchIssues)}
}

// searchTerm is a word, a quoted phrase, or qualifier:value with the value quoted
// or not.
var searchTerm = regexp.MustCompile(`(-?)(?:([a-z]+):)?(?:"([^"]*)"|(\S+))`)

// searchIssues knows repo, user, org, is, state, label, author, assignee and
// words of title and body; unlike GitHub's its index never lags.
func (c *call) searchIssues() (reply, error) {
	q := c.query("q", "")
	if q == "" {
		return reply{}, invalid(FieldError{Resource: "Search", Field: "q", Code: "missing"})
	}
	var found []*issue
	for _, i := range c.issues {
		if c.token.covers(c.world, i.repo) && c.token.allows("issues", false) && i.answers(q) {
			found = append(found, i)
		}
	}
	slices.SortFunc(found, func(a, b *issue) int { return cmp.Compare(b.id, a.id) })
	out, err := page(c, found)
	items := []object{}
	for _, i := range out.body.([]*issue) {
		body := c.issueJSON(i)
		body["score"] = 1.0
		if body["body"] == nil {
			body["body"] = ""
		}
		items = append(items, body)
	}
	out.body = object{"total_count": len(found), "incomplete_results": false, "items": items, "search_type": "lexical"}
	return out, err
}

// answers says whether an issue matches: all terms, but one of several
// repositories or owners.
func (i *issue) answers(q string) bool {
	scoped, inScope := false, false
	for _, m := range searchTerm.FindAllStringSubmatch(q, -1) {
		value := cmp.Or(m[3], m[4])
		switch m[2] {
		case "repo", "user", "org":
			scoped = true
			inScope = inScope || fold(value) == fold(i.repo.fullName()) || fold(value) == fold(i.repo.owner.login)
		default:
			if i.is(m[2], value) == (m[1] == "-") {
				return false
			}
		}
	}
	return inScope || !scoped
}

func (i *issue) is(qualifier, value string) bool {
	switch qualifier {
	case "is", "state", "type":
		return value == "issue" && !i.pull || value == "pr" && i.pull || value == i.state
	case "label":
		return i.hasLabels(strings.Split(value, ","))
	case "author":
		return fold(value) == fold(i.author.login)
	case "assignee":
		return i.assignedAs(value)
	case "in", "sort", "archived":
		return true
	}
	return strings.Contains(fold(i.title+"\n"+i.body), fold(value))
}
