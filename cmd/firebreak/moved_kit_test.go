package main

import (
	"slices"
	"strings"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// without subscribes the App to all events of its manifest but one, as where a
// delivery of it got lost.
func without(event string) func(*sandbox.Options) {
	return func(o *sandbox.Options) {
		o.Events = slices.DeleteFunc(slices.Clone(o.Events), func(e string) bool { return e == event })
	}
}

// checklistIn returns the one checklist of an issue of any repository.
func (w *world) checklistIn(repo string, n int) string {
	w.t.Helper()
	var found []string
	for _, c := range w.Comments(repo, n) {
		if c.Author == w.BotLogin() && checklist.IsChecklist(c.Body) {
			found = append(found, c.Body)
		}
	}
	if len(found) != 1 {
		w.t.Fatalf("%s#%d has %d checklists, want one", repo, n, len(found))
	}
	return found[0]
}

// labelsIn checks the labels on an issue of any repository, in any order.
func (w *world) labelsIn(repo string, n int, want ...string) {
	w.t.Helper()
	i, _ := w.Issue(repo, n)
	slices.Sort(i.Labels)
	slices.Sort(want)
	if !slices.Equal(i.Labels, want) {
		w.t.Errorf("%s#%d carries %q, want %q", repo, n, i.Labels, want)
	}
}

// pageIn returns a wiki page of any repository that has to be there.
func (w *world) pageIn(repo, name string) string {
	w.t.Helper()
	text, found := w.WikiPage(repo, name)
	if !found {
		w.t.Fatalf("the wiki of %s has no page %s, only %q", repo, name, w.WikiPages(repo))
	}
	return text
}

// told returns the deliveries held back of an event and action, by their places.
func (w *world) told(event, action string) []int {
	var at []int
	for n, d := range w.Held() {
		if d.Event == event && d.Action == action {
			at = append(at, n)
		}
	}
	return at
}

// commented says how often an issue's comments hold some words.
func (w *world) commented(repo string, n int, words string) int {
	found := 0
	for _, c := range w.Comments(repo, n) {
		if strings.Contains(c.Body, words) {
			found++
		}
	}
	return found
}
