package postmortem_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// randomPage is a document of n causes, moments and action items, of which those
// in gone are not there, and others have changed by the round they are in. Every
// one has a word of its own, as "ours7".
func randomPage(r *rand.Rand, n, round int) string {
	var causes, rows, items strings.Builder
	for i := range n {
		if r.IntN(5) == 0 && i < n/2 {
			continue
		}
		fmt.Fprintf(&causes, "%d. cause ours%d of the chain\n", i+1, i)
		fmt.Fprintf(&rows, "| 11:%02d | happened ours%d indeed | @who%d | [note](https://x.example/%d) |\n", i, 1000+i, i%3, i)
		fmt.Fprintf(&items, "| process | do ours%d some day | @who%d | state%d |\n", 2000+i, i%4, r.IntN(2+round))
	}
	return mark + "facts\n\n## Summary\nSummary told in round " + fmt.Sprint(r.IntN(2)) + ".\n\nMore of it.\n\n" +
		"## Timeline\n```mermaid\ntimeline\n```\n\n| UTC | what | who | evidence |\n|---|---|---|---|\n" + rows.String() +
		"\n## Root cause\n" + causes.String() + "\n## Action items\n| kind | what | owner | state |\n|---|---|---|---|\n" + items.String()
}

// people edit a page at random. Each of their words is one of its own, as
// "people7"; those in the text that they leave are returned.
func people(r *rand.Rand, page string, word *int) (edited string, words []string) {
	lines := strings.Split(page, "\n")
	own := func() string { *word++; return fmt.Sprintf("people%d", *word) }
	for range 1 + r.IntN(6) {
		i := 1 + r.IntN(len(lines)-2)
		row := strings.HasPrefix(lines[i], "| ") && strings.HasPrefix(lines[i-1], "|")
		switch kind := r.IntN(5); {
		case strings.HasPrefix(lines[i], "<!--") || strings.HasPrefix(lines[i], "```") || strings.HasPrefix(lines[i], "|-"):
		case kind == 0 && row:
			cells := strings.Split(lines[i], "|")
			at := 1 + r.IntN(len(cells)-2)
			cells[at] = " " + own() + " "
			lines[i] = strings.Join(cells, "|")
		case kind == 1 && row:
			lines = slices.Insert(lines, i, "| 11:30 | "+own()+" | | |")
		case kind == 2 && row:
			lines = slices.Delete(lines, i, i+1)
		case kind == 3 && strings.Contains(lines[i], ". cause"):
			lines = slices.Insert(lines, i, "1. "+own())
		case kind == 4 && lines[i] == "":
			lines = slices.Insert(lines, i, "", "Said "+own()+".")
		}
	}
	edited = strings.Join(lines, "\n")
	return edited, regexp.MustCompile("people[0-9]+").FindAllString(edited, -1)
}

var ourWord = regexp.MustCompile(`\bours[0-9]+\b`)

// TestRandomEdits publishes and edits in turn, and holds after each publish that
// no word of people's is gone, none of Firebreak's is there twice, that publishing
// again changes nothing and that the database makes no difference.
func TestRandomEdits(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 0))
		base, word := randomPage(r, 12, 0), 0
		page := postmortem.Merge("", "", base).Text
		for round := range 4 {
			edited, words := people(r, page, &word)
			ours := randomPage(r, 12+round, round)
			got := postmortem.Merge("", edited, ours)
			for _, w := range words {
				if !regexp.MustCompile(w + `\b`).MatchString(got.Text) {
					t.Fatalf("seed %d, round %d: %s is gone:\n%s", seed, round, w, cmp.Diff(edited, got.Text))
				}
			}
			seen := map[string]bool{}
			for _, w := range ourWord.FindAllString(got.Text, -1) {
				if seen[w] {
					t.Fatalf("seed %d, round %d: %s is there twice:\n%s", seed, round, w, got.Text)
				}
				seen[w] = true
			}
			if again := postmortem.Merge(ours, got.Text, ours); again.Text != got.Text {
				t.Fatalf("seed %d, round %d: again:\n%s", seed, round, cmp.Diff(got.Text, again.Text))
			}
			if known := postmortem.Merge(base, edited, ours); known.Text != got.Text {
				t.Fatalf("seed %d, round %d: with a base:\n%s", seed, round, cmp.Diff(got.Text, known.Text))
			}
			page, base = got.Text, ours
		}
	}
}

// TestNobodyWroteAnything: what nobody edited is as it is rendered.
func TestNobodyWroteAnything(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	page := postmortem.Merge("", "", randomPage(r, 20, 0)).Text
	for round := range 5 {
		ours := randomPage(r, 20, round)
		got := postmortem.Merge("", page, ours)
		if diff := cmp.Diff(postmortem.Merge("", "", ours).Text, got.Text); diff != "" || toldOf(got) != "" {
			t.Fatalf("round %d (-rendered +merged):\n%s%s", round, diff, toldOf(got))
		}
		page = got.Text
	}
}

// TestWorkGrowsWithThePage: a page four times as long takes about four times the
// work, whatever people put on it.
func TestWorkGrowsWithThePage(t *testing.T) {
	repeat := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	const table = "## T\n| a | b |\n|---|---|\n"
	for name, page := range map[string]func(n int) string{
		"rows":     func(n int) string { return table + repeat(n, "| %d | some text |\n") },
		"twins":    func(n int) string { return table + strings.Repeat("| 11:52 | x |\n", n) },
		"items":    func(n int) string { return "## T\n" + repeat(n, "- item %d\n") },
		"words":    func(n int) string { return "## T\n" + repeat(n, "text %d\n\n") },
		"tables":   func(n int) string { return "## T\n" + repeat(n, "| a %d | b |\n|---|---|\n| 1 | 2 |\n\n") },
		"sections": func(n int) string { return table + "| 1 | 2 |\n\n" + repeat(n, "## S %d\ntext\n\n") },
		"heads": func(n int) string {
			return "## T\n|" + repeat(n, " h%d |") + "\n|" + strings.Repeat("---|", n) + "\n| 1 | 2 |\n"
		},
	} {
		t.Run(name, func(t *testing.T) {
			ours := mark + table + "| 1 | 2 |\n| 3 | four and more |\n"
			work := func(n int) float64 {
				theirs := markedAs(page(n), strings.ReplaceAll(page(n), "2", "7"))
				return testing.AllocsPerRun(1, func() { postmortem.Merge("", theirs, ours) })
			}
			if small, large := work(1000), work(4000); large > 6*small {
				t.Errorf("%.0f allocations for 1000, %.0f for 4000", small, large)
			}
		})
	}
}

// TestThePrintsAreBounded: what is too much is left out, the largest first.
func TestThePrintsAreBounded(t *testing.T) {
	text := postmortem.Merge("", "", postmortem.Render(hugeIncident(400))).Text
	prints := text[strings.LastIndex(text, "<!--"):]
	if len(prints) > 12_100 || !strings.HasPrefix(prints, "<!-- firebreak:parts v1 ") {
		t.Errorf("the prints take %d bytes", len(prints))
	}
	comment := postmortem.Merge("", "", postmortem.Comment(hugeIncident(400), lead())).Text
	if len(comment) > 60_000 {
		t.Errorf("the comment takes %d bytes with its prints", len(comment))
	}
}
