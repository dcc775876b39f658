package firebreak_test

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	required = regexp.MustCompile(`(?m)^\t(\S+) v\S+( // indirect)?$`)
	tool     = regexp.MustCompile(`(?m)^tool (\S+)$`)
	module   = regexp.MustCompile(`(?m)^### (\S+)$`)
)

func TestDependenciesAreThoseOfTheModule(t *testing.T) {
	text := read(t, dependencies)
	var have []string
	for _, m := range module.FindAllStringSubmatch(text, -1) {
		have = append(have, m[1])
	}
	slices.Sort(have)
	if diff := cmp.Diff(direct(t), have); diff != "" {
		t.Errorf("%s (-go.mod +headings):\n%s", dependencies, diff)
	}
	for _, part := range strings.Split(text, "\n### ")[1:] {
		name, rest, _ := strings.Cut(part, "\n")
		if !licence.MatchString(rest) || !strings.Contains(rest, "\nRejected: ") {
			t.Errorf("%s says no licence, or not what was rejected for %s", dependencies, name)
		}
	}
}

// direct lists the modules that go.mod requires directly, and those that it
// calls indirect although a package or a tool is of them.
func direct(t *testing.T) []string {
	t.Helper()
	gomod := read(t, "go.mod")
	used := imports(t)
	for _, m := range tool.FindAllStringSubmatch(gomod, -1) {
		used = append(used, m[1])
	}
	var all, list []string
	for _, m := range required.FindAllStringSubmatch(gomod, -1) {
		all = append(all, m[1])
		if m[2] == "" {
			list = append(list, m[1])
		}
	}
	for _, path := range used {
		list = append(list, moduleOf(path, all))
	}
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(m string) bool { return m == "" })
}

// moduleOf returns the longest of some modules that a package can be of; empty
// for a package of the standard library or of our own.
func moduleOf(path string, modules []string) string {
	found := ""
	for _, m := range modules {
		if strings.HasPrefix(path+"/", m+"/") && len(m) > len(found) {
			found = m
		}
	}
	return found
}

// imports lists what the Go files of this repository import.
func imports(t *testing.T) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		for _, i := range parse(t, name).Imports {
			paths = append(paths, strings.Trim(i.Path.Value, `"`))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

var licence = regexp.MustCompile(`^(Apache-2\.0|BSD-3-Clause|MIT|MPL-2\.0)( and [A-Z]\S+)?\. `)
