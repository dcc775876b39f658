package postmortem_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden holds every text that is compared with a file of testdata.
var golden = map[string]func() string{
	"p1-full.md":    func() string { return postmortem.Render(fullIncident()) },
	"p1-zone.md":    func() string { return postmortem.Render(zonedIncident()) },
	"p1-comment.md": func() string { return postmortem.Comment(fullIncident(), lead()) },
	"p1-edited.md":  editedIncident,
	"p3-sparse.md":  func() string { return postmortem.Render(sparseIncident()) },
	"hostile.md":    func() string { return postmortem.Render(hostileIncident()) },
	"incidents.md":  func() string { return postmortem.MergeIndex("", indexRows()) },
}

func TestPages(t *testing.T) {
	for name, render := range golden {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name)
			got := render()
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("page differs (-want +got); if it should: go test ./workflow/postmortem -update\n%s", diff)
			}
		})
	}
}

func TestEveryGoldenFileIsCompared(t *testing.T) {
	files, err := filepath.Glob("testdata/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if golden[filepath.Base(file)] == nil {
			t.Errorf("%s is compared with nothing", file)
		}
	}
}

// at is a moment of the day on which the incidents of these tests are.
func at(clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", "2026-11-23 "+clock)
	if err != nil {
		panic(err)
	}
	return t
}

func day(date string) time.Time {
	t, err := time.Parse("2006-01-02", date)
	if err != nil {
		panic(err)
	}
	return t
}
