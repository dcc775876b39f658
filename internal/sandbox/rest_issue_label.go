package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
)

func issueLabelRoutes() []route {
	const of = "/repos/{owner}/{repo}/issues/{issue_number}/labels"
	return []route{
		on("GET", of, reads("issues"), (*call).listIssueLabels),
		on("POST", of, writes("issues"), (*call).addIssueLabels),
		on("PUT", of, writes("issues"), (*call).setIssueLabels),
		on("DELETE", of, writes("issues"), (*call).clearIssueLabels),
		on("DELETE", of+"/{name...}", writes("issues"), (*call).removeIssueLabel),
	}
}

func (c *call) listIssueLabels() (reply, error) {
	i, err := c.issue()
	if err != nil {
		return reply{}, err
	}
	return page(c, c.labelsJSON(c.repo, i.labels))
}

// labelNames reads both forms: {"labels": […]} and the bare list; each label a
// name or an object with one.
func (c *call) labelNames() ([]string, error) {
	var wrapped struct{ Labels labelList }
	if err := json.Unmarshal(c.asked.body, &wrapped.Labels); err == nil {
		return wrapped.Labels, nil
	}
	return wrapped.Labels, c.decode(&wrapped)
}

// labelList is a list of names, or of objects with a name.
type labelList []string

func (l *labelList) UnmarshalJSON(text []byte) error {
	var items []json.RawMessage
	if err := json.Unmarshal(text, &items); err != nil {
		return err
	}
	*l = labelList{}
	for _, item := range items {
		named := struct{ Name string }{}
		if json.Unmarshal(item, &named.Name) != nil {
			if err := json.Unmarshal(item, &named); err != nil {
				return err
			}
		}
		*l = append(*l, named.Name)
	}
	return nil
}

func (c *call) addIssueLabels() (reply, error) {
	return c.changeIssueLabels(func(i *issue, found []*label) {
		for _, l := range found {
			c.labelIssue(c.actor(), i, l)
		}
	})
}

func (c *call) setIssueLabels() (reply, error) {
	return c.changeIssueLabels(func(i *issue, found []*label) { c.setLabels(c.actor(), i, found) })
}

func (c *call) changeIssueLabels(change func(*issue, []*label)) (reply, error) {
	i, err := c.issue()
	if err != nil {
		return reply{}, err
	}
	names, err := c.labelNames()
	if err != nil {
		return reply{}, err
	}
	change(i, c.labelsFor(c.actor(), c.repo, names))
	return ok(c.labelsJSON(c.repo, i.labels))
}

func (c *call) clearIssueLabels() (reply, error) {
	i, err := c.issue()
	if err != nil {
		return reply{}, err
	}
	c.setLabels(c.actor(), i, nil)
	return noContent()
}

func (c *call) removeIssueLabel() (reply, error) {
	i, err := c.issue()
	if err != nil {
		return reply{}, err
	}
	l := i.repo.label(c.params["name"])
	if l == nil || !slices.Contains(i.labels, l) {
		return reply{}, &Error{Status: http.StatusNotFound, Message: "Label does not exist"}
	}
	c.unlabelIssue(c.actor(), i, l)
	return ok(c.labelsJSON(c.repo, i.labels))
}
