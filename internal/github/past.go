package github

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/google/go-github/v62/github"
)

// The past of an issue is read as JSON: go-github's types leave out what tells
// an edited comment, and GitHub shows issues, comments and people here in the
// same form as in its webhooks.

// IssueJSON returns an issue as it is now.
func (r *Repository) IssueJSON(ctx context.Context, number int) (json.RawMessage, error) {
	var out json.RawMessage
	_, err := r.get(ctx, fmt.Sprintf("issues/%d", number), nil, &out)
	return out, classify(fmt.Sprintf("read issue %d", number), err)
}

// CommentJSON returns a comment as it is now.
func (r *Repository) CommentJSON(ctx context.Context, id int64) (json.RawMessage, error) {
	var out json.RawMessage
	_, err := r.get(ctx, fmt.Sprintf("issues/comments/%d", id), nil, &out)
	return out, classify("read comment", err)
}

// CommentsJSON lists an issue's comments, oldest first, a page of a hundred.
func (r *Repository) CommentsJSON(ctx context.Context, number, page int) ([]json.RawMessage, error) {
	query := url.Values{"per_page": {strconv.Itoa(perPage)}, "page": {strconv.Itoa(page)}}
	var out []json.RawMessage
	_, err := r.get(ctx, fmt.Sprintf("issues/%d/comments", number), query, &out)
	return out, classify(fmt.Sprintf("list comments of issue %d", number), err)
}

// TimelineJSON lists what happened to an issue, comments included, oldest first.
// Whole is false where more happened than so many pages of a hundred hold.
func (r *Repository) TimelineJSON(ctx context.Context, number, pages int) (happened []json.RawMessage, whole bool, err error) {
	return r.pages(ctx, fmt.Sprintf("issues/%d/timeline", number), url.Values{}, pages)
}

// ReactionsJSON lists the reactions to a comment; comment 0 is the issue itself.
func (r *Repository) ReactionsJSON(ctx context.Context, number int, comment int64, pages int) ([]json.RawMessage, error) {
	path := fmt.Sprintf("issues/comments/%d/reactions", comment)
	if comment == 0 {
		path = fmt.Sprintf("issues/%d/reactions", number)
	}
	all, _, err := r.pages(ctx, path, url.Values{}, pages)
	return all, err
}

// pages reads so many pages of a list and says whether that was all of it.
func (r *Repository) pages(ctx context.Context, path string, query url.Values, most int) (all []json.RawMessage, whole bool, err error) {
	query.Set("per_page", strconv.Itoa(perPage))
	for range most {
		var page []json.RawMessage
		res, err := r.get(ctx, path, query, &page)
		if err != nil {
			return nil, false, classify("list "+path, err)
		}
		all = append(all, page...)
		if res.NextPage == 0 {
			return all, true, nil
		}
		query.Set("page", strconv.Itoa(res.NextPage))
	}
	return all, false, nil
}

// ends reads the first page of a list and its last ones, so many in all, and says
// whether that was all of it.
func (r *Repository) ends(ctx context.Context, path string, most int) (all []json.RawMessage, whole bool, err error) {
	query := url.Values{"per_page": {strconv.Itoa(perPage)}}
	res, err := r.get(ctx, path, query, &all)
	if err != nil {
		return nil, false, classify("list "+path, err)
	}
	from := max(2, res.LastPage-most+2)
	for n := from; n <= res.LastPage; n++ {
		var page []json.RawMessage
		query.Set("page", strconv.Itoa(n))
		if _, err := r.get(ctx, path, query, &page); err != nil {
			return nil, false, classify("list "+path, err)
		}
		all = append(all, page...)
	}
	return all, from == 2, nil
}

func (r *Repository) get(ctx context.Context, path string, query url.Values, into any) (*github.Response, error) {
	at := fmt.Sprintf("repos/%s/%s/%s", url.PathEscape(r.owner), url.PathEscape(r.name), path)
	if len(query) > 0 {
		at += "?" + query.Encode()
	}
	req, err := r.client.NewRequest("GET", at, nil)
	if err != nil {
		return nil, fmt.Errorf("prepare a read: %w", err)
	}
	return r.client.Do(ctx, req, into)
}

// LabelledJSON lists the issues with a label changed since a time, oldest first;
// zero is all.
func (r *Repository) LabelledJSON(ctx context.Context, label string, since time.Time, pages int) ([]json.RawMessage, error) {
	query := url.Values{
		"labels": {label}, "state": {"all"}, "sort": {"created"}, "direction": {"asc"},
	}
	if !since.IsZero() {
		query.Set("since", since.UTC().Format(time.RFC3339))
	}
	all, _, err := r.pages(ctx, "issues", query, pages)
	return all, err
}
