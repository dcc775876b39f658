package markup_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/internal/sandbox/pages/markup"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestWholeTexts(t *testing.T) {
	sources, err := filepath.Glob("testdata/*.md")
	if err != nil || len(sources) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for _, name := range sources {
		t.Run(filepath.Base(name), func(t *testing.T) {
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			o := here
			o.Form = "tasks-1"
			compare(t, strings.TrimSuffix(name, ".md")+".html", string(markup.Render(string(source), o)))
		})
	}
}

func compare(t *testing.T, golden, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got), after a wanted change: go test ./internal/sandbox/pages/markup -update\n%s", golden, diff)
	}
}
