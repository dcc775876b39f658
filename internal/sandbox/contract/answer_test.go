package contract

import (
	"net/http"
	"testing"
)

const (
	create = "POST /repos/{owner}/{repo}/issues"
	list   = "GET /repos/{owner}/{repo}/issues"
)

// spoilt is one way in which a valid exchange no longer fits, by the issue it
// answers with or by all of it, and what is reported.
type spoilt struct {
	issue func(issue map[string]any)
	spoil func(t *testing.T, e *Exchange)
	want  string
}

var spoiltAnswers = map[string]spoilt{
	"missing required field": {
		issue: func(issue map[string]any) { delete(issue, "node_id") },
		want:  create + `: answer 201 /node_id: property "node_id" is missing`,
	},
	"wrong type": {
		issue: func(issue map[string]any) { issue["number"] = "7" },
		want:  create + ": answer 201 /number: value must be an integer",
	},
	"wrong type behind an alternative": {
		issue: func(issue map[string]any) { user(issue)["id"] = "7" },
		want:  create + ": answer 201 /user/id: value must be an integer",
	},
	"null where none may be": {
		issue: func(issue map[string]any) { issue["title"] = nil },
		want:  create + ": answer 201 /title: Value is not nullable",
	},
	"value not in the list": {
		issue: func(issue map[string]any) { issue["state_reason"] = "fixed" },
		want:  create + `: answer 201 /state_reason: value is not one of the allowed values ["completed","reopened","not_planned","duplicate"]`,
	},
	"time in another form": {
		issue: func(issue map[string]any) { issue["created_at"] = "2026-11-23 12:00:00" },
		want:  create + `: answer 201 /created_at: string doesn't match the format "date-time" (not like 2006-01-02T15:04:05Z)`,
	},
	"link without a host": {
		issue: func(issue map[string]any) { issue["html_url"] = "/acme/shop/issues/7" },
		want:  create + `: answer 201 /html_url: string doesn't match the format "uri" (not an absolute URL)`,
	},
	"unknown field": {
		issue: func(issue map[string]any) { issue["severity"] = "P1" },
		want:  create + ": answer 201 /severity: unknown field",
	},
	"unknown field within": {
		issue: func(issue map[string]any) { user(issue)["shoe/size"] = 42 },
		want:  create + ": answer 201 /user/shoe~1size: unknown field",
	},
	"unknown field in a list": {
		spoil: func(t *testing.T, e *Exchange) {
			*e = reading(t)
			issue := example(t, "issue")
			issue["severity"] = "P1"
			e.ResponseBody = encode(t, []any{example(t, "issue"), issue})
		},
		want: list + ": answer 200 /1/severity: unknown field",
	},
	"another shape": {
		spoil: func(t *testing.T, e *Exchange) { e.ResponseBody = []byte(`[]`) },
		want:  create + ": answer 201: value must be an object",
	},
	"nothing": {
		spoil: func(t *testing.T, e *Exchange) { e.ResponseBody = nil },
		want:  create + ": answer 201: not JSON: unexpected end of JSON input",
	},
	"another content type": {
		spoil: func(t *testing.T, e *Exchange) { e.ResponseHeader.Set("Content-Type", "text/html") },
		want:  create + `: answer 201: content type "text/html" is not described`,
	},
	"status not described": {
		spoil: func(t *testing.T, e *Exchange) { e.Status = http.StatusOK },
		want:  create + ": answer 200: status is not described for this operation",
	},
	"conflict": {
		spoil: func(t *testing.T, e *Exchange) { plainError(e, http.StatusConflict) },
		want:  create + ": answer 409: status is not described for this operation",
	},
	"error in a form of its own": {
		spoil: func(t *testing.T, e *Exchange) {
			e.Status, e.ResponseBody = http.StatusForbidden, []byte(`{"error":"no"}`)
		},
		want: create + ": answer 403 /error: unknown field",
	},
	"general error in a form of its own": {
		spoil: func(t *testing.T, e *Exchange) {
			e.Status, e.ResponseBody = http.StatusUnauthorized, []byte(`{"message":401}`)
		},
		want: create + ": answer 401 /message: value must be a string",
	},
	"header of a wrong type": {
		spoil: func(t *testing.T, e *Exchange) {
			*e = reading(t)
			e.Path, e.Query = "/rate_limit", nil
			e.ResponseHeader.Set("X-RateLimit-Limit", "many")
			e.ResponseBody = encode(t, example(t, "rate-limit-overview"))
		},
		want: `GET /rate_limit: answer 200 header: unable to decode header "X-RateLimit-Limit" value`,
	},
	"redirect to nowhere": {
		spoil: func(t *testing.T, e *Exchange) { plainError(e, http.StatusTemporaryRedirect) },
		want:  create + ": answer 307 header: Location is missing",
	},
	"body of an answer without one": {
		spoil: func(t *testing.T, e *Exchange) {
			e.Method, e.Path, e.RequestBody = http.MethodDelete, "/repos/acme/shop/issues/comments/9", nil
			e.Status = http.StatusNoContent
		},
		want: "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}: answer 204: has a body, and none is described",
	},
	"not modified though nobody asked": {
		spoil: func(t *testing.T, e *Exchange) {
			*e = reading(t)
			e.Status, e.ResponseBody = http.StatusNotModified, nil
		},
		want: list + ": answer 304: the request was not conditional",
	},
	"not modified with a body": {
		spoil: func(t *testing.T, e *Exchange) {
			*e = reading(t)
			e.RequestHeader = http.Header{"If-None-Match": {`"abc"`}}
			e.Status = http.StatusNotModified
		},
		want: list + ": answer 304: has a body",
	},
	"not modified by a write": {
		spoil: func(t *testing.T, e *Exchange) { e.Status, e.ResponseBody = http.StatusNotModified, nil },
		want:  create + ": answer 304: status is not described for this operation",
	},
}

func user(issue map[string]any) map[string]any { return issue["user"].(map[string]any) }

// Each case spoils the answer of a valid exchange in one way, and that way
// alone is reported.
func TestAnswersThatDoNotFitFail(t *testing.T) {
	for name, c := range spoiltAnswers {
		t.Run(name, func(t *testing.T) {
			e := creation(t)
			if c.issue != nil {
				issue := example(t, "issue")
				c.issue(issue)
				e.ResponseBody = encode(t, issue)
			}
			if c.spoil != nil {
				c.spoil(t, &e)
			}
			expectViolation(t, loaded(t).Check(e), c.want)
		})
	}
}

// Where nothing below the API's root is named, a 404 says that the operation
// itself is missing.
func TestNotFoundNeedsSomethingToFind(t *testing.T) {
	e := Exchange{
		Method: http.MethodGet, Path: "/app/installations",
		ResponseHeader: http.Header{"Content-Type": {jsonType}},
	}
	plainError(&e, http.StatusNotFound)
	expectViolation(t, loaded(t).Check(e),
		"GET /app/installations: answer 404: status is not described for this operation")
}
