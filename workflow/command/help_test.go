package command

import (
	"strings"
	"testing"
)

func TestHelp(t *testing.T) { golden(t, "help.golden", Help()) }

func TestHelpExamplesAreAccepted(t *testing.T) {
	for _, d := range registry {
		for _, example := range d.examples {
			if c := one(t, example, at("2026-11-23T12:00:00Z")); c.Problem != nil || c.Verb != d.verb {
				t.Errorf("%s: %s", example, c.Problem)
			}
		}
		if !strings.Contains(Help(), "`"+d.name()) {
			t.Errorf("help lacks %s", d.verb)
		}
	}
}

func TestHelpTeachesWhatIsRead(t *testing.T) {
	for _, form := range whenForms {
		accepted(t, "/incident started "+form, at("2026-11-23T12:00:00Z"))
	}
	for _, form := range dueForms {
		if a, p := ParseAction("Fix "+form, at("2026-11-23T12:00:00Z")); p != nil || a.Due.IsZero() {
			t.Errorf("%s: %+v, %s", form, a, p)
		}
	}
}

func TestHelpRunsNothingWhenItIsQuotedBack(t *testing.T) {
	if got := found(Help()); got != nil {
		t.Errorf("the help itself holds commands: %v", got)
	}
}

func TestEveryVerbIsDefinedOnce(t *testing.T) {
	seen := map[Verb]bool{}
	for _, d := range registry {
		if seen[d.verb] {
			t.Errorf("%s is defined twice", d.verb)
		}
		seen[d.verb] = true
		if d.who == None || d.does == "" || d.form == "" || len(d.examples) == 0 {
			t.Errorf("%s lacks something: %+v", d.verb, d)
		}
	}
}
