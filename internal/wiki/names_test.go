package wiki_test

import (
	"testing"

	"github.com/firebreak-app/firebreak/internal/wiki"
)

func TestFileName(t *testing.T) {
	if got := wiki.FileName("Incident-42-x"); got != "Incident-42-x.md" {
		t.Errorf("got %q", got)
	}
}

func TestSamePage(t *testing.T) {
	cases := []struct {
		a, b string
		want bool
	}{
		{"Incident-42-x", "Incident-42-x.md", true},
		{"incident 42 X.MD", "Incident-42-x", true},
		{"archive/2026/Incident-42-x.textile", "Incident-42-x.md", true},
		{"Incident-42-x", "Incident-42-y", false},
		{"Incident-4", "Incident-42", false},
		{"Incident-42-x.png", "Incident-42-x", false},
		{"Über-uns.md", "über uns", true},
		{"v1.2-notes", "v1.2 notes.md", true},
		{"folder/", "", true},
	}
	for _, c := range cases {
		if got := wiki.SamePage(c.a, c.b); got != c.want {
			t.Errorf("SamePage(%q, %q) = %t", c.a, c.b, got)
		}
		if got := wiki.SamePage(c.b, c.a); got != c.want {
			t.Errorf("SamePage(%q, %q) = %t", c.b, c.a, got)
		}
	}
}

func TestFindPage(t *testing.T) {
	pages := []string{"Home.md", "INCIDENT 42 x.textile", "Incident-42-x.md", "incident-7.png", "Incidents.rst", "LICENSE"}
	cases := map[string]string{
		"Incident-42-x": "Incident-42-x.md",
		"incident-42-X": "INCIDENT 42 x.textile",
		"Incidents":     "Incidents.rst",
		"Incident-7":    "",
		"LICENSE":       "",
		"":              "",
	}
	for name, want := range cases {
		if got, ok := wiki.FindPage(pages, name); got != want || ok != (want != "") {
			t.Errorf("FindPage(%q) = %q, %t; want %q", name, got, ok, want)
		}
	}
}
