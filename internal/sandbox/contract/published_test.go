package contract

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// GitHub publishes example answers with the operations. That they pass, closed
// to unknown fields as the check is, shows that it refuses nothing that GitHub
// sends. (Examples that hold whole repositories are older than their schema.)
func TestGitHubsExampleAnswersFit(t *testing.T) {
	operations := []string{
		"GET /repos/{owner}/{repo}/issues",
		"POST /repos/{owner}/{repo}/issues",
		"GET /repos/{owner}/{repo}/issues/{issue_number}",
		"PATCH /repos/{owner}/{repo}/issues/{issue_number}",
		"GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
		"PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
		"GET /repos/{owner}/{repo}/issues/{issue_number}/timeline",
		"POST /repos/{owner}/{repo}/issues/{issue_number}/sub_issues",
		"POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
		"POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
		"POST /repos/{owner}/{repo}/milestones",
		"GET /repos/{owner}/{repo}/commits",
		"GET /repos/{owner}/{repo}/deployments",
		"GET /app",
	}
	for _, name := range operations {
		t.Run(name, func(t *testing.T) {
			answers := publishedAnswers(t, name)
			if len(answers) == 0 {
				t.Fatal("no example answer is published")
			}
			for _, e := range answers {
				op, _, err := loaded(t).operation(e.Method, e.Path)
				if err != nil {
					t.Fatal(err)
				}
				c := checking{operation: op, exchange: e}
				c.answer()
				if err := c.found.err(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// publishedExample is an example in an operation: the value, or a reference to it
// at one of two depths.
type publishedExample struct {
	Ref   string `json:"$ref"`
	Value json.RawMessage
}

func publishedAnswers(t *testing.T, operation string) (answers []Exchange) {
	t.Helper()
	method, path, _ := strings.Cut(operation, " ")
	var described struct {
		Responses map[string]struct {
			Content map[string]struct{ Examples map[string]publishedExample }
		}
	}
	raw := loaded(t).description.Paths[path][strings.ToLower(method)]
	if err := json.Unmarshal(raw, &described); err != nil {
		t.Fatal(err)
	}
	for status, response := range described.Responses {
		code, err := strconv.Atoi(status)
		if err != nil {
			t.Fatal(err)
		}
		for contentType, media := range response.Content {
			for _, e := range media.Examples {
				answers = append(answers, Exchange{
					Method: method, Path: path, Status: code, ResponseBody: e.resolved(t),
					ResponseHeader: http.Header{"Content-Type": {contentType}},
				})
			}
		}
	}
	return answers
}

func (e publishedExample) resolved(t *testing.T) []byte {
	t.Helper()
	if name, ok := strings.CutPrefix(e.Ref, "#/components/examples/"); ok {
		var referred publishedExample
		if err := json.Unmarshal(loaded(t).description.Components["examples"][name], &referred); err != nil {
			t.Fatal(err)
		}
		return referred.resolved(t)
	}
	var within publishedExample
	if json.Unmarshal(e.Value, &within) == nil && within.Ref != "" {
		return within.resolved(t)
	}
	return e.Value
}
