package sandbox

import (
	"fmt"
	"net/http"
)

// docsURL stands in every error body, where GitHub links the operation's page.
const docsURL = "https://docs.github.com/rest"

// Error is a refusal, in GitHub's words.
type Error struct {
	// Status is the HTTP status that the API answers.
	Status int
	// Message is the body's "message".
	Message string
	// Fields are the body's "errors", of a 422.
	Fields []FieldError

	location string // of a 301
}

// FieldError is one entry of a 422's "errors".
type FieldError struct {
	Resource string
	Field    string
	Code     string
	Message  string
	Value    any
}

// Error gives status and message.
func (e *Error) Error() string {
	text := fmt.Sprintf("%d %s", e.Status, e.Message)
	for _, f := range e.Fields {
		text += fmt.Sprintf(" [%s.%s %s %s]", f.Resource, f.Field, f.Code, f.Message)
	}
	return text
}

func (e *Error) json() object {
	body := object{"message": e.Message, "documentation_url": docsURL}
	if e.Status != http.StatusUnprocessableEntity {
		body["status"] = fmt.Sprint(e.Status) // which the schema validation-error lacks
	}
	if e.location != "" {
		body["url"] = e.location
	}
	if e.Fields != nil {
		list := []object{}
		for _, f := range e.Fields {
			list = append(list, f.json())
		}
		body["errors"] = list
	}
	return body
}

func (f FieldError) json() object {
	entry := object{"resource": f.Resource, "field": f.Field, "code": f.Code}
	if f.Message != "" {
		entry["message"] = f.Message
	}
	if f.Value != nil {
		entry["value"] = f.Value
	}
	return entry
}

var (
	errNotFound    = &Error{Status: http.StatusNotFound, Message: "Not Found"}
	errCredentials = &Error{Status: http.StatusUnauthorized, Message: "Bad credentials"}
	errNoAuth      = &Error{Status: http.StatusUnauthorized, Message: "Requires authentication"}
	errPermission  = &Error{Status: http.StatusForbidden, Message: "Resource not accessible by integration"}
	errArchived    = &Error{Status: http.StatusForbidden, Message: "Repository was archived so is read-only."}
	errNoIssues    = &Error{Status: http.StatusGone, Message: "Issues are disabled for this repo"}
	errDeleted     = &Error{Status: http.StatusGone, Message: "This issue was deleted"}
	errLocked      = &Error{Status: http.StatusForbidden, Message: "Unable to create comment because issue is locked."}
	errJSON        = &Error{Status: http.StatusBadRequest, Message: "Problems parsing JSON"}
	// errElsewhere is what the web says by not offering the repository.
	errElsewhere = &Error{Status: http.StatusUnprocessableEntity, Message: "Issues are transferred between repositories of one owner."}
	// errRole is what the web shows people whose role does not reach.
	errRole = &Error{Status: http.StatusForbidden, Message: "Must have more rights on the repository."}
)

func invalid(fields ...FieldError) *Error {
	return &Error{Status: http.StatusUnprocessableEntity, Message: "Validation Failed", Fields: fields}
}

func moved(location string, status int) *Error {
	return &Error{Status: status, Message: "Moved Permanently", location: location}
}
