package postmortem

import (
	"fmt"
	"strings"
)

// fewestDrawn is how many incidents are worth a chart. The same stands in a table
// beside each, since not everybody sees a drawing.
const fewestDrawn = 2

// severityColours are those of the labels, and what people call them.
var severityColours = map[string]struct{ hex, name string }{
	"P0": {"#b60205", "red"}, "P1": {"#d93f0b", "orange"}, "P2": {"#fbca04", "yellow"},
	"P3": {"#c5def5", "light blue"}, unclassified: {"#8b949e", "grey"},
}

// plainName is a severity's name without its emphasis, for drawings.
func plainName(severity string) string { return strings.Trim(severity, "*") }

// severityPie draws how the incidents divide by severity.
func severityPie(by map[string]*total) string {
	var b strings.Builder
	b.WriteString("```mermaid\npie showData\n    title Incidents by severity\n")
	for _, name := range severityNames {
		if by[name] != nil {
			fmt.Fprintf(&b, "    \"%s\" : %d\n", plainName(name), by[name].incidents)
		}
	}
	b.WriteString("```\n")
	return b.String()
}

// monthBars draws how many incidents there were in each month. Mermaid draws the
// bars of one month over one another, so each is as high as all from it downwards:
// what is seen of it is its own. It has no legend either; that is said below.
func monthBars(months []month) string {
	var names, bars, colours, legend []string
	highest := 0
	height := make([]int, len(months))
	for _, m := range months {
		names = append(names, `"`+m.name+`"`)
		highest = max(highest, m.all)
	}
	for _, severity := range severityNames {
		there := false
		for i, m := range months {
			height[i] += m.by[severity]
			there = there || m.by[severity] > 0
		}
		if there {
			bars = append([]string{fmt.Sprintf("    bar [%s]\n", numbers(height))}, bars...)
			colours = append([]string{severityColours[severity].hex}, colours...)
			legend = append(legend, plainName(severity)+" "+severityColours[severity].name)
		}
	}
	return fmt.Sprintf("```mermaid\n%%%%{init: {\"themeVariables\": {\"xyChart\": {\"plotColorPalette\": \"%s\"}}}}%%%%\n"+
		"xychart-beta\n    title \"Incidents by month\"\n    x-axis [%s]\n    y-axis \"incidents\" 0 --> %d\n%s```\n\n*From the bottom: %s.*\n",
		strings.Join(colours, ", "), strings.Join(names, ", "), highest, strings.Join(bars, ""), strings.Join(legend, ", "))
}

func numbers(list []int) string {
	var out []string
	for _, n := range list {
		out = append(out, fmt.Sprint(n))
	}
	return strings.Join(out, ", ")
}
