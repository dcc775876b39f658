package contract

import (
	"net/http"
	"testing"
)

var spoiltRequests = map[string]struct {
	of    func(t *testing.T) Exchange
	spoil func(e *Exchange)
	want  string
}{
	"unknown path": {
		of: reading, spoil: func(e *Exchange) { e.Path = "/repos/acme/shop/wiki" },
		want: "GET /repos/acme/shop/wiki: request: unknown operation: no path in GitHub's description fits",
	},
	"unknown method": {
		of: reading, spoil: func(e *Exchange) { e.Method = http.MethodPut },
		want: "PUT /repos/acme/shop/issues: request: unknown operation: /repos/{owner}/{repo}/issues has no PUT",
	},
	"slash left in a label's name": {
		of: reading, spoil: func(e *Exchange) { e.Path = "/repos/acme/shop/labels/incident/triage" },
		want: "GET /repos/acme/shop/labels/incident/triage: request: unknown operation: no path in GitHub's description fits",
	},
	"unknown query parameter": {
		of: reading, spoil: func(e *Exchange) { e.Query.Set("label", "x") },
		want: list + `: query: unknown query parameter "label"`,
	},
	"query parameter of a wrong type": {
		of: reading, spoil: func(e *Exchange) { e.Query.Set("per_page", "many") },
		want: list + `: query parameter "per_page": value many: an invalid integer: invalid syntax`,
	},
	"query parameter of no known value": {
		of: reading, spoil: func(e *Exchange) { e.Query.Set("state", "new") },
		want: list + `: query parameter "state": value is not one of the allowed values ["open","closed","all"]`,
	},
	"unknown field": {
		of: creation, spoil: func(e *Exchange) { e.RequestBody = []byte(`{"title":"x","severity":"P1"}`) },
		want: create + ": request body /severity: unknown field",
	},
	"unknown field, refused": {
		of: creation, spoil: func(e *Exchange) {
			e.RequestBody = []byte(`{"severity":"P1"}`)
			plainError(e, http.StatusBadRequest)
		},
		want: create + ": request body /severity: unknown field",
	},
	"unknown field in an alternative": {
		of: creation, spoil: func(e *Exchange) { e.RequestBody = []byte(`{"title":"x","labels":[{"colour":"red"}]}`) },
		want: create + ": request body /labels/0/colour: unknown field",
	},
	"missing required field": {
		of: creation, spoil: func(e *Exchange) { e.RequestBody = []byte(`{}`) },
		want: create + `: request body /title: property "title" is missing`,
	},
	"wrong type": {
		of: creation, spoil: func(e *Exchange) { e.RequestBody = []byte(`{"title":"x","labels":"incident"}`) },
		want: create + ": request body /labels: value must be an array",
	},
	"null where none may be": {
		of: creation, spoil: func(e *Exchange) { e.RequestBody = []byte(`{"title":"x","body":null}`) },
		want: create + ": request body /body: Value is not nullable",
	},
	"no body": {
		of: creation, spoil: func(e *Exchange) { e.RequestBody = nil },
		want: create + ": request body: is required and missing",
	},
	"cut off body": {
		of: creation, spoil: func(e *Exchange) { e.RequestBody = []byte(`{"title":`) },
		want: create + ": request body: not JSON: unexpected end of JSON input",
	},
	"two bodies": {
		of: creation, spoil: func(e *Exchange) { e.RequestBody = []byte(`{"title":"x"} {}`) },
		want: create + ": request body: not JSON: invalid character '{' after top-level value",
	},
	"body of another type": {
		of: creation, spoil: func(e *Exchange) { e.RequestHeader.Set("Content-Type", "text/plain") },
		want: create + `: request body: content type "text/plain" is not described`,
	},
	"body where none belongs": {
		of: reading, spoil: func(e *Exchange) { e.RequestBody = []byte(`{}`) },
		want: list + ": request body: the operation takes none",
	},
}

// Each case spoils a valid exchange in one way, and that way alone is reported.
func TestRequestsThatDoNotFitFail(t *testing.T) {
	for name, c := range spoiltRequests {
		t.Run(name, func(t *testing.T) {
			e := c.of(t)
			c.spoil(&e)
			expectViolation(t, loaded(t).Check(e), c.want)
		})
	}
}

func TestPathParametersThatDoNotFitFail(t *testing.T) {
	e := Exchange{Method: http.MethodGet, Path: "/repos/acme/shop/issues/first"}
	expectViolation(t, loaded(t).Check(e), "GET /repos/{owner}/{repo}/issues/{issue_number}: "+
		`path parameter "issue_number": value first: an invalid integer: invalid syntax`)
}
