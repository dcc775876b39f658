package pages

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

var (
	errNotFound = &sandbox.Error{Status: http.StatusNotFound, Message: "Not Found"}
	errForeign  = &sandbox.Error{Status: http.StatusForbidden, Message: "The request came from another site."}
	errHost     = &sandbox.Error{Status: http.StatusMisdirectedRequest, Message: "The sandbox does not go by that name."}
	errStale    = &sandbox.Error{Status: http.StatusConflict, Message: "This text has changed meanwhile, right where you changed it. Look at it as it is now, and try again."}
	errUnknown  = &sandbox.Error{Status: http.StatusUnprocessableEntity, Message: "The form asks for something that is not known."}

	// errAnswered says that the answer is out already.
	errAnswered = errors.New("answered")
)

// refusal is an error's status and what it says to people.
func refusal(err error) (status int, message string) {
	var refused *sandbox.Error
	if !errors.As(err, &refused) {
		return http.StatusInternalServerError, err.Error()
	}
	var fields []string
	for _, f := range refused.Fields {
		fields = append(fields, fieldProblem(f))
	}
	if fields == nil {
		return refused.Status, refused.Message
	}
	return refused.Status, refused.Message + ": " + strings.Join(fields, "; ")
}

func fieldProblem(f sandbox.FieldError) string {
	text := f.Message
	if text == "" {
		text = f.Field + " " + strings.ReplaceAll(f.Code, "_", " ")
	}
	if f.Value != nil {
		text += fmt.Sprintf(" (%v)", f.Value)
	}
	return text
}

// problem shows an error as a page of its own.
func (v *visit) problem(err error) {
	status, message := refusal(err)
	f := frame{Title: fmt.Sprintf("%d %s", status, http.StatusText(status)), Page: message}
	if v.show(status, "problem.html", f) != nil {
		http.Error(v.out, message, status)
	}
}
