package workflow

import (
	"fmt"
	"time"

	"github.com/firebreak-app/firebreak/workflow/checklist"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// verb carries one command out. It returns why it is refused, as a sentence
// with the next step, or "".
type verb func(d *decision, e Commanded, c command.Command, a *answer) string

// verbs has one entry for every verb that the parser knows.
var verbs = map[command.Verb]verb{
	command.Postmortem: runPostmortem,
	command.Severity:   runSeverity,
	command.Check:      runCheck,
	command.Uncheck:    runCheck,
	command.Timeline:   runTimeline,
	command.Summary:    runSummary,
	command.Systems:    runSystems,
	command.Impact:     runImpact,
	command.Cause:      runCause,
	command.Lesson:     runLesson,
	command.Started:    runTime,
	command.Detected:   runTime,
	command.Mitigated:  runTime,
	command.Resolved:   runTime,
	command.ActionItem: runAction,
	command.Lead:       runRole,
	command.Comms:      runRole,
	command.Scribe:     runRole,
	command.Status:     runStatus,
	command.AskHelp:    runHelp,
}

func runPostmortem(_ *decision, _ Commanded, _ command.Command, a *answer) string {
	a.publish = true
	return ""
}

func runSeverity(d *decision, _ Commanded, c command.Command, _ *answer) string {
	d.classify(c.Severity, c.Reason, d.meta.At)
	return ""
}

func runCheck(d *decision, _ Commanded, c command.Command, _ *answer) string {
	id, ok := d.rules.Definition.Resolve(c.Ref)
	if !ok {
		return "The checklist has no item `" + c.Ref + "`. Name it by its number, `3.2`, or its id, `mitigate.verify`."
	}
	if id == "classify" {
		return "Step 1 is complete when the severity is known: `/incident severity P1`."
	}
	change := checklist.Change{ID: id, Ticked: c.Verb == command.Check}
	d.radio([]checklist.Change{change})
	if _, severity := d.rules.Severity(trimClassify(id)); !severity {
		d.tick(change)
	}
	return ""
}

func runSummary(d *decision, _ Commanded, c command.Command, _ *answer) string {
	if d.newest("summary") {
		d.inc.Summary = c.Text
	}
	d.note(EntryContent, "summary written")
	return ""
}

func runSystems(d *decision, _ Commanded, c command.Command, _ *answer) string {
	if d.newest("systems") {
		d.inc.Systems = c.Text
	}
	d.note(EntryContent, "affected systems: "+c.Text)
	return ""
}

func runImpact(d *decision, e Commanded, c command.Command, _ *answer) string {
	return d.add(&d.inc.Impact, "impact", e.Comment, c.Text)
}

func runCause(d *decision, e Commanded, c command.Command, _ *answer) string {
	return d.add(&d.inc.Causes, "cause", e.Comment, c.Text)
}

func runLesson(d *decision, e Commanded, c command.Command, _ *answer) string {
	return d.add(&d.inc.Lessons, "lesson", e.Comment, c.Text)
}

// maxTexts bounds each list of the post-mortem.
const maxTexts = 100

func (d *decision) add(list *[]Statement, name string, comment int64, text string) string {
	if len(*list) >= maxTexts {
		return fmt.Sprintf("There are %d entries of %s already, which is the most kept. Edit them in the post-mortem page.", maxTexts, name)
	}
	*list = inOrder(*list, Statement{At: d.meta.At, Comment: comment, Text: text}, Statement.after)
	d.note(EntryContent, name+": "+text)
	return ""
}

// runTime states one of the four times; it is a timeline entry at that time.
func runTime(d *decision, _ Commanded, c command.Command, _ *answer) string {
	at := first(c.When, d.meta.At)
	t := &d.inc.Times
	field, kind := map[command.Verb]*time.Time{
		command.Started: &t.Started, command.Detected: &t.Detected,
		command.Mitigated: &t.Mitigated, command.Resolved: &t.Resolved,
	}[c.Verb], map[command.Verb]EntryKind{
		command.Started: EntryTime, command.Detected: EntryDetected,
		command.Mitigated: EntryMitigated, command.Resolved: EntryResolved,
	}[c.Verb]
	if d.newest(string(c.Verb)) {
		*field = at
	}
	d.noteAt(at, kind, string(c.Verb))
	return ""
}

func runRole(d *decision, _ Commanded, c command.Command, _ *answer) string {
	role := string(c.Verb)
	was := d.inc.Roles[role]
	if !d.newest(role) {
		d.note(EntryRole, role+": "+c.User)
		return ""
	}
	if d.inc.Roles == nil {
		d.inc.Roles = map[string]Person{}
	}
	d.inc.Roles[role] = Person{Login: c.User}
	if was.Login == "" {
		d.note(EntryRole, role+": "+c.User)
	} else if was.Login != c.User {
		d.note(EntryRole, role+": "+was.Login+" → "+c.User)
	}
	return ""
}

func runStatus(d *decision, _ Commanded, _ command.Command, a *answer) string {
	a.say(d.rules.Status(d.inc, d.meta.Now))
	return ""
}

func runHelp(_ *decision, _ Commanded, _ command.Command, a *answer) string {
	a.say(command.Help())
	return ""
}
