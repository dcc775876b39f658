package postmortem

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/firebreak-app/firebreak/workflow/command"
	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// maxItems bounds how many action items are read of a page: an incident has 200
// at most, and a person's lines beside them.
const maxItems = 1000

// Listed is an action item as a page lists it, a row of its table or an item of a
// list. Its texts are plain and hostile.
type Listed struct {
	command.Action
	// Issues are the numbers of the issues that it links or names.
	Issues []int
	// Opened says that it names its issue already.
	Opened bool
	// Done says that it is ticked or its state says so.
	Done bool
	// Problem says why it cannot be taken as it stands; empty if it can.
	Problem string
}

// ReadActions returns the action items in a page's section of them, tables and
// lists alike, in order. A table's columns are known by their heads, in any order:
// kind, what, owner, priority, due, issue, state, and what people call them. A
// list's items are read as the command's words. What is in code, quotes and HTML
// is no item, nor is what is struck through.
func ReadActions(page string, o command.Options) []Listed {
	var items []Listed
	for _, s := range split(page) {
		if !slices.Contains(actionHeadings, s.key) {
			continue
		}
		r := actionReader{source: []byte(s.body), o: o}
		document := blocks.Parse(text.NewReader(markdown.Flatten(r.source)))
		for n := document.FirstChild(); n != nil && len(items)+len(r.items) < maxItems; n = n.NextSibling() {
			r.block(n)
		}
		items = append(items, r.items...)
	}
	return items[:min(len(items), maxItems)]
}

var actionHeadings = []string{"action-items", "actions", "follow-ups", "follow-up-actions", "follow-up-items"}

// actionReader reads the blocks of one section.
type actionReader struct {
	source []byte
	o      command.Options
	items  []Listed
}

func (r *actionReader) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		r.table(r.lines(n))
	case *ast.List:
		for item := n.FirstChild(); item != nil && len(r.items) < maxItems; item = item.NextSibling() {
			if first := item.FirstChild(); first != nil && first.Type() == ast.TypeBlock && first.Lines().Len() > 0 && leaf(first) {
				r.listed(strings.Join(r.lines(first), " "))
			}
		}
	}
}

// leaf says whether a block is text, not code or HTML.
func leaf(n ast.Node) bool { return n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock }

// lines are a block's lines, without their ends.
func (r *actionReader) lines(n ast.Node) []string {
	var lines []string
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		lines = append(lines, strings.TrimRight(string(segment.Value(r.source)), "\r\n"))
	}
	return lines
}

var taskBox = regexp.MustCompile(`^\s*\[([ xX])\]\s+`)

// listed reads an item of a list.
func (r *actionReader) listed(source string) {
	var item Listed
	if m := taskBox.FindStringSubmatch(source); m != nil {
		item.Done = m[1] != " "
		source = source[len(m[0]):]
	}
	words, issues := plain(source)
	if words == "" {
		return
	}
	item.Issues = issues
	item.read(words, r.o)
	r.items = append(r.items, item)
}

// read takes an item in the command's words.
func (l *Listed) read(words string, o command.Options) {
	action, problem := command.ParseAction(words, o)
	if problem != nil {
		l.Text, l.Problem = words, problem.String()
		return
	}
	l.Action = action
}

var isoDay = regexp.MustCompile(`\b\d{4}-\d\d-\d\d\b`)

// dueDate reads a date as people put it into a table; zero if it is none.
func dueDate(words string, o command.Options) time.Time {
	if day, err := time.Parse(time.DateOnly, isoDay.FindString(words)); err == nil {
		return day
	}
	if a, problem := command.ParseAction("x due "+words, o); problem == nil && a.Text == "x" {
		return a.Due
	}
	return time.Time{}
}

var issueNumber = regexp.MustCompile(`(?:^|[\s(\[])#([1-9]\d{0,8})\b|/issues/([1-9]\d{0,8})(?:$|[^\d])`)

// issuesIn are the numbers of the issues that a text names.
func issuesIn(words string) []int {
	var numbers []int
	for _, m := range issueNumber.FindAllStringSubmatch(words, 20) {
		n, _ := strconv.Atoi(m[1] + m[2])
		numbers = append(numbers, n)
	}
	return numbers
}
