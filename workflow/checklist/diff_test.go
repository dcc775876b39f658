package checklist_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

func TestDiff(t *testing.T) {
	type change = checklist.Change
	tests := map[string]struct {
		from, to string
		want     []change
	}{
		"nothing":                  {"- [ ] a", "- [ ] a", nil},
		"only words":               {"- [x] a <!-- step:s -->\nb", "- [x] c <!-- step:s -->", nil},
		"ticked by id":             {"- [ ] a <!-- step:s -->", "- [x] a b <!-- step:s -->", []change{{"s", "a b", true}}},
		"unticked by id":           {"- [x] a <!-- step:s -->", "- [ ] a <!-- step:s -->", []change{{"s", "a", false}}},
		"a choice of two":          {"- [x] P1 <!-- step:classify.P1 -->\n- [ ] P2 <!-- step:classify.P2 -->", "- [ ] P1 <!-- step:classify.P1 -->\n- [x] P2 <!-- step:classify.P2 -->", []change{{"classify.P1", "P1", false}, {"classify.P2", "P2", true}}},
		"moved":                    {"- [x] a <!-- step:s -->\n- [ ] b <!-- step:t -->", "- [ ] b <!-- step:t -->\n- [x] a <!-- step:s -->", nil},
		"deleted":                  {"- [x] a <!-- step:s -->\n- [x] b", "x", nil},
		"back and ticked":          {"x", "- [x] a <!-- step:s -->", []change{{"s", "a", true}}},
		"back":                     {"x", "- [ ] a <!-- step:s -->", nil},
		"copied":                   {"- [x] a <!-- step:s -->", "- [x] a <!-- step:s -->\n- [ ] a <!-- step:s -->", nil},
		"one copy ticked":          {"- [ ] a <!-- step:s -->\n- [ ] a <!-- step:s -->", "- [ ] a <!-- step:s -->\n- [x] a <!-- step:s -->", []change{{"s", "a", true}}},
		"one copy unticked":        {"- [x] a <!-- step:s -->\n- [x] a <!-- step:s -->", "- [ ] a <!-- step:s -->\n- [x] a <!-- step:s -->", []change{{"s", "a", false}}},
		"copies that swap":         {"- [x] a <!-- step:s -->\n- [ ] a <!-- step:s -->", "- [ ] a <!-- step:s -->\n- [x] a <!-- step:s -->", nil},
		"evidence left out":        {"- [ ] a<!-- evidence --> · e<!-- /evidence --> <!-- step:s -->", "- [x] a<!-- evidence --> · e<!-- /evidence --> <!-- step:s --> b", []change{{"s", "a b", true}}},
		"people's own":             {"- [ ] a\n- [ ] b", "- [ ] a\n- [x] b", []change{{"", "b", true}}},
		"people's own unticked":    {"1. [X] a", "1. [ ] a", []change{{"", "a", false}}},
		"the second of the same":   {"- [ ] a\n- [ ] a", "- [ ] a\n- [x] a", []change{{"", "a", true}}},
		"the same swapped":         {"- [x] a\n- [ ] a", "- [ ] a\n- [x] a", nil},
		"new and ticked":           {"- [x] a", "- [x] a\n- [x] b", []change{{"", "b", true}}},
		"new":                      {"", "- [ ] b", nil},
		"reworded":                 {"- [x] a\n- [ ] b", "- [x] a!\n- [ ] b!", nil},
		"reworded and ticked":      {"- [ ] a", "- [x] a!", []change{{"", "a!", true}}},
		"reworded beside a new":    {"- [x] a", "- [x] a!\n- [x] b", []change{{"", "b", true}}},
		"quoted":                   {"> - [ ] a", "> - [x] a", []change{{"", "a", true}}},
		"in code":                  {"```\n- [ ] a\n```", "```\n- [x] a\n```", nil},
		"line ends changed":        {"- [ ] a\n- [x] b\n", "- [x] a\r\n- [x] b\r\n", []change{{"", "a", true}}},
		"brackets of another kind": {"- [ ](x) a", "- [x](x) a", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, checklist.Diff(tt.from, tt.to)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDiffIsBounded(t *testing.T) {
	from := strings.Repeat("- [ ] "+strings.Repeat("ü", 500)+"\n", 300) + "- [ ] a <!-- step:s -->\n"
	got := checklist.Diff(from, strings.ReplaceAll(from, "[ ]", "[x]"))
	if len(got) != checklist.MaxOwnChanges+1 || got[len(got)-1].ID != "s" {
		t.Errorf("%d changes, the last %v", len(got), got[len(got)-1])
	}
	if n := len([]rune(got[0].Text)); n != 200 {
		t.Errorf("a text of %d characters", n)
	}
}

// Whatever boxes are flipped, the difference names these and no others.
func TestDiffNamesWhatWasFlipped(t *testing.T) {
	body := checklist.Merge(checklist.Default(), changed(t), midIncident())
	lines := strings.Split(body, "\n")
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		flipped := append([]string(nil), lines...)
		want := map[string]bool{}
		for n, line := range lines {
			id, ok := uniqueItem(body, line)
			if ok && r.IntN(4) == 0 {
				want[id] = strings.Contains(line, "[ ]")
				flipped[n] = flip(line)
			}
		}
		got := map[string]bool{}
		for _, c := range checklist.Diff(body, strings.Join(flipped, "\n")) {
			got[c.ID] = c.Ticked
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
}

// uniqueItem returns the id of the item on a line, if no other line has it.
func uniqueItem(body, line string) (string, bool) {
	_, after, ok := strings.Cut(line, "<!-- step:")
	id, _, _ := strings.Cut(after, " ")
	return id, ok && strings.Count(body, "step:"+id+" ") == 1
}

func flip(line string) string {
	if strings.Contains(line, "[ ]") {
		return strings.Replace(line, "[ ]", "[x]", 1)
	}
	return strings.NewReplacer("[x]", "[ ]", "[X]", "[ ]").Replace(line)
}
