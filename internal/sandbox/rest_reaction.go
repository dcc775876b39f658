package sandbox

func reactionRoutes() []route {
	const onIssue, onComment = "/repos/{owner}/{repo}/issues/{issue_number}/reactions", "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions"
	// A comment's come first, since "comments" would pass for an issue's number.
	return []route{
		on("GET", onComment, reads("issues"), withReactions((*call).ofComment, (*call).listReactions)),
		on("POST", onComment, writes("issues"), withReactions((*call).ofComment, (*call).createReaction)),
		on("DELETE", onComment+"/{reaction_id}", writes("issues"), withReactions((*call).ofComment, (*call).deleteReaction)),
		on("GET", onIssue, reads("issues"), withReactions((*call).ofIssue, (*call).listReactions)),
		on("POST", onIssue, writes("issues"), withReactions((*call).ofIssue, (*call).createReaction)),
		on("DELETE", onIssue+"/{reaction_id}", writes("issues"), withReactions((*call).ofIssue, (*call).deleteReaction)),
	}
}

// withReactions joins what is the same for issues and comments with finding which
// it is.
func withReactions(of func(*call) (*[]*reaction, error), do func(*call, *[]*reaction) (reply, error)) func(*call) (reply, error) {
	return func(c *call) (reply, error) {
		reactions, err := of(c)
		if err != nil {
			return reply{}, err
		}
		return do(c, reactions)
	}
}

func (c *call) ofIssue() (*[]*reaction, error) {
	i, err := c.issue()
	if err != nil {
		return nil, err
	}
	return &i.reactions, nil
}

func (c *call) ofComment() (*[]*reaction, error) {
	found, err := c.comment()
	if err != nil {
		return nil, err
	}
	return &found.reactions, nil
}

func (c *call) listReactions(all *[]*reaction) (reply, error) {
	list, wanted := []object{}, c.query("content", "")
	for _, r := range *all {
		if wanted == "" || r.content == wanted {
			list = append(list, c.reactionJSON(r))
		}
	}
	return page(c, list)
}

// createReaction answers 200 if the App has reacted so already.
func (c *call) createReaction(all *[]*reaction) (reply, error) {
	var b struct{ Content string }
	if err := c.decode(&b); err != nil {
		return reply{}, err
	}
	r, fresh, err := c.react(c.actor(), all, b.Content)
	if err != nil {
		return reply{}, err
	}
	if !fresh {
		return ok(c.reactionJSON(r))
	}
	return created(c.reactionJSON(r))
}

func (c *call) deleteReaction(all *[]*reaction) (reply, error) {
	id, err := c.number("reaction_id")
	if err != nil {
		return reply{}, err
	}
	if err := c.unreact(c.actor(), all, id); err != nil {
		return reply{}, err
	}
	return noContent()
}
