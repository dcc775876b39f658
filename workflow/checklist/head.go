package checklist

import (
	"fmt"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

const (
	headRunning = "### 🔥 "
	headDone    = "### ✅ "
	headStopped = "### ⏸️ "

	declaredLine = "Declared "

	maxNotes, maxNote = 10, 200
	maxLinks, maxName = 5, 100
)

// head renders the line that says where the incident stands, who is on it, and
// what Firebreak has to say about itself.
func head(d Definition, v View) string {
	parts := []string{headLine(d, v) + "\n" + people(v)}
	if v.Stopped {
		label := v.Label
		if label == "" {
			label = "incident"
		}
		parts = append(parts, note("Firebreak stopped, since the label "+markdown.Code(markdown.Clip(label, maxName))+" was taken off. It goes on when the label is back."))
	}
	if v.Untrusted {
		parts = append(parts, note("Declared by somebody without triage permission: nobody is notified, and commands in the description were not taken, "+
			"until somebody with triage permission or more classifies it or comments a command."))
	}
	for n, text := range v.Notes {
		if n < maxNotes && strings.TrimSpace(text) != "" {
			parts = append(parts, note(markdown.Inline(markdown.Clip(text, maxNote))))
		}
	}
	return strings.Join(parts, "\n\n")
}

func note(text string) string { return "> " + text }

func headLine(d Definition, v View) string {
	severity, phase := v.Severity, v.Phase
	if severity == "" {
		severity = "not classified"
	}
	if phase == "" {
		phase = d.Phase(v.Ticked)
	}
	n, of := d.Progress(v.Ticked)
	line := fmt.Sprintf("%s · %s · %d of %d · %s", markdown.Inline(markdown.Clip(severity, maxName)), markdown.Inline(markdown.Clip(phase, maxName)), n, of, clock(v.Elapsed))
	if v.Closed {
		line += " · closed"
	}
	switch {
	case v.Stopped:
		return headStopped + line + " · stopped"
	case phase == Done:
		return headDone + line
	}
	return headRunning + line
}

// clock renders a duration as hours and minutes, 00:42, with the days before it
// once there are any.
func clock(elapsed time.Duration) string {
	minutes := int(max(elapsed, 0) / time.Minute)
	days, hours := minutes/(24*60), minutes/60%24
	text := fmt.Sprintf("%02d:%02d", hours, minutes%60)
	if days > 0 {
		text = fmt.Sprintf("%d d %s", days, text)
	}
	return text
}

// people renders who declared the incident and when, who has what role, and the
// links.
func people(v View) string {
	parts := []string{declaredLine + v.declared()}
	if v.DeclaredBy != "" {
		parts[0] += " by " + v.user(v.DeclaredBy)
	}
	for _, role := range [][2]string{{"lead", v.Lead}, {"comms", v.Comms}, {"scribe", v.Scribe}} {
		if role[1] != "" {
			parts = append(parts, role[0]+" "+v.user(role[1]))
		}
	}
	for n, l := range v.Links {
		if n < maxLinks {
			parts = append(parts, markdown.Link(markdown.Clip(l.Text, maxName), l.URL))
		}
	}
	if !v.UpdatedAt.IsZero() {
		parts = append(parts, "last update "+moment(v.UpdatedAt, v.DeclaredAt))
	}
	return strings.Join(parts, " · ")
}

// declared renders when the incident was declared, with the date once the reader
// could take another day for it.
func (v View) declared() string {
	if v.DeclaredAt.IsZero() {
		return "at a time unknown"
	}
	now := v.DeclaredAt.Add(v.Elapsed)
	if v.Closed {
		now = time.Time{}
	}
	return moment(v.DeclaredAt, now) + " UTC"
}

// user renders a login, quietly while nobody with permission has asked for
// anybody's attention.
func (v View) user(login string) string {
	login = markdown.Clip(login, maxName)
	if v.Untrusted {
		return markdown.Quiet(login)
	}
	return markdown.User(login)
}

// moment renders a time of day in UTC, with its date unless it is on the same
// day as another.
func moment(at, beside time.Time) string {
	at, beside = at.UTC(), beside.UTC()
	if at.YearDay() == beside.YearDay() && at.Year() == beside.Year() {
		return at.Format("15:04")
	}
	return at.Format("2006-01-02 15:04")
}
