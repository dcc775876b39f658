package seal_test

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/seal"
)

const key = "-----BEGIN RSA PRIVATE KEY-----\nbm90IGEga2V5\n-----END RSA PRIVATE KEY-----\n"

func TestSeal(t *testing.T) {
	s := seal.New(key)
	of := s.Of("ticked")
	if len(of) != 32 {
		t.Errorf("the seal is %q, want 32 digits", of)
	}
	for name, c := range map[string]struct {
		by         seal.Seal
		text, seal string
		want       bool
	}{
		"its own":                    {s, "ticked", of, true},
		"the key with CRLF":          {seal.New(strings.ReplaceAll(key, "\n", "\r\n")), "ticked", of, true},
		"another text":               {s, "unticked", of, false},
		"another key":                {seal.New(strings.Replace(key, "bm90", "aXMg", 1)), "ticked", of, false},
		"no seal":                    {s, "ticked", "", false},
		"the seal of nobody":         {seal.Seal{}, "ticked", seal.Seal{}.Of("ticked"), false},
		"a seal that goes on beyond": {s, "ticked", of + "0", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.by.Holds(c.text, c.seal); got != c.want {
				t.Errorf("holds %v, want %v", got, c.want)
			}
		})
	}
}
