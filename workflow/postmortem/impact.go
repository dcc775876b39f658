package postmortem

import (
	"regexp"
	"strings"
)

// aspects are what an impact is asked about, in the order in which it is told.
var aspects = []string{"Users", "Duration", "Business", "Data"}

// asked are those of them that nobody but people can know.
var asked = []string{"Users", "Business", "Data"}

// aspectLabel begins a statement that says which aspect it is about.
var aspectLabel = regexp.MustCompile(`(?i)^\s*(?:\*\*)?(users?|customers?|duration|business|revenue|data)(?: impact)?\s*(?:\*\*\s*:|:\*\*|:)[ \t]*`)

// aspectNames are the names that people give an aspect.
var aspectNames = map[string]string{
	"user": "Users", "users": "Users", "customer": "Users", "customers": "Users",
	"duration": "Duration", "business": "Business", "revenue": "Business", "data": "Data",
}

// Aspect returns which aspect of the impact a statement says it is about: "Users",
// "Duration", "Business" or "Data", and the statement without that; "" if it says
// none, or nothing besides.
func Aspect(statement string) (aspect, rest string) {
	m := aspectLabel.FindStringSubmatchIndex(statement)
	if m == nil || strings.TrimSpace(statement[m[1]:]) == "" {
		return "", statement
	}
	return aspectNames[strings.ToLower(statement[m[2]:m[3]])], statement[m[1]:]
}

// impact renders how long it was by the times above, what people said, by aspect,
// and which aspects nobody has said anything about.
func (r renderer) impact() string {
	if !r.d.Filled(HeadingImpact) {
		return noImpact + "\n"
	}
	text := r.list(r.d.impacts(), r.share(10), "", bullet)
	if missing := r.d.unsaid(); len(missing) > 0 {
		text += "\n" + notSaid + strings.Join(missing, ", ") + ". Add it with `/incident impact " +
			strings.ToLower(missing[0]) + ": TEXT` on the incident's issue, then comment `/postmortem`.*\n"
	}
	return text
}

// notSaid begins the line that names the aspects that are missing.
const notSaid = "*Not said yet: "

var notSaidLine = regexp.MustCompile(`(?m)^\*Not said yet: [^\n]*\*\r?$`)

// impacts are the statements by aspect, each as it was told; what names none comes
// last.
func (d Document) impacts() []string {
	by := map[string][]string{}
	for _, s := range d.Impact {
		aspect, rest := Aspect(s)
		if aspect != "" {
			if !strings.HasPrefix(rest, "\n") {
				rest = " " + rest
			}
			rest = "**" + aspect + ":**" + rest
		}
		by[aspect] = append(by[aspect], rest)
	}
	if span := d.impactSpan(); span != "" {
		by["Duration"] = append([]string{"**Duration:** " + span}, by["Duration"]...)
	}
	var all []string
	for _, aspect := range append(aspects, "") {
		all = append(all, by[aspect]...)
	}
	return all
}

// unsaid are the aspects that no statement names.
func (d Document) unsaid() []string {
	said := map[string]bool{}
	for _, s := range d.Impact {
		aspect, _ := Aspect(s)
		said[aspect] = true
	}
	var missing []string
	for _, aspect := range asked {
		if !said[aspect] {
			missing = append(missing, strings.ToLower(aspect))
		}
	}
	return missing
}

// impactSpan says how long the impact lasted by the times known: from the start,
// else the detection, to the mitigation. Empty where that is not known.
func (d Document) impactSpan() string {
	from, what := d.Started, "started"
	if from.IsZero() {
		from, what = d.Declared, "declared"
	}
	if d.Started.IsZero() && d.DetectedStated {
		from, what = d.Detected, "detected"
	}
	if from.IsZero() || !d.Mitigated.After(from) {
		return ""
	}
	dates := d.dates()
	return spanBetween(from, d.Mitigated) + ", from " + dates.utc(from) + " (" + what + ") to " + dates.utc(d.Mitigated) + " UTC (mitigated)"
}
