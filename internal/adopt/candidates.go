package adopt

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// Candidate is an issue that may have to be adopted.
type Candidate struct {
	Key   workflow.Key
	Place workflow.Place
}

// maxCandidatePages bounds how many of a repository's issues are looked at.
const maxCandidatePages = 100

// Candidates lists a repository's issues with the incident label, open and closed,
// oldest first, up to 10,000; with a number, that issue alone, whatever it carries.
func (p *Past) Candidates(ctx context.Context, owner, name string, number int, label string) ([]Candidate, error) {
	at, repository, err := p.App.Installed(ctx, owner, name)
	if err != nil {
		return nil, err
	}
	var list []json.RawMessage
	if number > 0 {
		at.Number = number
		var one json.RawMessage
		one, err = p.Issue(ctx, at)
		list = append(list, one)
	} else if repo, failed := p.repository(at); failed == nil {
		list, err = repo.LabelledJSON(ctx, label, time.Time{}, maxCandidatePages)
	} else {
		err = failed
	}
	if err != nil {
		return nil, err
	}
	return candidatesIn(list, repository, at)
}

func candidatesIn(list []json.RawMessage, repository int64, at workflow.Place) ([]Candidate, error) {
	var out []Candidate
	for _, text := range list {
		var i struct {
			ID          int64           `json:"id"`
			Number      int             `json:"number"`
			PullRequest json.RawMessage `json:"pull_request"`
		}
		if err := json.Unmarshal(text, &i); err != nil {
			return nil, fmt.Errorf("decode issue: %w", err)
		}
		if len(i.PullRequest) > 0 {
			continue
		}
		at.Number = i.Number
		out = append(out, Candidate{Key: workflow.Key{Repository: repository, Issue: i.ID}, Place: at})
	}
	return out, nil
}
