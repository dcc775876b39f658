package handlers

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/palantir/go-githubapp/githubapp"

	"github.com/firebreak-app/firebreak/workflow"
)

// payload is what is read of a webhook's JSON. What a delivery does not carry
// stays zero; some of GitHub's own examples lack installation, label, changes.
type payload struct {
	Action       string       `json:"action"`
	Issue        *issue       `json:"issue"`
	Comment      *comment     `json:"comment"`
	Label        label        `json:"label"`
	Assignee     user         `json:"assignee"`
	Changes      changes      `json:"changes"`
	SubIssue     *issue       `json:"sub_issue"`
	ParentIssue  *issue       `json:"parent_issue"`
	Repository   repository   `json:"repository"`
	Pages        []page       `json:"pages"`
	Sender       user         `json:"sender"`
	Installation installation `json:"installation"`

	RepositoriesAdded []repository `json:"repositories_added"`
}

type issue struct {
	ID          int64           `json:"id"`
	Number      int             `json:"number"`
	Title       string          `json:"title"`
	Body        string          `json:"body"`
	State       string          `json:"state"`
	StateReason string          `json:"state_reason"`
	HTMLURL     string          `json:"html_url"`
	User        user            `json:"user"`
	Assignee    user            `json:"assignee"`
	Labels      []label         `json:"labels"`
	PullRequest json.RawMessage `json:"pull_request"`
	CreatedAt   time.Time       `json:"created_at"`
	Comments    int             `json:"comments"`
	UpdatedAt   time.Time       `json:"updated_at"`
	ClosedAt    time.Time       `json:"closed_at"`
}

type comment struct {
	ID        int64     `json:"id"`
	Body      string    `json:"body"`
	HTMLURL   string    `json:"html_url"`
	IssueURL  string    `json:"issue_url"`
	User      user      `json:"user"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

type user struct {
	ID    int64  `json:"id"`
	Login string `json:"login"`
	Type  string `json:"type"`
}

type label struct {
	Name string `json:"name"`
}

// changes are empty in some deliveries of edits.
type changes struct {
	Body *change `json:"body"`
	Name *change `json:"name"`
	// The other end of a transfer: new where it went, old where it came from.
	NewIssue      *issue     `json:"new_issue"`
	OldIssue      *issue     `json:"old_issue"`
	NewRepository repository `json:"new_repository"`
	OldRepository repository `json:"old_repository"`
}

type change struct {
	From string `json:"from"`
}

type repository struct {
	ID      int64  `json:"id"`
	Name    string `json:"name"`
	Private bool   `json:"private"`
	Owner   user   `json:"owner"`
}

type installation struct {
	ID int64 `json:"id"`
}

// decode reads a delivery. Its error, a githubapp.ValidationError, names the
// field that is not as GitHub sends it, never what it holds.
func decode(body []byte) (payload, error) {
	var p payload
	err := json.Unmarshal(body, &p)
	if err == nil {
		return p, nil
	}
	cause := errors.New("the payload cannot be read")
	var wrong *json.UnmarshalTypeError
	var date *time.ParseError
	switch {
	case errors.As(err, &wrong):
		kind, _, _ := strings.Cut(wrong.Value, " ")
		cause = fmt.Errorf("the payload's %s is of the wrong type: %s", cmp.Or(wrong.Field, "top"), kind)
	case errors.As(err, &date):
		cause = errors.New("a time in the payload is none")
	}
	return p, githubapp.ValidationError{Cause: cause}
}

// isIssue says whether the delivery is about an issue, not a pull request.
func (p payload) isIssue() bool {
	return p.Issue != nil && p.Issue.ID != 0 && p.Repository.ID != 0 &&
		(len(p.Issue.PullRequest) == 0 || string(p.Issue.PullRequest) == "null")
}

func (p payload) key() workflow.Key {
	return workflow.Key{Repository: p.Repository.ID, Issue: p.Issue.ID}
}

func (i issue) has(name string) bool {
	for _, l := range i.Labels {
		if strings.EqualFold(l.Name, name) {
			return true
		}
	}
	return false
}

func (u user) person() workflow.Person {
	return workflow.Person{ID: u.ID, Login: u.Login, Bot: u.Type == "Bot"}
}

func (p payload) place() workflow.Place { return placeOf(p.Installation.ID, p.Repository, *p.Issue) }

func placeOf(installation int64, r repository, i issue) workflow.Place {
	return workflow.Place{
		Installation: installation, Owner: r.Owner.Login, Repo: r.Name, Number: i.Number, Private: r.Private, URL: i.HTMLURL,
	}
}

func (r repository) home() workflow.Home {
	return workflow.Home{Repository: r.ID, Owner: r.Owner.Login, Repo: r.Name}
}
