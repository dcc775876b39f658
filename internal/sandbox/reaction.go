package sandbox

import (
	"slices"
	"time"
)

type reaction struct {
	id      int64
	by      *user
	content string
	created time.Time
}

var reactionContents = []string{"+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"}

// react adds a reaction unless the user has it there already; fresh says which.
func (w *world) react(a actor, to *[]*reaction, content string) (r *reaction, fresh bool, err error) {
	if !slices.Contains(reactionContents, content) {
		return nil, false, invalid(FieldError{Resource: "Reaction", Field: "content", Code: "invalid", Value: content})
	}
	for _, r := range *to {
		if r.by == a.user && r.content == content {
			return r, false, nil
		}
	}
	r = &reaction{id: w.id("reaction"), by: a.user, content: content, created: w.now()}
	*to = append(*to, r)
	return r, true, nil
}

// unreact takes away a reaction, which only who gave it may.
func (w *world) unreact(a actor, from *[]*reaction, id int64) error {
	at := slices.IndexFunc(*from, func(r *reaction) bool { return r.id == id && r.by == a.user })
	if at < 0 {
		return errNotFound
	}
	*from = slices.Delete(*from, at, at+1)
	return nil
}

// rollup is the schema reaction-rollup.
func rollup(url string, reactions []*reaction) object {
	body := object{"url": url, "total_count": len(reactions)}
	for _, content := range reactionContents {
		n := 0
		for _, r := range reactions {
			if r.content == content {
				n++
			}
		}
		body[content] = n
	}
	return body
}

// reactionJSON is the schema reaction.
func (w *world) reactionJSON(r *reaction) object {
	return object{
		"id": r.id, "node_id": nodeID("REA", r.id), "user": w.userJSON(r.by),
		"content": r.content, "created_at": stamp(r.created),
	}
}
