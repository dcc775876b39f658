package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow/markdown"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// Status says where an incident stands, as `/incident status` answers it.
func (r Rules) Status(inc Incident, now time.Time) string {
	done, all := r.Definition.Progress(func(id string) bool { return r.Ticked(inc, id) })
	lines := []string{
		fmt.Sprintf("**%s** · %s · %d of %d · %s since %s UTC", orElse(inc.Severity, "not classified"), r.Phase(inc), done, all,
			postmortem.Span(elapsed(inc, now)), inc.DetectedAt().UTC().Format("2006-01-02 15:04")),
	}
	lines = append(lines, roleLines(inc)...)
	lines = append(lines, r.nextSteps(inc)...)
	lines = append(lines, followUpLine(inc)...)
	if p := inc.Postmortem; p.URL != "" {
		lines = append(lines, "Post-mortem: "+p.URL)
	}
	return strings.Join(lines, "\n\n")
}

func roleLines(inc Incident) []string {
	var roles []string
	for role, p := range inc.Roles {
		roles = append(roles, role+" "+markdown.Inline(p.Login))
	}
	if len(roles) == 0 {
		return []string{"Nobody leads yet: `/incident lead @user`"}
	}
	slices.Sort(roles)
	return []string{strings.Join(roles, " · ")}
}

// nextSteps names the items still open in the phase that the incident is in.
func (r Rules) nextSteps(inc Incident) []string {
	phase := r.Phase(inc)
	for _, s := range r.Definition.Steps {
		if s.ID != phase {
			continue
		}
		if phase == "classify" {
			return []string{"Next: classify with `/incident severity P1`, a label or a tick"}
		}
		var open []string
		for _, i := range s.Items {
			if !r.Ticked(inc, i.ID) {
				open = append(open, i.Number+" "+i.Text)
			}
		}
		return []string{"Next: " + strings.Join(open, " · ")}
	}
	return nil
}

func followUpLine(inc Incident) []string {
	if len(inc.Actions) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("Action items: %d, of which %d without an issue and %d open",
		len(inc.Actions), len(inc.Unopened()), inc.OpenFollowUps())}
}
