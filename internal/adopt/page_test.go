package adopt

import (
	"context"
	"io/fs"
	"maps"
	"slices"
	"testing"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// shelf is a wiki of which nothing earlier is known.
type shelf map[string]string

func (s shelf) Pages() []string                                       { return slices.Sorted(maps.Keys(s)) }
func (s shelf) Fetch(context.Context, []string) error                 { return nil }
func (s shelf) Holding(string) (string, bool)                         { return "", false }
func (s shelf) Since(context.Context, string) ([]string, bool, error) { return nil, false, nil }
func (s shelf) Head() string                                          { return "" }
func (s shelf) Read(_ context.Context, file string) ([]byte, error) {
	text, found := s[file]
	if !found {
		return nil, fs.ErrNotExist
	}
	return []byte(text), nil
}

// A page is the incident's by its mark, whatever it is called; one of the incident's
// number without a mark where there is no other.
func TestChoose(t *testing.T) {
	key := workflow.Key{Repository: 7, Issue: 70}
	ours := postmortem.Render(postmortem.Document{Key: key.String()})
	others := postmortem.Render(postmortem.Document{Key: "7/71"})
	for name, tc := range map[string]struct {
		wiki shelf
		want string
	}{
		"by its name":                   {shelf{"Home.md": "hi", "Incident-42-x.md": ours}, "Incident-42-x"},
		"under another name":            {shelf{"Cold cache.md": ours, "Incident-42-x.md": "notes"}, "Cold cache"},
		"in a folder":                   {shelf{"2026/Incident-42-x.md": ours, "Incident-42-y.md": others}, "Incident-42-x"},
		"without a mark, by the number": {shelf{"2026/incident 42 x.md": "notes", "Incident-421.md": "notes"}, "incident 42 x"},
		"another incident's":            {shelf{"Incident-42-x.md": others}, ""},
		"none":                          {shelf{"Home.md": "hi"}, ""},
	} {
		got, text, err := choose(t.Context(), tc.wiki, key, 42)
		if err != nil || got != tc.want || (got == "") != (text == "") {
			t.Errorf("%s: %q, %v, want %q", name, got, err, tc.want)
		}
	}
}
