package handlers

import (
	"context"
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// transferred returns the key by which the checklist that came along with the
// issue calls the incident; zero if it was declared here. Whoever can write to the
// repository can edit the comment, so it is believed only of another repository:
// none of what is this one's own can be taken for the incident's by it.
func (r *past) transferred() workflow.Key {
	for _, h := range r.all {
		if h.Event != "commented" || !r.own(h.User) || !checklist.IsChecklist(h.Body) {
			continue
		}
		text, _ := checklist.FindKey(h.Body)
		if from, ok := workflow.ParseKey(text); ok && from.Repository != r.key.Repository {
			return from
		}
		break
	}
	return workflow.Key{}
}

// marker is what hidden markers call the incident.
func (r *past) marker() workflow.Key { return workflow.Incident{Key: r.key, Origin: r.origin}.Marker() }

// findChecklist takes the boxes of the checklist comment as they are. What the
// steps that follow tell of was not yet so.
func (r *past) findChecklist(end *workflow.Recalled, following []workflow.Step) {
	end.Gone = true
	for _, h := range r.all {
		if h.Event != "commented" || !r.own(h.User) || !checklist.IsChecklist(h.Body) {
			continue
		}
		end.Gone, end.Comment, end.URL = false, h.ID, h.HTMLURL
		end.Boxes = checklist.Read(r.Rules.Definition, h.Body).Ticked
		end.Shown = r.ticks(h)
		break
	}
	for _, s := range following {
		if ev, ok := s.Event.(workflow.Ticked); ok {
			for _, c := range ev.Changes {
				if _, known := end.Boxes[c.ID]; known {
					end.Boxes[c.ID] = !c.Ticked
				}
			}
		}
	}
}

// ticks replays who ticked what when, by the ledger that Firebreak keeps in the
// comment, and returns the items that it showed ticked with it. Whoever can write
// to the repository can edit the comment, the visible timeline in it too; so
// nothing else in it is believed.
func (r *past) ticks(list entry) map[string]bool {
	shown := map[string]bool{}
	for _, t := range checklist.ReadTicks(list.Body, r.key.String(), r.Past.Sealed) {
		by := user{ID: t.Person, Login: t.Login}
		if t.Bot {
			by.Type = "Bot"
		}
		s := r.step(t.At, by, workflow.Ticked{Changes: []checklist.Change{{ID: t.ID, Ticked: t.Ticked}}, Trusted: !t.Bot})
		s.nth, s.Meta.URL = len(r.all), list.HTMLURL
		r.steps = append(r.steps, s)
		shown[t.ID] = t.Ticked
	}
	return shown
}

// postmortem finds where the post-mortem is kept, and replays that it was
// published when somebody was told so.
func (r *past) postmortem(ctx context.Context, end *workflow.Recalled) error {
	if len(r.published) == 0 {
		return nil
	}
	out := workflow.Published{Store: workflow.StoreWiki}
	name, text, err := r.page(ctx)
	if err != nil {
		return fmt.Errorf("look for the post-mortem: %w", err)
	}
	end.Page = name
	stand := r.standIn()
	switch {
	case name != "":
		out.URL, out.Filled = r.p.place().PageURL(name), postmortem.FilledSections(text)
	case stand.ID != 0:
		out.Store, out.URL, out.Filled, out.Waiting = workflow.StoreIssue, stand.HTMLURL, postmortem.FilledSections(stand.Body), "The wiki does not hold the post-mortem yet."
	default:
		at := r.published[0].at
		out.URL = r.p.place().PageURL(postmortem.PageName(r.p.Issue.Number, r.frameOf(at).title))
	}
	out.CommentID = stand.ID
	for n, a := range r.published {
		ev := workflow.Answered{Comment: a.comment}
		if a.end != workflow.ReactionFailed {
			now := out
			now.Unchanged = n > 0 // nobody can tell any longer
			ev.Published = &now
		}
		r.outcome(a.at, ev)
	}
	return nil
}

// page finds the wiki page. Its name may be people's, and one that the gate does
// not pass as it is is not repeated: the next publish says what to do.
func (r *past) page(ctx context.Context) (name, text string, err error) {
	name, text, err = r.Past.Page(ctx, r.marker(), r.p.place())
	if err != nil {
		return "", "", err
	}
	clean, err := r.clean(name, redact.Findings{})
	if err != nil || clean != name {
		return "", "", err
	}
	return name, text, nil
}

func (r *past) standIn() entry {
	mark := workflow.MarkStandIn(r.marker())
	for _, h := range r.all {
		retired, bare := postmortem.IsRetired(h.Body)
		if h.Event == "commented" && r.own(h.User) && strings.HasPrefix(h.Body, mark) && (bare || !retired) {
			return h
		}
	}
	return entry{}
}
