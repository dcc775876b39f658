package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// written reads the corpus.
func written(t *testing.T) []Case {
	t.Helper()
	cases, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

func TestThereAreEnoughCases(t *testing.T) {
	t.Parallel()
	wellFormed(t, written(t))
}

// wellFormed checks what holds for every corpus.
func wellFormed(t *testing.T, cases []Case) {
	t.Helper()
	ids, kinds, hard := map[string]bool{}, map[string]bool{}, 0
	trues, lookAlikes := 0, 0
	for _, c := range cases {
		if err := c.check(); err != nil {
			t.Errorf("%s: %v", c.ID, err)
		}
		if ids[c.ID] {
			t.Errorf("%s is there twice", c.ID)
		}
		ids[c.ID] = true
		if strings.Contains(c.Text, seam) {
			t.Errorf("%s still has a seam", c.ID)
		}
		if c.Class == LookAlike {
			lookAlikes++
		} else {
			trues++
			kinds[c.Kind] = true
		}
		if c.Hard {
			hard++
		}
	}
	if trues < 300 || lookAlikes < 300 || len(kinds) < 40 {
		t.Errorf("only %d true cases of %d kinds and %d look-alikes", trues, len(kinds), lookAlikes)
	}
	if hard*20 > len(cases) {
		t.Errorf("%d of %d cases are hard", hard, len(cases))
	}
}

// Each text, as it is redacted wholly or not at all, is told apart.
func TestPartsAreLookedFor(t *testing.T) {
	t.Parallel()
	for _, c := range written(t) {
		if len(c.Left(c.Text)) != len(c.Find) || len(c.Lost(c.Text)) != 0 {
			t.Errorf("%s: untouched, %q is left and %q lost", c.ID, c.Left(c.Text), c.Lost(c.Text))
		}
		if len(c.Left("")) != 0 || len(c.Lost("")) != len(c.Keep) {
			t.Errorf("%s: emptied, %q is left and %q lost", c.ID, c.Left(""), c.Lost(""))
		}
	}
}

// No secret stands in a file as it is, and what a file says is read as it was
// written.
func TestSecretsHaveASeam(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(names) != 3 {
		t.Fatalf("%d files: %v", len(names), err)
	}
	var all strings.Builder
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for _, c := range written(t) {
		if c.Class == LookAlike {
			continue
		}
		for _, part := range c.Find {
			if len(part) > 12 && strings.Contains(all.String(), part) {
				t.Errorf("%s: %q has no seam", c.ID, part)
			}
		}
	}
	readme, err := os.ReadFile("testdata/README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "`"+seam+"`") {
		t.Errorf("the README does not say that %s stands for nothing", seam)
	}
}

func TestFilesAreReadStrictly(t *testing.T) {
	t.Parallel()
	const whole = "- {id: a-1, kind: a, class: secret, text: key a⟦⟧b, find: [a⟦⟧b]}\n"
	cases, err := parse([]byte(whole))
	if err != nil || len(cases) != 1 || cases[0].Text != "key ab" || cases[0].Find[0] != "ab" {
		t.Fatalf("%+v, %v", cases, err)
	}
	for name, text := range map[string]string{
		"an unknown field": strings.Replace(whole, "kind:", "sort: b, kind:", 1),
		"an unknown class": strings.Replace(whole, "secret", "secrets", 1),
		"no id":            strings.Replace(whole, "id: a-1, ", "", 1),
		"nothing to find":  strings.Replace(whole, "find: [a⟦⟧b]", "find: []", 1),
		"keep of a secret": strings.Replace(whole, "find:", "keep:", 1),
		"not in the text":  strings.Replace(whole, "[a⟦⟧b]", "[ba]", 1),
	} {
		if _, err := parse([]byte(text)); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
