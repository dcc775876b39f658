package sandbox

import (
	"cmp"
	"net/http"
	"slices"
	"time"
)

func milestoneRoutes() []route {
	const of = "/repos/{owner}/{repo}/milestones"
	return []route{
		on("GET", of, reads("issues"), (*call).listMilestones),
		on("POST", of, writes("issues"), (*call).createMilestone),
		on("GET", of+"/{milestone_number}", reads("issues"), (*call).getMilestone),
		on("PATCH", of+"/{milestone_number}", writes("issues"), (*call).updateMilestone),
	}
}

func (c *call) listMilestones() (reply, error) {
	state, list := c.query("state", "open"), []object{}
	stones := slices.Clone(c.repo.milestones)
	slices.SortStableFunc(stones, func(a, b *milestone) int { return cmp.Or(a.due.Compare(b.due), a.number-b.number) })
	for _, m := range stones {
		if state == "all" || state == m.state {
			list = append(list, c.milestoneJSON(m))
		}
	}
	return page(c, list)
}

func (c *call) milestoneBody() (e milestoneEdit, err error) {
	var b struct {
		Title       *string    `json:"title"`
		State       *string    `json:"state"`
		Description *string    `json:"description"`
		DueOn       *time.Time `json:"due_on"`
	}
	if err := c.decode(&b); err != nil {
		return e, err
	}
	if b.State != nil && *b.State != "open" && *b.State != "closed" {
		return e, invalid(FieldError{Resource: "Milestone", Field: "state", Code: "invalid", Value: *b.State})
	}
	return milestoneEdit{title: b.Title, state: b.State, description: b.Description, due: b.DueOn}, nil
}

func (c *call) createMilestone() (reply, error) {
	e, err := c.milestoneBody()
	if err != nil {
		return reply{}, err
	}
	m, err := c.world.createMilestone(c.actor(), c.repo, e)
	if err != nil {
		return reply{}, err
	}
	body := c.milestoneJSON(m)
	return reply{status: http.StatusCreated, body: body, header: http.Header{"Location": {body["url"].(string)}}}, nil
}

func (c *call) milestone() (*milestone, error) {
	n, err := c.number("milestone_number")
	if err != nil {
		return nil, err
	}
	for _, m := range c.repo.milestones {
		if m.number == int(n) {
			return m, nil
		}
	}
	return nil, errNotFound
}

func (c *call) getMilestone() (reply, error) {
	m, err := c.milestone()
	if err != nil {
		return reply{}, err
	}
	return ok(c.milestoneJSON(m))
}

func (c *call) updateMilestone() (reply, error) {
	m, err := c.milestone()
	if err != nil {
		return reply{}, err
	}
	e, err := c.milestoneBody()
	if err != nil {
		return reply{}, err
	}
	if err := c.editMilestone(c.actor(), m, e); err != nil {
		return reply{}, err
	}
	return ok(c.milestoneJSON(m))
}
