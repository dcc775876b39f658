package command

import "testing"

func TestMinimum(t *testing.T) {
	tests := map[string]Permission{
		"/postmortem":                      Write,
		"/incident status":                 Triage,
		"/incident help":                   Triage,
		"/incident timeline a":             Triage,
		"/incident check 3.2":              Triage,
		"/incident uncheck 3.2":            Triage,
		"/incident check classify.P1":      Write,
		"/incident check P1":               Write,
		"/incident uncheck classify.P1":    Write,
		"/incident check 1.2":              Write,
		"/incident check 1":                Triage,
		"/incident severity P1":            Write,
		"/incident lead @jon":              Write,
		"/incident summary a":              Write,
		"/incident impact a":               Write,
		"/incident started":                Write,
		"/incident action a":               Write,
		"/incident severity P9":            Write,
		"/incident nope":                   Triage,
		"/incident":                        Triage,
		"/incident check step:CLASSIFY.p1": Write,
	}
	for body, want := range tests {
		if got := Minimum(one(t, body, at("2026-11-23T12:00:00Z"))); got != want {
			t.Errorf("%s needs %s, want %s", body, got, want)
		}
	}
	if got := Minimum(Command{Verb: "from-elsewhere"}); got != Write {
		t.Errorf("a verb that is not defined needs %s, want write", got)
	}
}

func TestPermissionsRise(t *testing.T) {
	if !(None < Read && Read < Triage && Triage < Write) {
		t.Error("permissions are out of order")
	}
	for p, want := range map[Permission]string{None: "no", Read: "read", Triage: "triage", Write: "write"} {
		if p.String() != want {
			t.Errorf("permission %d is called %q, want %q", p, p, want)
		}
	}
}
