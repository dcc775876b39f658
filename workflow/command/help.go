package command

import (
	"fmt"
	"strings"
)

// Help is the list of all commands, as Markdown, made from the registry that the grammar itself reads.
func Help() string {
	var b strings.Builder
	b.WriteString("### Commands\n\n")
	b.WriteString("Each starts a line of its own, in a new comment or in the text of a new issue; one comment may hold several. ")
	b.WriteString("Quotes and code are not read, and an edited comment runs nothing.\n\n")
	b.WriteString("| command | does | who may | example |\n|---|---|---|---|\n")
	for _, d := range registry {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", cell(codeSpan(d.form)), cell(d.does), cell(d.whoMay()), cell(codeSpan(d.examples[0])))
	}
	b.WriteString("\n" + whenHelp + "\n\n" + dueHelp + " `@owner`, `due …` and the priority stand at the end, in any order.\n\n")
	b.WriteString("The lines below a text belong to it, up to an empty line, a heading or the next command. A bar in a timeline text is written `\\|`.\n")
	return b.String()
}

// Brief is the list of all commands' forms, as one line of Markdown.
func Brief() string {
	forms := make([]string, len(registry))
	for n, d := range registry {
		forms[n] = codeSpan(d.form)
	}
	return strings.Join(forms, " · ")
}

func (d definition) whoMay() string {
	who := d.who.String()
	if d.who < Write {
		who += " and up"
	}
	if d.whoElse != "" {
		who += "; " + d.whoElse
	}
	return who
}

// cell keeps a bar from ending the cell of a table, in code spans too.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
