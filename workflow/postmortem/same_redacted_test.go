package postmortem

import "testing"

func TestSaysRedacted(t *testing.T) {
	for _, tc := range []struct {
		theirs, our string
		want        bool
	}{
		{"Drill **it** with ops@acme.example", `Drill it with \[redacted: e-mail\]`, true},
		{"ops@acme.example drills it", "[redacted: e-mail] drills it", true},
		{"Give ops@acme.example the key abcdef and leave", "Give [redacted: e-mail] the key [redacted: secret] and leave", true},
		{"Give ops@acme.example the lock abcdef and leave", "Give [redacted: e-mail] the key [redacted: secret] and leave", false},
		{"Drill it with", "Drill it with [redacted: e-mail]", false},
		{"Drill it without ops", "Drill it with [redacted: e-mail]", false},
		{"Drill it with ops at noon", "Drill it with [redacted: e-mail]", true},
		{"ops@acme.example", "[redacted: e-mail]", false},
		{"Ask ops@acme.example", "Ask [redacted: e-mail]", false},
		{"Drill it", "Drill it", false},
		{"", "Drill it with [redacted: e-mail]", false},
	} {
		if got := saysRedacted(tc.theirs, tc.our); got != tc.want {
			t.Errorf("%q of %q: %t, want %t", tc.our, tc.theirs, got, tc.want)
		}
	}
}
