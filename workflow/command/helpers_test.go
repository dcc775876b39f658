package command

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// at gives the options of a comment written at a time in RFC 3339.
func at(s string) Options { return Options{Now: instant(s)} }

// instant reads a time in RFC 3339; "" is no time.
func instant(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	when, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return when.UTC()
}

// day reads a date.
func day(s string) time.Time { return instant(s + "T00:00:00Z") }

// golden compares a text with a file under testdata, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
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
		t.Errorf("%s (-want +got), go test ./workflow/command -update to accept:\n%s", path, diff)
	}
}

// one parses a comment that holds one command.
func one(t *testing.T, body string, o Options) Command {
	t.Helper()
	got := Parse(body, o)
	if len(got) != 1 {
		t.Fatalf("Parse(%q) gives %d commands, want 1", body, len(got))
	}
	return got[0]
}

// accepted is one for a command that is not refused; it gives what is told apart from line and source.
func accepted(t *testing.T, body string, o Options) Command {
	t.Helper()
	c := one(t, body, o)
	if c.Problem != nil {
		t.Fatalf("Parse(%q) is refused: %s", body, c.Problem)
	}
	c.Line, c.Source = 0, ""
	return c
}
