package effects

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// compare takes the action items that an edit added.
func (r *editReader) compare(e workflow.PageEdit, was, is string) error {
	// Most edits are of other sections, and the gate takes its time.
	if reflect.DeepEqual(postmortem.ReadActions(was, r.options(e)), postmortem.ReadActions(is, r.options(e))) {
		return nil
	}
	before, err := r.listed(e, was)
	if err != nil {
		return err
	}
	after, err := r.listed(e, is)
	if err != nil {
		return err
	}
	if !e.May {
		r.foreign(e, before, after)
		return nil
	}
	now, err := r.listed(e, r.now)
	if err != nil {
		return err
	}
	fresh, err := r.unheard(e, added(before, after))
	if err != nil {
		return err
	}
	r.take(e, fresh, now)
	return nil
}

// unheard leaves out the items that the page had before, until somebody took them
// out: an edit that brings them back does not add them, whoever did.
func (r *editReader) unheard(e workflow.PageEdit, fresh []postmortem.Listed) ([]postmortem.Listed, error) {
	if len(fresh) == 0 {
		return nil, nil
	}
	seen := map[string]bool{} // by their words, before the gate
	err := r.past(func(text string) (bool, error) {
		for _, item := range postmortem.ReadActions(text, r.options(e)) {
			if seen[item.Text] {
				continue
			}
			seen[item.Text] = true
			clean, err := r.pass(item.Text)
			if err != nil {
				return false, fmt.Errorf("check page: %w", err)
			}
			fresh = slices.DeleteFunc(fresh, func(f postmortem.Listed) bool { return r.restored(f, clean) })
		}
		return len(fresh) > 0, nil
	})
	return fresh, err
}

// restored says whether an item is one that the page had before. One that is no
// action item may be anybody's.
func (r *editReader) restored(item postmortem.Listed, before string) bool {
	if !workflow.SameText(item.Text, before) {
		return false
	}
	if !item.Done && !item.Opened && !slices.ContainsFunc(r.inc.Actions, func(a workflow.Action) bool { return workflow.SameText(a.Text, before) }) {
		r.found.Problems = append(r.found.Problems, "not taken from the post-mortem's page: "+quoted(item.Text)+". It was there before and had been taken out; `/incident action` takes it")
	}
	return true
}

// listed are a page's action items, their words past the gate: the page as a
// whole, since what is a secret may show only by what stands around it, and each
// text once more as it is after parsing.
func (r *editReader) listed(e workflow.PageEdit, page string) ([]postmortem.Listed, error) {
	clean, err := r.pass(page)
	if err != nil {
		return nil, fmt.Errorf("check page: %w", err)
	}
	items := postmortem.ReadActions(clean, r.options(e))
	for n := range items {
		for _, text := range []*string{&items[n].Text, &items[n].Problem} {
			if *text, err = r.pass(*text); err != nil {
				return nil, fmt.Errorf("check page: %w", err)
			}
		}
	}
	return items, nil
}

func (r *editReader) options(e workflow.PageEdit) command.Options {
	o := command.Options{Now: e.At, Zone: r.Zone}
	for _, s := range r.Rules.Definition.Severities {
		o.Severities = append(o.Severities, s.Name)
	}
	return o
}

// foreign remembers what somebody without write permission wrote. Who is no
// stranger is told on the timeline that it is not taken.
func (r *editReader) foreign(e workflow.PageEdit, before, after []postmortem.Listed) {
	fresh := 0
	for _, item := range after {
		if !lists(before, item.Text) {
			fresh++
			r.found.Foreign = append(r.found.Foreign, workflow.TextPrint(item.Text))
		}
	}
	if fresh > 0 && e.Tell {
		r.found.Problems = append(r.found.Problems, fmt.Sprintf(
			"not taken from the post-mortem's page: %s. That takes write permission; somebody who has it can comment `/incident action`", items(fresh, e)))
	}
}

func items(n int, e workflow.PageEdit) string {
	if n == 1 {
		return "an action item by " + e.By.Mention()
	}
	return fmt.Sprintf("%d action items by %s", n, e.By.Mention())
}

// added are the items that an edit added. One that it reworded is not: whoever
// wrote it first answers for it.
func added(before, after []postmortem.Listed) []postmortem.Listed {
	var gone []postmortem.Listed
	for _, item := range before {
		if !lists(after, item.Text) {
			gone = append(gone, item)
		}
	}
	var out []postmortem.Listed
	for _, item := range after {
		if lists(before, item.Text) {
			continue
		}
		if n := slices.IndexFunc(gone, func(g postmortem.Listed) bool { return workflow.Alike(g.Text, item.Text) }); n >= 0 {
			gone = slices.Delete(gone, n, n+1)
			continue
		}
		out = append(out, item)
	}
	return out
}

func lists(list []postmortem.Listed, text string) bool {
	return slices.ContainsFunc(list, func(l postmortem.Listed) bool { return workflow.SameText(l.Text, text) })
}

// take makes action items of what an edit added and what the page still says.
func (r *editReader) take(e workflow.PageEdit, fresh, now []postmortem.Listed) {
	taken, left := 0, 0
	for _, item := range fresh {
		switch {
		case item.Done || r.ours(item) || !lists(now, item.Text):
		case item.Problem != "":
			r.found.Problems = append(r.found.Problems, "not taken from the post-mortem's page: "+quoted(item.Text)+". "+item.Problem)
		case taken == workflow.MaxFromPage:
			left++
		default:
			taken++
			r.found.Items = append(r.found.Items, action(item, e))
		}
	}
	if left > 0 {
		r.found.Problems = append(r.found.Problems, fmt.Sprintf(
			"not taken from the post-mortem's page: %s, since one edit adds at most %d; `/incident action` takes them", items(left, e), workflow.MaxFromPage))
	}
}

func action(item postmortem.Listed, e workflow.PageEdit) workflow.Action {
	a := workflow.NewAction(item.Action)
	a.By, a.At = e.By, e.At
	return a
}

// ours says whether an item has its issue already: it names one in its column, or
// links one of the incident's follow-ups.
func (r *editReader) ours(item postmortem.Listed) bool {
	return item.Opened || slices.ContainsFunc(r.inc.Actions, func(a workflow.Action) bool {
		return a.Opened() && slices.Contains(item.Issues, a.Issue.Number)
	})
}
