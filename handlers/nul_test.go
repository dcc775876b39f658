package handlers

import (
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/redact"
)

// A NUL in what people write is in nothing that is kept or answered, and hides no
// token.
func TestNULsGo(t *testing.T) {
	t.Parallel()
	gate, err := redact.New()
	if err != nil {
		t.Fatal(err)
	}
	b := &Base{Gate: gate}
	cmds, found, err := b.commands("/incident check 9\x009\n/incident summary ghp_\x00"+strings.Repeat("a1B2", 9)+"\n", time.Time{})
	if err != nil || len(cmds) != 2 {
		t.Fatalf("read %d commands: %v", len(cmds), err)
	}
	for _, c := range cmds {
		if strings.Contains(c.Source+c.Text, "\x00") || strings.Contains(c.Text, "a1B2") {
			t.Errorf("%q says %q", c.Source, c.Text)
		}
	}
	if found.Total() != 1 {
		t.Errorf("found %v", found)
	}
}
