package config

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/internal/redact"
)

var update = flag.Bool("update", false, "write the golden files anew")

const everything = `# What this repository wants.
timezone: Europe/Berlin
postmortem:
  store: repository
  review: false
  path: runbooks/incidents/
  template: docs/template.md
redact:
  patterns: [{name: customer-id, match: 'CUS-[0-9]{6}'}]
  allow: ['status@acme\.example']
  inline-code: 120
`

func TestRepositoryThatSetsEverything(t *testing.T) {
	t.Parallel()
	have, problems := ParseRepository([]byte(everything))
	if len(problems) > 0 {
		t.Fatalf("problems with a good file: %+v", problems)
	}
	if have.Zone.String() != "Europe/Berlin" {
		t.Errorf("zone %s", have.Zone)
	}
	want := Repository{
		Postmortem: Postmortem{Store: StoreRepository, Path: "runbooks/incidents", Template: "docs/template.md"},
		Redact: redact.Options{
			Patterns: []redact.Pattern{{Name: "customer-id", Match: "CUS-[0-9]{6}"}}, Allow: []string{`status@acme\.example`}, InlineCode: 120,
		},
	}
	have.Zone = nil
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("(-want +have):\n%s", diff)
	}
}

func TestRepositoryThatSetsNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "# nothing yet\n", "---\n", "timezone:\npostmortem:\nredact: ~\n", "postmortem: {}\n", "\ufeff"} {
		have, problems := ParseRepository([]byte(text))
		if diff := cmp.Diff(DefaultRepository(), have); diff != "" || len(problems) > 0 {
			t.Errorf("%q: problems %v, (-default +have):\n%s", text, problems, diff)
		}
	}
}

// The rest of a file counts, whatever is wrong in one place.
func TestTheGoodRestCounts(t *testing.T) {
	t.Parallel()
	for bad, at := range map[string]string{
		"timezone: Europe/Berlin": "timezone: Berlin", "store: repository": "store: disk", "review: false": "review: nope",
		"path: runbooks/incidents/": "path: ../..", "name: customer-id": "name: Customer", "inline-code: 120": "inline-code: -1",
		"# What this repository wants.": "surprise: [1, {2: 3}]",
	} {
		have, problems := ParseRepository([]byte(strings.Replace(everything, bad, at, 1)))
		if len(problems) != 1 {
			t.Errorf("%s: problems %+v, want one", at, problems)
		}
		good, standard := reference(t), DefaultRepository()
		lost := 0
		for name, is := range map[string]func(Repository) any{
			"zone":     func(r Repository) any { return fmt.Sprint(r.Zone) },
			"store":    func(r Repository) any { return r.Postmortem.Store },
			"review":   func(r Repository) any { return r.Postmortem.Review },
			"path":     func(r Repository) any { return r.Postmortem.Path },
			"template": func(r Repository) any { return r.Postmortem.Template },
			"patterns": func(r Repository) any { return len(r.Redact.Patterns) },
			"allow":    func(r Repository) any { return len(r.Redact.Allow) },
			"code":     func(r Repository) any { return r.Redact.InlineCode },
		} {
			switch is(have) {
			case is(good):
			case is(standard):
				lost++
			default:
				t.Errorf("%s: %s is %v", at, name, is(have))
			}
		}
		if want := 1; lost != want && !strings.HasPrefix(at, "surprise") {
			t.Errorf("%s: %d settings lost, want %d", at, lost, want)
		}
	}
}

func reference(t *testing.T) Repository {
	t.Helper()
	r, problems := ParseRepository([]byte(everything))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return r
}

