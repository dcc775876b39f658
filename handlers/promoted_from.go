package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/workflow"
)

// liveComments are those on the issue of a delivery, before the comment that the
// delivery is about.
type liveComments struct {
	*Base
	p  payload
	at workflow.Place
}

// linked implements comments.
func (l liveComments) linked(ctx context.Context, id int64) (*comment, bool, error) {
	text, err := l.Past.Comment(ctx, l.at, id)
	if errors.Is(err, workflow.ErrUnknown) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	var c comment
	if err := json.Unmarshal(text, &c); err != nil || c.ID != id {
		return nil, false, errors.New("decode comment")
	}
	return &c, strings.HasSuffix(c.IssueURL, fmt.Sprintf("/issues/%d", l.at.Number)), nil
}

// quotedPages is how many hundreds of comments are looked through for a quote.
const quotedPages = 3

// quoted implements comments. It asks from the newest page back.
func (l liveComments) quoted(ctx context.Context, said func(string) bool) (*comment, error) {
	if l.p.Comment == nil {
		return nil, nil // the issue's own text quotes nobody here
	}
	last := (l.p.Issue.Comments + 99) / 100
	for page := last; page > max(0, last-quotedPages); page-- {
		list, err := l.Past.Comments(ctx, l.at, page)
		if err != nil {
			return nil, err
		}
		all := unpack[comment](list)
		for n := len(all) - 1; n >= 0; n-- {
			if c := all[n]; c.ID < l.p.Comment.ID && !l.own(c.User) && said(c.Body) {
				return &c, nil
			}
		}
	}
	return l.p.Issue.text(said), nil
}

// text is the issue's own text as a comment, if said holds for it; else nil.
func (i issue) text(said func(string) bool) *comment {
	if !said(i.Body) {
		return nil
	}
	return &comment{Body: i.Body, HTMLURL: i.HTMLURL, User: i.User, CreatedAt: i.CreatedAt}
}

// pastComments are those on the timeline that an incident is rebuilt from, before
// its nth entry; of 0, none.
type pastComments struct {
	*past
	nth int
}

// linked implements comments. All that the timeline has are on this issue; what
// it has not is gone, or never was here.
func (r pastComments) linked(_ context.Context, id int64) (*comment, bool, error) {
	for _, h := range r.all {
		if h.Event == "commented" && h.ID == id {
			return h.comment(), true, nil
		}
	}
	return nil, false, nil
}

// quoted implements comments.
func (r pastComments) quoted(_ context.Context, said func(string) bool) (*comment, error) {
	for n := r.nth - 1; n >= 0; n-- {
		if h := r.all[n]; h.Event == "commented" && !r.past.own(h.User) && said(h.Body) {
			return h.comment(), nil
		}
	}
	if r.nth == 0 {
		return nil, nil
	}
	return r.p.Issue.text(said), nil
}

func (h entry) comment() *comment {
	return &comment{ID: h.ID, Body: h.Body, HTMLURL: h.HTMLURL, User: h.User, CreatedAt: h.CreatedAt, UpdatedAt: h.UpdatedAt}
}
