package checklist_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

func tickedOf(ids ...string) func(string) bool {
	all := marks(ids...)
	return func(id string) bool { return all[id].Ticked }
}

// allIDs lists the boxes of a definition: steps, severities, items, done.
func allIDs(d checklist.Definition) []string {
	var ids []string
	for _, s := range d.Steps {
		ids = append(ids, s.ID)
		for _, i := range s.Items {
			ids = append(ids, i.ID)
		}
	}
	for _, s := range d.Severities {
		ids = append(ids, checklist.SeverityID(s.Name))
	}
	for _, i := range d.Done {
		ids = append(ids, i.ID)
	}
	return ids
}

func TestResolve(t *testing.T) {
	tests := map[string]struct {
		ref, id string
	}{
		"number":             {"3.2", "mitigate.verify"},
		"id":                 {"mitigate.verify", "mitigate.verify"},
		"hidden id":          {"step:mitigate.verify", "mitigate.verify"},
		"another case":       {" Mitigate.VERIFY ", "mitigate.verify"},
		"in code":            {"`5.1`", "post-mortem.published"},
		"end of a sentence":  {"4.4.", "root-cause.context"},
		"step":               {"3", "mitigate"},
		"step by name":       {"root-cause", "root-cause"},
		"severity":           {"p1", "classify.P1"},
		"severity by id":     {"classify.p3", "classify.P3"},
		"definition of done": {"done.clean", "done.clean"},
		"done by place":      {"done.2", "done.post-mortem"},
		"nothing":            {"", ""},
		"no such number":     {"3.4", ""},
		"no such severity":   {"P4", ""},
		"done beyond":        {"done.6", ""},
		"only a prefix":      {"step:", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			id, ok := checklist.Default().Resolve(tt.ref)
			if id != tt.id || ok != (tt.id != "") {
				t.Errorf("Resolve(%q) = %q, %t, want %q", tt.ref, id, ok, tt.id)
			}
		})
	}
}

func TestEveryBoxResolvesToItself(t *testing.T) {
	d := checklist.Default()
	for _, id := range allIDs(d) {
		if got, ok := d.Resolve("step:" + id); !ok || got != id {
			t.Errorf("Resolve(%q) = %q, %t", id, got, ok)
		}
	}
}

func TestComplete(t *testing.T) {
	tests := map[string]struct {
		step   string
		ticked []string
		want   bool
	}{
		"nothing ticked":                {"triage", nil, false},
		"own box":                       {"triage", []string{"triage"}, true},
		"some items":                    {"mitigate", []string{"mitigate.act", "mitigate.verify"}, false},
		"all items":                     {"mitigate", []string{"mitigate.act", "mitigate.verify", "mitigate.communicate"}, true},
		"classify by a severity":        {"classify", []string{"classify.P2"}, true},
		"classify never by its own box": {"classify", []string{"classify"}, false},
		"no such step":                  {"done.clean", []string{"done.clean"}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := checklist.Default().Complete(tt.step, tickedOf(tt.ticked...)); got != tt.want {
				t.Errorf("got %t", got)
			}
		})
	}
}

func TestPhaseIsTheFirstStepNotComplete(t *testing.T) {
	d := checklist.Default()
	ticked := []string{"triage", "mitigate", "root-cause", "post-mortem", "follow-up"}
	if got := d.Phase(tickedOf(ticked...)); got != "classify" {
		t.Errorf("without a severity: got %q", got)
	}
	ticked = append(ticked, "classify.P0")
	if got := d.Phase(tickedOf(ticked...)); got != checklist.Done {
		t.Errorf("with all steps: got %q", got)
	}
	want := []string{"triage", "mitigate", "root-cause", "post-mortem", "follow-up", "done"}
	var got []string
	for n := range want {
		got = append(got, d.Phase(tickedOf(append(ticked[:n:n], "classify.P0")...)))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("step by step (-want +got):\n%s", diff)
	}
}

func TestProgress(t *testing.T) {
	d := checklist.Default()
	tests := map[string]struct {
		ticked []string
		n      int
	}{
		"nothing":            {nil, 0},
		"step boxes":         {[]string{"classify", "triage", "mitigate"}, 0},
		"a severity":         {[]string{"classify.P1"}, 1},
		"several severities": {[]string{"classify.P1", "classify.P2"}, 1},
		"people's own":       {[]string{"", "something"}, 0},
		"everything":         {allIDs(d), 20},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if n, of := d.Progress(tickedOf(tt.ticked...)); n != tt.n || of != 20 {
				t.Errorf("got %d of %d, want %d of 20", n, of, tt.n)
			}
		})
	}
}
