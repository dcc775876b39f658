package sandbox

import (
	"slices"
	"strings"
)

func historyRoutes() []route {
	const of = "/repos/{owner}/{repo}/issues/{issue_number}"
	return []route{
		on("GET", of+"/timeline", reads("issues"), (*call).listTimeline),
		on("GET", of+"/events", reads("issues"), (*call).listEvents),
	}
}

func (c *call) listEvents() (reply, error) {
	i, err := c.issue()
	if err != nil {
		return reply{}, err
	}
	list := []object{}
	for _, o := range i.history {
		if o.kind != "cross-referenced" { // which the timeline alone has
			list = append(list, c.eventJSON(i, o))
		}
	}
	return page(c, list)
}

// listTimeline is the events and comments, by time.
func (c *call) listTimeline() (reply, error) {
	i, err := c.issue()
	if err != nil {
		return reply{}, err
	}
	list := []object{}
	for _, o := range i.history {
		if o.other == nil || o.kind != "cross-referenced" {
			list = append(list, c.timelineJSON(i, o))
		} else if c.shows(o.other.repo) {
			list = append(list, c.crossReferenceJSON(o))
		}
	}
	for _, said := range i.comments {
		list = append(list, c.commentedJSON(said))
	}
	slices.SortStableFunc(list, func(a, b object) int {
		return strings.Compare(a["created_at"].(string), b["created_at"].(string))
	})
	return page(c, list)
}

// shows says whether the token is shown what is in a repository at all.
func (c *call) shows(r *repo) bool { return !r.opts.Private || c.token.covers(c.world, r) }