// problematic are files with something wrong in them, as the golden file shows
// them, parted by lines of dashes.
var problematic = []string{
	"time_zone: Europe/Berlin\npostmortm:\n  store: wiki\nstore: wiki\nnotify: me\n",
	"postmortem:\n  stor: wiki\n  inlineCode: 3\n  a: {b: c}\n",
	"timezone: Mars/Olympus\n",
	"timezone: [Europe/Berlin]\npostmortem: wiki\nredact: [a]\n",
	"timezone: 2026-11-23\npostmortem:\n  store: yes\n  review: 'no'\n  path: 12\n  template: {a: b}\n",
	"postmortem:\n  store: Wiki\n  path: /etc\n  template: docs/../../secrets.md\n",
	"postmortem:\n  path: .\n  template: .git/config\n",
	"postmortem:\n  path: 'docs\\incidents'\n  template: \"a\\u202eb\\u0000\"\n",
	"timezone: Europe/Berlin\ntimezone: Europe/Paris\npostmortem: {store: wiki}\npostmortem: {store: issue}\n",
	"redact:\n  patterns:\n    - {name: customer-id, match: 'CUS-['}\n    - {name: Customer, match: a}\n    - {name: e-mail, match: a}\n    - {name: a}\n    - {name: a, match: b, kind: c}\n    - {name: a, match: 5}\n    - CUS\n    - {name: empty, match: ''}\n",
	"redact:\n  allow: ['(', 5, {a: b}]\n  inline-code: many\n",
	"redact:\n  allow: status@acme.example\n  inline-code: 0\n",
	"base: &base Europe/Berlin\ntimezone: *base\npostmortem: &p\n  store: wiki\nredact:\n  patterns: [{name: a, match: *base}]\n",
	"timezone: *nowhere\n",
	"a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\ntimezone: *c\n",
	"timezone: \"Europe/Berlin\npostmortem:\n  store: wiki\n",
	"timezone: Europe/Berlin\n\tpostmortem: x\n",
	"- timezone\n- Europe/Berlin\n",
	"just some words\n",
	"timezone: UTC\n---\ntimezone: Europe/Berlin\n",
	"timezone: !!binary aGVsbG8=\npostmortem: !custom {store: wiki}\n",
	"? [a, b]\n: c\n\"post.store\": wiki\n'': x\n<<: {a: b}\n",
	"\"<img src=x onerror=alert(1)> [a](http://b) `code` @maya and a good many more words\": x\n",
	strings.Repeat("a: 1\n", 3) + "timezone: x" + strings.Repeat("!", 60) + "\n",
}

func TestProblems(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for _, text := range problematic {
		fmt.Fprintf(&b, "%s%s\n", strings.NewReplacer("\x00", "␀", "\t", "⇥").Replace(text), strings.Repeat("-", 40))
		_, problems := ParseRepository([]byte(text))
		for _, p := range problems {
			fmt.Fprintf(&b, "line %d, %s: %s %s\n", p.Line, p.Key, p.What, p.Remedy)
		}
		b.WriteString(strings.Repeat("=", 40) + "\n")
		if len(problems) == 0 {
			t.Errorf("no problem with %q", text)
		}
	}
	const golden = "testdata/problems.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s (-want +have):\n%s", golden, diff)
	}
}

// No expression is quoted: what is to be kept secret may stand in it.
func TestExpressionsAreNotQuoted(t *testing.T) {
	t.Parallel()
	_, problems := ParseRepository([]byte("redact:\n  patterns: [{name: person, match: 'Maya Smith['}]\n  allow: ['Maya Smith(']\n"))
	if len(problems) != 2 {
		t.Fatalf("problems %+v, want two", problems)
	}
	for _, p := range problems {
		if strings.Contains(p.What+p.Remedy+p.Key, "Maya") {
			t.Errorf("quoted: %+v", p)
		}
	}
}

func TestFilesThatAreNotRead(t *testing.T) {
	t.Parallel()
	for what, text := range map[string]string{
		"too large":  "timezone: Europe/Berlin\n#" + strings.Repeat("x", MaxRepositoryFile),
		"not UTF-8":  "timezone: Europe/Berlin\n# \xff\n",
		"deep":       strings.Repeat("[", 20_000),
		"deep again": strings.Repeat("- ", 15_000),
	} {
		have, problems := ParseRepository([]byte(text))
		if diff := cmp.Diff(DefaultRepository(), have); diff != "" || len(problems) != 1 {
			t.Errorf("%s: problems %+v, (-default +have):\n%s", what, problems, diff)
		}
	}
}

func TestManyProblemsAreBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for n := range 500 {
		fmt.Fprintf(&b, "key-%d: x\n", n)
	}
	_, problems := ParseRepository([]byte(b.String()))
	if len(problems) != maxProblems+1 || !strings.HasPrefix(problems[maxProblems].What, "480 more") {
		t.Errorf("%d problems, the last %+v", len(problems), problems[len(problems)-1])
	}
}

func FuzzParseRepository(f *testing.F) {
	f.Add(everything)
	for _, text := range problematic {
		f.Add(text)
	}
	gate, err := redact.New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		have, problems := ParseRepository([]byte(text))
		if _, err := gate.With(have.Redact); err != nil {
			t.Errorf("the gate does not take what was taken: %v", err)
		}
		for _, path := range []string{have.Postmortem.Path, have.Postmortem.Template} {
			if path == "" || path[0] == '/' || strings.Contains("/"+path+"/", "/../") || strings.Contains(strings.ToLower("/"+path+"/"), "/.git/") {
				t.Errorf("path %q", path)
			}
		}
		if len(problems) > maxProblems+1 {
			t.Errorf("%d problems", len(problems))
		}
		for _, p := range problems {
			if p.What == "" || p.Remedy == "" || p.Line < 0 || len([]rune(p.What)) > 400 || len([]rune(p.Key)) > 100 {
				t.Errorf("problem %+v", p)
			}
		}
		if again, _ := ParseRepository([]byte(text)); !cmp.Equal(again, have, cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })) {
			t.Error("the same file reads differently the second time")
		}
	})
}
