package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// call is one API request being worked on, with the world held still.
type call struct {
	*world
	sb     *Sandbox
	asked  asked
	params map[string]string
	token  *token // nil for the App's JWT
	repo   *repo  // of {owner}/{repo}
}

// reply is a successful answer: status 200 if zero, no body if nil.
type reply struct {
	status int
	body   any
	header http.Header
}

func ok(body any) (reply, error)      { return reply{body: body}, nil }
func created(body any) (reply, error) { return reply{status: http.StatusCreated, body: body}, nil }
func noContent() (reply, error)       { return reply{status: http.StatusNoContent}, nil }

// actor is the App's bot, for all that tokens do.
func (c *call) actor() actor { return actor{user: c.bot, app: true} }

// decode reads the JSON body. What is no JSON is 400, what does not fit 422.
func (c *call) decode(into any) error {
	if len(c.asked.body) == 0 {
		return nil
	}
	if !json.Valid(c.asked.body) {
		return errJSON
	}
	if err := json.Unmarshal(c.asked.body, into); err != nil {
		return &Error{Status: http.StatusUnprocessableEntity, Message: "Invalid request.\n\n" + err.Error()}
	}
	return nil
}

// number reads a numeric part of the path; what is none is not found.
func (c *call) number(name string) (int64, error) {
	n, err := strconv.ParseInt(c.params[name], 10, 64)
	if err != nil || n <= 0 {
		return 0, errNotFound
	}
	return n, nil
}

// issue is that of {issue_number}.
func (c *call) issue() (*issue, error) {
	n, err := c.number("issue_number")
	if err != nil {
		return nil, err
	}
	return c.world.issue(c.actor(), c.repo, int(n))
}

// comment is that of {comment_id}.
func (c *call) comment() (*comment, error) {
	id, err := c.number("comment_id")
	if err != nil {
		return nil, err
	}
	return c.world.comment(c.actor(), c.repo, id)
}

func (c *call) query(name, otherwise string) string {
	if v := c.asked.URL.Query().Get(name); v != "" {
		return v
	}
	return otherwise
}

// since reads the query's time; without one everything is after it.
func (c *call) since() (time.Time, error) {
	text := c.query("since", "")
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, invalid(FieldError{Resource: "Issue", Field: "since", Code: "invalid", Value: text})
	}
	return t, nil
}

// words splits a comma-separated query.
func (c *call) words(name string) []string {
	text := c.query(name, "")
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
