package source

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCleanKeepsLinesAndBounds(t *testing.T) {
	tests := map[string]struct{ body, want string }{
		"LF":                   {"a\nb\n", "a\nb\n"},
		"CRLF":                 {"a\r\nb\r\n\r\n", "a\nb\n\n"},
		"CR":                   {"a\rb\r\rc", "a\nb\n\nc"},
		"broken UTF-8":         {"a\xff\xfe\nb", "a\ufffd\nb"},
		"more bytes than read": {strings.Repeat("a", MaxBytes+5), strings.Repeat("a", MaxBytes)},
		"more lines than read": {strings.Repeat("\n", MaxLines+5), strings.Repeat("\n", MaxLines)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Clean(tt.body)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDocumentFindsItsLines(t *testing.T) {
	d := Read("ab\n\ncd\n")
	if d.Lines() != 4 {
		t.Fatalf("%d lines, want 4, the empty last one included", d.Lines())
	}
	var lines []string
	for at := range d.Lines() {
		lines = append(lines, d.Source[d.Span(at).Start:d.Span(at).Stop])
	}
	if diff := cmp.Diff([]string{"ab", "", "cd", ""}, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	var of []int
	for offset := range d.Source {
		of = append(of, d.Line(offset))
	}
	if diff := cmp.Diff([]int{0, 0, 0, 1, 2, 2, 2}, of); diff != "" {
		t.Errorf("line of each byte (-want +got):\n%s", diff)
	}
}

func TestVisibleLeavesCommentsOut(t *testing.T) {
	tests := map[string]struct{ body, want string }{
		"none":                  {"a\nb", "a\nb"},
		"a block":               {"<!-- a\n\nb -->\nc", "\nc"},
		"a block and more":      {"<!-- a --> b\nc", " b\nc"},
		"two in a block":        {"<!-- a --> b <!-- c --> d", " b  d"},
		"never closed":          {"a\n\n<!-- b\n\nc", "a\n\n"},
		"within a line":         {"a <!-- b --> c", "a  c"},
		"over lines":            {"a <!-- b\nc --> d", "a  d"},
		"in other HTML":         {"<div><!-- a -->\nb</div>", "<div>\nb</div>"},
		"in a list":             {"- a\n  <!-- b -->\n- c", "- a\n  \n- c"},
		"in a heading":          {"# a <!-- b -->", "# a "},
		"in a quote":            {"> a <!-- b --> c", "> a  c"},
		"empty":                 {"a <!----> b <!--> c", "a  b  c"},
		"in a code span":        {"`<!-- a -->`", "`<!-- a -->`"},
		"in a fence":            {"```\n<!-- a -->\n```", "```\n<!-- a -->\n```"},
		"in an indented block":  {"    <!-- a -->", "    <!-- a -->"},
		"opened and not closed": {"a <!-- b\n\nc", "a <!-- b\n\nc"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := Read(tt.body)
			if diff := cmp.Diff(tt.want, d.Visible(Span{0, len(d.Source)})); diff != "" {
				t.Errorf("%q (-want +got):\n%s", tt.body, diff)
			}
		})
	}
}

func TestVisibleTakesPartOfAComment(t *testing.T) {
	d := Read("ab <!-- cd --> ef")
	tests := map[Span]string{
		{0, 2}: "ab", {0, 5}: "ab ", {5, 9}: "", {5, 16}: " e", {14, 17}: " ef", {1, 17}: "b  ef", {3, 14}: "", {17, 17}: "",
	}
	for span, want := range tests {
		if got := d.Visible(span); got != want {
			t.Errorf("from %d to %d: %q, want %q", span.Start, span.Stop, got, want)
		}
	}
}

func TestHiddenIsALineWithinAComment(t *testing.T) {
	d := Read("a\n<!-- b\n\nc\n--> d\n\n<!-- e -->")
	var hidden []bool
	for at := range d.Lines() {
		hidden = append(hidden, d.Hidden(at))
	}
	if diff := cmp.Diff([]bool{false, true, true, true, false, false, true}, hidden); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "a <!-- b --> c", "<!--\n\n-->", "> <!-- a\n> b -->\n", "- <!-- a\n\n  b -->", "`<!--`-->", "\r\n\r", "<!--><!--->"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		d := Read(body)
		last := 0
		for _, c := range d.comments {
			if c.Start < last || c.Stop < c.Start || c.Stop > len(d.Source) {
				t.Fatalf("%q: comments %v", body, d.comments)
			}
			last = c.Stop
		}
		var lines []string
		for at := range d.Lines() {
			lines = append(lines, d.Source[d.Span(at).Start:d.Span(at).Stop])
		}
		if got := strings.Join(lines, "\n"); got != d.Source {
			t.Errorf("%q has the lines %q", d.Source, lines)
		}
	})
}
