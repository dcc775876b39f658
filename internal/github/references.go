package github

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// Reference is a pull request that names an issue, as it is now.
type Reference struct {
	ID     int64
	Number int
	// Here says that it is of the issue's own repository.
	Here        bool
	Title, Body string
	URL         string
	Author      workflow.Person
	Draft       bool
	Created     time.Time
	// Closed and Merged are zero if it was not; merging closes.
	Closed, Merged time.Time
}

// References are what an issue's timeline says of pull requests.
type References struct {
	// Pulls are in the order in which they named the issue first, once each.
	Pulls []Reference
	// Closes are those of the issue.
	Closes []Close
	// Whole is false where the timeline has more than was read.
	Whole bool
}

// Close is one time that an issue was closed.
type Close struct {
	At time.Time
	// Commit is the one of the issue's own repository whose message closed it; empty:
	// none did.
	Commit string
}

// happened is what is read of an entry of an issue's timeline.
type happened struct {
	Event     string    `json:"event"`
	CreatedAt time.Time `json:"created_at"`
	CommitID  string    `json:"commit_id"`
	CommitURL string    `json:"commit_url"`
	Source    struct {
		Issue struct {
			ID            int64     `json:"id"`
			Number        int       `json:"number"`
			Title         string    `json:"title"`
			Body          string    `json:"body"`
			URL           string    `json:"html_url"`
			RepositoryURL string    `json:"repository_url"`
			Draft         bool      `json:"draft"`
			User          account   `json:"user"`
			CreatedAt     time.Time `json:"created_at"`
			ClosedAt      time.Time `json:"closed_at"`
			PullRequest   *struct {
				MergedAt time.Time `json:"merged_at"`
			} `json:"pull_request"`
		} `json:"issue"`
	} `json:"source"`
}

// account is a person or a bot.
type account struct {
	ID    int64  `json:"id"`
	Login string `json:"login"`
	Type  string `json:"type"`
}

func (a account) person() workflow.Person {
	return workflow.Person{ID: a.ID, Login: a.Login, Bot: a.Type == "Bot"}
}

// References reads of an issue's timeline which pull requests name the issue: its
// first page of a hundred entries and its last, so many in all at most. GitHub
// shows those that this token may read, and says nowhere else that they do. One
// that was linked by hand and does not name the issue is not told of.
//
// https://docs.github.com/en/rest/issues/timeline#list-timeline-events-for-an-issue
func (r *Repository) References(ctx context.Context, number, pages int) (References, error) {
	list, whole, err := r.ends(ctx, fmt.Sprintf("issues/%d/timeline", number), pages)
	if err != nil {
		return References{}, err
	}
	out, known := References{Whole: whole}, map[int64]bool{}
	for _, text := range list {
		var h happened
		if json.Unmarshal(text, &h) != nil {
			continue // the kinds of entries are many, and few matter here
		}
		pull := h.Source.Issue
		switch {
		case h.Event == "closed":
			out.Closes = append(out.Closes, h.close(r))
		case h.Event == "cross-referenced" && pull.PullRequest != nil && pull.ID != 0 && !known[pull.ID]:
			known[pull.ID] = true
			out.Pulls = append(out.Pulls, h.reference(r))
		}
	}
	return out, nil
}

func (h happened) reference(r *Repository) Reference {
	i := h.Source.Issue
	return Reference{
		ID: i.ID, Number: i.Number, Here: r.holds(i.RepositoryURL), Title: i.Title, Body: i.Body, URL: i.URL,
		Author: i.User.person(), Draft: i.Draft, Created: i.CreatedAt, Closed: i.ClosedAt, Merged: i.PullRequest.MergedAt,
	}
}

func (h happened) close(r *Repository) Close {
	out := Close{At: h.CreatedAt}
	if home, sha, ok := strings.Cut(h.CommitURL, "/commits/"); ok && sha == h.CommitID && r.holds(home) {
		out.Commit = sha
	}
	return out
}

// holds says whether an address of the API is this repository's. Of what leads
// elsewhere, or nowhere, nothing may be told.
func (r *Repository) holds(address string) bool {
	at := strings.Split(address, "/")
	return len(at) > 2 && strings.EqualFold(at[len(at)-2], r.owner) && strings.EqualFold(at[len(at)-1], r.name)
}
