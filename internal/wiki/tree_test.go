package wiki

import (
	"bytes"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
)

func rawEntry(mode, name string) string {
	hash := plumbing.NewHash("45b983be36b73c0788dc9cbcb76cbb80fc7bb057")
	return mode + " " + name + "\x00" + string(hash[:])
}

func TestTree_KeepsEntriesByteForByte(t *testing.T) {
	raw := rawEntry("100644", "a") + rawEntry("100664", "b.md") + rawEntry("40000", "b") + rawEntry("100644", "b0") +
		rawEntry("120000", "link") + rawEntry("160000", "sub") + rawEntry("100644", "\xff.md")
	parsed, err := parseTree([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(parsed.bytes()); got != raw {
		t.Errorf("got %q, want %q", got, raw)
	}
}

func TestParseTree_Malformed(t *testing.T) {
	whole := rawEntry("100644", "a")
	for _, raw := range []string{"100644", "100644 a", whole[:len(whole)-1], rawEntry("100644", ""), rawEntry("9", "a"), rawEntry("", "a"), whole + "1"} {
		if _, err := parseTree([]byte(raw)); err == nil {
			t.Errorf("%q was taken for a tree", raw)
		}
	}
}

func FuzzParseTree(f *testing.F) {
	f.Add([]byte(rawEntry("100644", "a") + rawEntry("40000", "b")))
	f.Add([]byte(rawEntry("0100644", "a")))
	f.Add([]byte("100644 a\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		parsed, err := parseTree(raw)
		if err != nil {
			return
		}
		again, err := parseTree(parsed.bytes())
		if err != nil || !bytes.Equal(again.bytes(), parsed.bytes()) || len(parsed.bytes()) != len(raw) {
			t.Errorf("%q became %q: %v", raw, parsed.bytes(), err)
		}
	})
}
