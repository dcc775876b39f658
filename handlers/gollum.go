package handlers

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// Gollum handles edits of a repository's wiki: a post-mortem was edited there, or
// a wiki that could not be had may be there now.
type Gollum struct{ *Base }

// page is one of the pages that a delivery is about.
type page struct {
	Name string `json:"page_name"`
	SHA  string `json:"sha"`
}

const (
	// maxPages bounds how many pages of one delivery are looked at.
	maxPages = 50
	// maxName bounds a page's name in bytes, as git and file systems do.
	maxName = 255
)

// indexPage lists the incidents: what people write there is nobody's post-mortem.
const indexPage = "Incidents"

// Handles implements githubapp.EventHandler.
func (*Gollum) Handles() []string { return []string{"gollum"} }

// Route drops wikis of repositories without an incident, and what the App itself
// committed.
func (h *Gollum) Route(ctx context.Context, _ string, body []byte) (workflow.Key, bool, error) {
	p, err := decode(body)
	if err != nil || p.Repository.ID == 0 || h.own(p.Sender) {
		return workflow.Key{}, false, err
	}
	ours, err := h.Store.HasIncidents(ctx, p.Repository.ID)
	return workflow.Key{Repository: p.Repository.ID}, ours, err
}

// Handle implements githubapp.EventHandler.
func (h *Gollum) Handle(ctx context.Context, _, guid string, body []byte) error {
	p, own, err := h.read(ctx, body)
	if err != nil || own {
		return err
	}
	incidents, err := h.Store.Incidents(ctx, p.Repository.ID)
	if err != nil {
		return err
	}
	steps, err := h.edited(ctx, p, incidents)
	if err != nil {
		return err
	}
	for _, inc := range incidents {
		if inc.Postmortem.Waiting != "" {
			steps = append(steps, workflow.Step{Key: inc.Key, Event: workflow.WikiTouched{}})
		}
	}
	for n := range steps {
		steps[n].Meta = workflow.Meta{Delivery: guid, At: h.Clock(), By: p.Sender.person()}
	}
	return h.Store.Record(ctx, guid, steps...)
}

// edited are the edits that incidents are to look at.
func (h *Gollum) edited(ctx context.Context, p payload, incidents []workflow.Incident) ([]workflow.Step, error) {
	named, err := h.named(p.Pages)
	if err != nil {
		return nil, err
	}
	edited := editedPages(incidents, named)
	if len(edited) == 0 {
		return nil, nil
	}
	granted, err := h.granted(ctx, edited[0].inc.Place, p.Sender)
	if err != nil {
		return nil, err
	}
	var steps []workflow.Step
	for _, e := range edited {
		ev := workflow.PageEdited{Page: e.page.Name, SHA: e.page.SHA, May: granted >= command.Write}
		ev.Tell = granted >= trusted || p.Repository.Private && granted > command.None
		steps = append(steps, workflow.Step{Key: e.inc.Key, Event: ev})
	}
	return steps, nil
}

var commitID = regexp.MustCompile(`^[0-9a-f]{40}$`)

// named are the pages to be looked at. A name that the gate does not pass as it is
// is none to keep: no post-mortem has it.
func (h *Gollum) named(pages []page) ([]page, error) {
	var out []page
	for _, p := range pages[:min(len(pages), maxPages)] {
		clean, err := h.clean(p.Name, redact.Findings{})
		if err != nil {
			return nil, fmt.Errorf("read page's name: %w", err)
		}
		if clean == p.Name && len(p.Name) <= maxName && commitID.MatchString(p.SHA) {
			out = append(out, p)
		}
	}
	return out, nil
}

// granted is what a person may do: what they add to a post-mortem counts as their
// command would.
func (h *Gollum) granted(ctx context.Context, at workflow.Place, who user) (command.Permission, error) {
	if who.Type == "Bot" || who.Login == "" {
		return command.None, nil
	}
	granted, err := h.GitHub.Permission(ctx, at, who.Login)
	if err != nil {
		return command.None, fmt.Errorf("ask for a permission: %w", err)
	}
	return granted, nil
}

// editedPage is a page and the incident that is to look at it.
type editedPage struct {
	inc  workflow.Incident
	page page
}

// editedPages finds out whose post-mortems were edited, by the pages' names. A
// page of another name may be a renamed one, of any incident: the newest incident
// looks at it and passes it on.
func editedPages(incidents []workflow.Incident, pages []page) []editedPage {
	var newest workflow.Incident
	for _, inc := range incidents {
		if inc.InWiki() && inc.Place.Number > newest.Place.Number {
			newest = inc
		}
	}
	var found []editedPage
	for _, p := range pages {
		if inc, ok := owner(incidents, p.Name); ok {
			found = append(found, editedPage{inc, p})
		} else if newest.InWiki() && mayBeRenamed(p.Name) {
			found = append(found, editedPage{newest, p})
		}
	}
	return found
}

func owner(incidents []workflow.Incident, name string) (workflow.Incident, bool) {
	for _, inc := range incidents {
		if inc.InWiki() && workflow.SamePage(inc.Postmortem.Page, name) {
			return inc, true
		}
	}
	return workflow.Incident{}, false
}

// mayBeRenamed leaves out the pages that are never a post-mortem.
func mayBeRenamed(name string) bool {
	return name != "" && !strings.HasPrefix(name, "_") && !workflow.SamePage(name, indexPage)
}
