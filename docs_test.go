package firebreak_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/firebreak-app/firebreak"
	"github.com/firebreak-app/firebreak/config"
	"github.com/firebreak-app/firebreak/internal/effects"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

const (
	readme        = "README.md"
	contributing  = "CONTRIBUTING.md"
	configuration = "docs/configuration.md"
	dependencies  = "docs/dependencies.md"
	redaction     = "docs/redaction.md"
)

func TestCommandsAreThoseOfTheRegistry(t *testing.T) {
	want := rows(command.Help())
	if diff := cmp.Diff(want, rows(section(t, readme, "Commands"))); diff != "" {
		t.Errorf("%s, commands (-registry +table):\n%s", readme, diff)
	}
}

func TestSettingsAreThoseOfTheProgram(t *testing.T) {
	var want []string
	for _, s := range config.Settings {
		standard := "`" + s.Default + "`"
		if s.Required {
			standard = "*required*"
		}
		want = append(want, "| `"+s.Name+"` | "+standard+" | "+s.Accepts+" | "+s.Means+" |")
	}
	text := section(t, configuration, "Settings")
	if diff := cmp.Diff(want, rows(text)); diff != "" {
		t.Errorf("%s, settings (-program +table):\n%s", configuration, diff)
	}
	for _, s := range config.Settings {
		if s.Secret && strings.Count(text, "`"+s.Name+"`") < 2 {
			t.Errorf("%s does not say that %s is a secret", configuration, s.Name)
		}
	}
	if !strings.Contains(text, "`"+config.EnvFile+"`") {
		t.Errorf("%s does not explain %s", configuration, config.EnvFile)
	}
}

func TestPermissionsAndEventsAreThoseOfTheManifest(t *testing.T) {
	var document yaml.Node
	if err := yaml.Unmarshal(firebreak.Manifest, &document); err != nil {
		t.Fatal(err)
	}
	var want []string
	permissions := entry(document.Content[0], "default_permissions").Content
	for i := 0; i < len(permissions); i += 2 {
		name, access := permissions[i], permissions[i+1]
		want = append(want, "| `"+name.Value+"` | "+access.Value+" | "+reason(name)+" |")
	}
	for _, event := range entry(document.Content[0], "default_events").Content {
		want = append(want, "| `"+event.Value+"` | "+reason(event)+" |")
	}
	if diff := cmp.Diff(want, rows(section(t, readme, "Permissions and events"))); diff != "" {
		t.Errorf("%s, permissions and events (-app.yml +tables):\n%s", readme, diff)
	}
}

// entry returns what a mapping has under a key.
func entry(mapping *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+1]
		}
	}
	return &yaml.Node{}
}

// reason is the comment above a line of the manifest.
func reason(node *yaml.Node) string {
	words := strings.Fields(strings.ReplaceAll(node.HeadComment, "#", ""))
	return strings.Join(words, " ")
}

func TestLabelsAreThoseOfTheRules(t *testing.T) {
	rules := workflow.DefaultRules()
	want := append([]string{rules.IncidentLabel}, rules.Labels()...)
	want = append(want, effects.FollowUpLabel)
	var have []string
	for _, row := range rows(section(t, readme, "Labels")) {
		have = append(have, codes(cells(row)[0])...)
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("%s, labels (-rules +table):\n%s", readme, diff)
	}
}

var makeTarget = regexp.MustCompile(`(?m)^([a-z-]+):.*## (.+)$`)

func TestMakeTargetsAreThoseOfTheMakefile(t *testing.T) {
	var want []string
	for _, m := range makeTarget.FindAllStringSubmatch(read(t, "Makefile"), -1) {
		want = append(want, "| `make "+m[1]+"` | "+m[2]+" |")
	}
	if diff := cmp.Diff(want, rows(section(t, contributing, "Make targets"))); diff != "" {
		t.Errorf("%s, make targets (-Makefile +table):\n%s", contributing, diff)
	}
}

// pages lists the documents that are written for people.
func pages(t *testing.T) []string {
	t.Helper()
	all := []string{readme, contributing, "CHANGELOG.md"}
	for _, pattern := range []string{"docs/*.md", "docs/*/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	return all
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// section returns what stands below a heading, up to the next of any level.
func section(t *testing.T, name, heading string) string {
	t.Helper()
	var out []string
	inside, fenced := false, false
	for _, line := range strings.Split(read(t, name), "\n") {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if strings.HasPrefix(line, "#") && !fenced {
			inside = strings.TrimLeft(line, "# ") == heading
			continue
		}
		if inside {
			out = append(out, line)
		}
	}
	if out == nil {
		t.Fatalf("%s has no heading %q", name, heading)
	}
	return strings.Join(out, "\n")
}

// rows returns the rows of all tables in a text, heads left out.
func rows(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		switch {
		case strings.HasPrefix(line, "|---"):
			out = out[:len(out)-1]
		case strings.HasPrefix(line, "|"):
			out = append(out, line)
		}
	}
	return out
}

// cells returns the cells of a row.
func cells(row string) []string {
	var out []string
	for _, cell := range strings.Split(strings.Trim(row, "|"), " | ") {
		out = append(out, strings.TrimSpace(cell))
	}
	return out
}

var code = regexp.MustCompile("`([^`]+)`")

// codes returns what stands in code spans.
func codes(text string) []string {
	var out []string
	for _, m := range code.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}
