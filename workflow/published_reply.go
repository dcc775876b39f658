package workflow

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/firebreak-app/firebreak/workflow/markdown"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// Bounds of what is told of a merge: how many things a reply lists, and how many
// are kept for the next who asks.
const (
	maxToldLeft = 6
	maxUntold   = 20
)

// reply says where the post-mortem is and what of it people's text keeps out, to
// those who asked. left is what nobody who asked has been told yet.
func (e Published) reply(left []postmortem.Left, redacted map[string]int) string {
	parts := append([]string{"Post-mortem: " + e.URL}, e.found()...)
	if e.Waiting != "" && e.Remedy != "" {
		parts = append(parts, e.Waiting+" "+e.Remedy)
	}
	if out := times(redacted); out != "" {
		parts = append(parts, "Taken out of what people wrote, before it was put into the page: "+out+".")
	}
	if e.Open {
		parts = append(parts, "The page was left as it is: a code fence or an HTML comment in it is not closed and hides what follows. "+
			"Close it in the wiki, then comment `/postmortem` again.")
	} else {
		parts = append(parts, e.edits(left)...)
	}
	if len(e.Found) > 0 {
		parts = append(parts, "What people wrote in the page may hold what should not be there: "+counted(e.Found)+
			". It was not changed; a wiki's history keeps it even when it is taken out, so change what gives access.")
	}
	return strings.Join(append(parts, e.Problems...), "\n\n")
}

// edits says what people's edits on the page came to.
func (e Published) edits(left []postmortem.Left) (parts []string) {
	if len(e.Kept) > 0 {
		parts = append(parts, "What people wrote on the page was kept, and all else brought up to date: "+named(e.Kept)+".")
	}
	if len(e.Deleted) > 0 {
		parts = append(parts, "Taken out by people and left out: "+named(e.Deleted)+".")
	}
	if len(left) == 0 {
		return parts
	}
	lines := []string{"Not written over people's text:", ""}
	for _, l := range left[:min(len(left), maxToldLeft)] {
		lines = append(lines, "- "+leftLine(l))
	}
	if more := len(left) - maxToldLeft; more > 0 {
		lines = append(lines, fmt.Sprintf("- and %d more", more))
	}
	return append(parts, strings.Join(lines, "\n"))
}

// leftLine says in a line what is not on the page, and where it would be.
func leftLine(l postmortem.Left) string {
	place := markdown.Inline(l.Section)
	if l.Where != "" {
		place += ", " + markdown.Inline(l.Where)
	}
	switch {
	case l.What != "":
		return place + ": *" + markdown.Inline(l.What) + "*"
	case l.Drawn:
		return place + ": Firebreak draws it otherwise now"
	case l.Where == "":
		return place + ": all of it, since what Firebreak wrote there before is not known"
	}
	return place + ": Firebreak no longer says this"
}

// named lists names, the first of many.
func named(names []string) string {
	var out []string
	for _, name := range names[:min(len(names), maxUntold)] {
		out = append(out, markdown.Inline(markdown.Clip(name, 100)))
	}
	return strings.Join(out, ", ")
}

// withNews adds news to what is not told yet: of one place the newest counts, and
// of too many places.
func withNews(untold, news []postmortem.Left) []postmortem.Left {
	all := slices.DeleteFunc(slices.Clone(untold), func(old postmortem.Left) bool {
		return slices.ContainsFunc(news, func(l postmortem.Left) bool { return l.Section == old.Section && l.Where == old.Where })
	})
	all = append(all, news...)
	return all[max(0, len(all)-maxUntold):]
}

// counted lists kinds with how often each was found.
func counted(found map[string]int) string {
	var out []string
	for _, kind := range slices.Sorted(maps.Keys(found)) {
		out = append(out, fmt.Sprintf("%s (%d)", kind, found[kind]))
	}
	return strings.Join(out, ", ")
}
