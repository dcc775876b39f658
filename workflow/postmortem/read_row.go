package postmortem

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/firebreak-app/firebreak/workflow/command"
)

// The columns of a table of action items, by what people call them.
var columnNames = map[string]string{
	"kind": "kind", "type": "kind",
	"what": "what", "action": "what", "action item": "what", "item": "what", "task": "what", "description": "what", "text": "what", "title": "what", "todo": "what",
	"owner": "owner", "who": "owner", "assignee": "owner", "assigned to": "owner", "responsible": "owner",
	"priority": "priority", "prio": "priority", "severity": "priority",
	"due": "due", "due date": "due", "date": "due", "deadline": "due", "by": "due", "when": "due", "until": "due",
	"issue": "issue", "follow up": "issue", "followup": "issue", "ticket": "issue", "link": "issue",
	"state": "state", "status": "state",
}

// columns are where a table has what, from 0.
type columns map[string]int

var delimiterCell = regexp.MustCompile(`^\s*:?-+:?\s*$`)

// table reads a paragraph that is a table from some line on.
func (r *actionReader) table(lines []string) {
	for n := 1; n < len(lines); n++ {
		if !strings.Contains(lines[n], "|") {
			continue
		}
		head := cells(lines[n-1])
		if !delimits(cells(lines[n]), head) {
			continue
		}
		named := readColumns(head)
		if _, lists := named["what"]; !lists {
			return
		}
		for _, line := range lines[n+1:] {
			if len(r.items) < maxItems {
				r.row(tableRow{named, cells(line)})
			}
		}
		return
	}
}

// delimits says whether a line sets a table's head off from its rows.
func delimits(line, head []string) bool {
	return len(line) == len(head) && !slices.ContainsFunc(line, func(c string) bool { return !delimiterCell.MatchString(c) })
}

func readColumns(head []string) columns {
	named := columns{}
	for at, cell := range head {
		words, _ := plain(cell)
		name := columnNames[strings.ReplaceAll(headingKey(words), "-", " ")]
		if _, taken := named[name]; name != "" && !taken {
			named[name] = at
		}
	}
	return named
}

// maxLine bounds a table's line and a list's item in bytes; no row of Firebreak's
// own comes near it, and reading Markdown takes time.
const maxLine = 8000

// cells splits a table's line where readers of Markdown do: at every pipe that no
// backslash stands before, in code too.
func cells(line string) []string {
	if len(line) > maxLine {
		return nil
	}
	line = strings.TrimSpace(line)
	line = strings.TrimPrefix(line, "|")
	var out []string
	var cell strings.Builder
	for at := 0; at < len(line); at++ {
		switch {
		case line[at] == '\\' && at+1 < len(line) && line[at+1] == '|':
			cell.WriteByte('|')
			at++
		case line[at] == '\\' && at+1 < len(line):
			cell.WriteString(line[at : at+2])
			at++
		case line[at] == '|':
			out = append(out, strings.TrimSpace(cell.String()))
			cell.Reset()
		default:
			cell.WriteByte(line[at])
		}
	}
	if rest := strings.TrimSpace(cell.String()); rest != "" {
		out = append(out, rest)
	}
	return out
}

// tableRow is one line of a table whose columns are known.
type tableRow struct {
	columns
	cells []string
}

func (t tableRow) has(name string) bool { _, there := t.columns[name]; return there }

// cell is what the line says in a column, and the issues that it names there.
func (t tableRow) cell(name string) (words string, issues []int) {
	if at, there := t.columns[name]; there && at < len(t.cells) {
		return plain(t.cells[at])
	}
	return "", nil
}

// row reads one line of a table.
func (r *actionReader) row(t tableRow) {
	words, linked := t.cell("what")
	if words == "" {
		return
	}
	item := Listed{Issues: linked}
	if t.has("owner") || t.has("due") || t.has("priority") {
		item.Text = words
	} else {
		item.read(words, r.o)
	}
	item.fill(t, r.o)
	_, numbers := t.cell("issue")
	item.Opened, item.Issues = len(numbers) > 0, append(item.Issues, numbers...)
	state, _ := t.cell("state")
	item.Done = doneState.MatchString(state)
	if utf8.RuneCountInString(item.Text) > command.MaxLine && item.Problem == "" {
		item.Problem = fmt.Sprintf("An action item may have %d characters.", command.MaxLine)
	}
	r.items = append(r.items, item)
}

// fill takes kind, owner, date and priority out of their columns. What a cell does
// not say, or not so that it can be read, takes its default.
func (l *Listed) fill(t tableRow, o command.Options) {
	kind, _ := t.cell("kind")
	if kind = strings.ToLower(kind); kind == command.Preventive || kind == command.Process {
		l.Kind = kind
	} else if l.Kind == "" {
		l.Kind = command.Permanent
	}
	if owner, _ := t.cell("owner"); t.has("owner") {
		l.Owner = ownerIn(owner)
	}
	if due, _ := t.cell("due"); t.has("due") {
		l.Due = dueDate(due, o)
	}
	if priority, _ := t.cell("priority"); t.has("priority") {
		l.Priority = priorityIn(priority, o)
	}
}

var (
	doneState = regexp.MustCompile(`(?i)^\W*(done|closed|completed?|fixed|finished)\b`)
	ownerName = regexp.MustCompile(`@([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:_[A-Za-z0-9]+)?)`)
)

// ownerIn is the person whom a cell names with an @; a name without one may be
// anybody's login.
func ownerIn(words string) string {
	m := ownerName.FindStringSubmatch(words)
	if m == nil || len(m[1]) > 39 {
		return ""
	}
	return m[1]
}

func priorityIn(words string, o command.Options) string {
	for _, severity := range o.Severities {
		if strings.EqualFold(severity, words) {
			return severity
		}
	}
	return ""
}
