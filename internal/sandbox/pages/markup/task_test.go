package markup_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/internal/sandbox/pages/markup"
)

func TestTasksAreFoundWhereGitHubFindsThem(t *testing.T) {
	tests := map[string]struct {
		in   string
		want []string // the mark and what follows it, to the line's end
	}{
		"all markers":        {"- [ ] a\n\n* [x] b\n\n+ [X] c\n\n1. [ ] d\n\n1) [x] e", []string{" ] a", "x] b", "X] c", " ] d", "x] e"}},
		"nested":             {"- [ ] a\n  - [x] b\n    1. [ ] c", []string{" ] a", "x] b", " ] c"}},
		"quoted":             {"> - [ ] a\n>   - [x] b", []string{" ] a", "x] b"}},
		"after a tab":        {"-\t[ ] a\n-\t[x]\tb", []string{" ] a", "x]\tb"}},
		"CRLF":               {"- [ ] a\r\n- [x] b\r\n", []string{" ] a\r", "x] b\r"}},
		"in details":         {"<details>\n\n- [ ] a\n\n</details>", []string{" ] a"}},
		"loose":              {"- [ ] a\n\n- [x] b", []string{" ] a", "x] b"}},
		"not in code":        {"```\n- [ ] a\n```\n\n    - [ ] b\n\n- [ ] c", []string{" ] c"}},
		"not in a comment":   {"<!--\n- [ ] a\n-->\n\n- [ ] b", []string{" ] b"}},
		"not without space":  {"- [ ]a\n- [x]b\n- [] c\n- [y] d", nil},
		"not later in items": {"- a [ ] b\n- c\n\n  [ ] d", nil},
		"not in a table":     {"| a |\n|---|\n| [ ] b |", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, task := range markup.Tasks(tt.in) {
				line, _, _ := strings.Cut(tt.in[task.At:], "\n")
				got = append(got, line)
				if task.Done != (line[0] != ' ') {
					t.Errorf("%q is done: %v", line, task.Done)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Tasks(%q) (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

func TestALineIsKnownWhateverItsMarkAndItsEnd(t *testing.T) {
	line := func(source string) string { return markup.Tasks(source)[0].Line }
	same := line("- [ ] a <!-- id -->")
	for _, source := range []string{"- [x] a <!-- id -->", "- [X] a <!-- id -->\r\n- b", "# c\n\n- [ ] a <!-- id -->\n"} {
		if line(source) != same {
			t.Errorf("%q has another line", source)
		}
	}
	if line("- [ ] b <!-- id -->") == same {
		t.Error("another line is the same")
	}
}

func TestBoxesAreShownInTheOrderOfTasks(t *testing.T) {
	source := "- [ ] *a* `b` <!-- id -->\n  - [x] c\n\n> 1. [ ] d"
	o := here
	o.Form = "tasks-9"
	got := string(markup.Render(source, o))
	for n, task := range markup.Tasks(source) {
		label, to := []string{"a b", "c", "d"}[n], "on"
		if task.Done {
			to = "off"
		}
		box := fmt.Sprintf(`aria-label="%s"`, label)
		if task.Done {
			box += ` checked=""`
		}
		box += fmt.Sprintf(` id="%s" form="tasks-9" value="%d.%s"`, markup.BoxID("tasks-9", n), n, task.Line)
		button := fmt.Sprintf(`<noscript><button class="small" form="tasks-9" name="task" value="%s.%d.%s">`, to, n, task.Line)
		if !strings.Contains(got, box) || !strings.Contains(got, button) {
			t.Errorf("no %s or no %s in\n%s", box, button, got)
		}
	}
}

func TestBoxesWithoutAFormAreDisabled(t *testing.T) {
	got := string(markup.Render("- [x] a", here))
	if !strings.Contains(got, `checked="" disabled=""`) || strings.Contains(got, "<button") {
		t.Error(got)
	}
}

func FuzzSetChangesOneMark(f *testing.F) {
	f.Add("- [ ] a\n> - [x] b\r\n\n1. [ ] c")
	f.Add("-\t[ ]\tx\n  - [X] y")
	for _, seed := range hostile {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		for n, task := range markup.Tasks(source) {
			next := task.Set(source, !task.Done)
			if next[:task.At] != source[:task.At] || next[task.At+1:] != source[task.At+1:] {
				t.Fatalf("%q became %q", source, next)
			}
			after := markup.Tasks(next)
			if len(after) <= n || after[n].Done == task.Done || after[n].Line != task.Line {
				t.Fatalf("%q became %q, whose tasks are %v", source, next, after)
			}
		}
	})
}
