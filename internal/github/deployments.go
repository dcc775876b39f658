package github

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// Deployment is one of a repository's.
type Deployment struct {
	ID          int64
	SHA, Ref    string
	Environment string
	By          workflow.Person
	At          time.Time
}

// DeploymentStatus is how a deployment went. State is empty if nobody said.
type DeploymentStatus struct {
	State string
	// Log is where it can be read how it went; whoever deploys says where.
	Log string
}

// deployed is what is read of a deployment.
type deployed struct {
	ID          int64     `json:"id"`
	SHA         string    `json:"sha"`
	Ref         string    `json:"ref"`
	Environment string    `json:"environment"`
	Transient   bool      `json:"transient_environment"`
	Creator     account   `json:"creator"`
	CreatedAt   time.Time `json:"created_at"`
}

// Deployments lists the repository's deployments between two times, newest first,
// but for those to environments that are there for a while only, as for a pull
// request's preview. GitHub selects by no time, so it reads so many pages of a
// hundred at most, from the newest back; whole is false where that was not
// enough. It takes the permission to read deployments: Forbidden without.
//
// https://docs.github.com/en/rest/deployments/deployments#list-deployments
func (r *Repository) Deployments(ctx context.Context, from, to time.Time, pages int) (list []Deployment, whole bool, err error) {
	query := url.Values{"per_page": {strconv.Itoa(perPage)}}
	for range pages {
		var page []deployed
		res, err := r.get(ctx, "deployments", query, &page)
		if err != nil {
			return nil, false, classify("list deployments", err)
		}
		for _, d := range page {
			if d.CreatedAt.Before(from) {
				return list, true, nil
			}
			if !d.CreatedAt.After(to) && !d.Transient {
				list = append(list, Deployment{ID: d.ID, SHA: d.SHA, Ref: d.Ref, Environment: d.Environment, By: d.Creator.person(), At: d.CreatedAt})
			}
		}
		if res.NextPage == 0 {
			return list, true, nil
		}
		query.Set("page", strconv.Itoa(res.NextPage))
	}
	return list, false, nil
}

// DeploymentStatus returns how a deployment went: its newest status, but not that
// it was replaced by another since, unless nothing else was ever said.
//
// https://docs.github.com/en/rest/deployments/statuses#list-deployment-statuses
func (r *Repository) DeploymentStatus(ctx context.Context, id int64) (DeploymentStatus, error) {
	var list []struct {
		State string `json:"state"`
		Log   string `json:"log_url"`
	}
	if _, err := r.get(ctx, fmt.Sprintf("deployments/%d/statuses", id), url.Values{"per_page": {"10"}}, &list); err != nil {
		return DeploymentStatus{}, classify("list statuses of a deployment", err)
	}
	out := DeploymentStatus{}
	for n, s := range list {
		if n == 0 || out.State == "inactive" {
			out = DeploymentStatus{State: s.State, Log: s.Log}
		}
	}
	return out, nil
}
