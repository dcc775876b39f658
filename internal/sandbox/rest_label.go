package sandbox

import "net/http"

func labelRoutes() []route {
	return []route{
		on("GET", "/repos/{owner}/{repo}/labels", reads("issues"), (*call).listLabels),
		on("POST", "/repos/{owner}/{repo}/labels", writes("issues"), (*call).createLabel),
		on("GET", "/repos/{owner}/{repo}/labels/{name...}", reads("issues"), (*call).getLabel),
		on("PATCH", "/repos/{owner}/{repo}/labels/{name...}", writes("issues"), (*call).updateLabel),
		on("DELETE", "/repos/{owner}/{repo}/labels/{name...}", writes("issues"), (*call).deleteLabel),
	}
}

func (c *call) listLabels() (reply, error) { return page(c, c.labelsJSON(c.repo, c.repo.labels)) }

func (c *call) createLabel() (reply, error) {
	var want struct{ Name, Color, Description string }
	if err := c.decode(&want); err != nil {
		return reply{}, err
	}
	l, err := c.world.createLabel(c.actor(), c.repo, want.Name, want.Color, want.Description)
	if err != nil {
		return reply{}, err
	}
	body := c.labelJSON(c.repo, l)
	return reply{status: http.StatusCreated, body: body, header: http.Header{"Location": {body["url"].(string)}}}, nil
}

func (c *call) label() (*label, error) {
	if l := c.repo.label(c.params["name"]); l != nil {
		return l, nil
	}
	return nil, errNotFound
}

func (c *call) getLabel() (reply, error) {
	l, err := c.label()
	if err != nil {
		return reply{}, err
	}
	return ok(c.labelJSON(c.repo, l))
}

func (c *call) updateLabel() (reply, error) {
	l, err := c.label()
	if err != nil {
		return reply{}, err
	}
	var want struct {
		NewName     *string `json:"new_name"`
		Color       *string `json:"color"`
		Description *string `json:"description"`
	}
	if err := c.decode(&want); err != nil {
		return reply{}, err
	}
	if err := c.changeLabel(c.actor(), c.repo, l, want.NewName, want.Color, want.Description); err != nil {
		return reply{}, err
	}
	return ok(c.labelJSON(c.repo, l))
}

func (c *call) deleteLabel() (reply, error) {
	if err := c.world.deleteLabel(c.actor(), c.repo, c.params["name"]); err != nil {
		return reply{}, err
	}
	return noContent()
}
