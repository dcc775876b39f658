package workflow

import (
	"slices"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow/command"
)

// zeroTime stands for a time not known.
var zeroTime time.Time

// Commanded says that a comment, or a new issue's body, gives commands; without
// any, that it was read and will give none.
type Commanded struct {
	// Comment is the comment's id; 0 is the issue's own body.
	Comment  int64
	Commands []command.Command
	// Permission is what the sender may do in the repository, asked for now.
	Permission command.Permission
	// Said are the comments that timeline entries are taken from.
	Said []Said
	// Severity is the one that the issue's own text asks for, as a form does; empty:
	// none.
	Severity string
}

func (e Commanded) apply(d *decision) {
	if !d.see(e.Comment) {
		return
	}
	d.takeSeverity(e)
	if len(e.Commands) == 0 {
		return
	}
	if e.Permission < command.Triage && !d.inc.Place.Private {
		d.feedback(e.Comment, ReactionRefused)
		return
	}
	d.feedback(e.Comment, ReactionSeen)
	d.run(e)
}

// see takes a comment's commands up, once.
func (d *decision) see(comment int64) bool {
	if d.inc.Seen[comment] {
		return false
	}
	if d.inc.Seen == nil {
		d.inc.Seen = map[int64]bool{}
	}
	d.inc.Seen[comment] = true
	return true
}

// run carries the commands out in order, each on its own, then answers once.
func (d *decision) run(e Commanded) {
	var a answer
	for _, c := range e.Commands {
		d.runOne(e, c, &a)
	}
	if told := takenOut(e.Commands, d.meta.Redacted); told != "" {
		a.say(told)
	}
	if d.inc.Failed[e.Comment] {
		a.say("Carried out after all, when it was delivered again.")
	}
	if a.publish {
		d.request(Request{Comment: e.Comment, At: d.meta.At, By: d.meta.By, Text: a.String(), Refused: a.refused > 0})
		return
	}
	d.reply(e.Comment, a.String())
	switch {
	case a.refused > 0:
		d.feedback(e.Comment, ReactionRefused)
	default:
		d.feedback(e.Comment, ReactionDone)
	}
}

func (d *decision) runOne(e Commanded, c command.Command, a *answer) {
	if c.Problem == nil && e.Permission < command.Minimum(c) {
		a.refuse(c, refusal(e, c, d.meta.By))
		return
	}
	if c.Problem != nil {
		a.refuse(c, c.Problem.String())
		return
	}
	d.trust()
	d.acknowledge()
	if problem := verbs[c.Verb](d, e, c, a); problem != "" {
		a.refuse(c, problem)
	}
}

func refusal(e Commanded, c command.Command, by Person) string {
	return by.Mention() + " has " + e.Permission.String() + " permission here; this needs " +
		command.Minimum(c).String() + " or more. Somebody who has it can give the same command."
}

func (d *decision) feedback(comment int64, reaction string) {
	d.want(Effect{Kind: EffectFeedback, Comment: comment, Reaction: reaction})
}

// reply answers a comment in words, once; no words, no reply.
func (d *decision) reply(comment int64, parts ...string) {
	var text []string
	for _, p := range parts {
		if p != "" {
			text = append(text, p)
		}
	}
	if len(text) > 0 {
		d.want(Effect{Kind: EffectReply, Comment: comment, Text: strings.Join(text, "\n\n")})
	}
}

// CommandsFailed says that a comment's commands could not be run although they
// were tried again and again; nothing of them was carried out.
type CommandsFailed struct{ Comment int64 }

func (e CommandsFailed) apply(d *decision) {
	if d.inc.Seen[e.Comment] || d.inc.Failed[e.Comment] {
		return
	}
	if d.inc.Failed == nil {
		d.inc.Failed = map[int64]bool{}
	}
	d.inc.Failed[e.Comment] = true
	d.feedback(e.Comment, ReactionFailed)
	d.reply(e.Comment, "This could not be carried out: GitHub did not answer what had to be asked first. "+
		"Nothing of it was done; give it again in a new comment. For the operator: delivery `"+d.meta.Delivery+"`.")
}

// answer collects what one comment is replied: errors and asked-for output.
type answer struct {
	parts   []string
	refused int
	publish bool
}

func (a *answer) refuse(c command.Command, why string) {
	a.refused++
	a.parts = append(a.parts, "> `"+strings.ReplaceAll(firstLine(c.Source), "`", "'")+"`\n\n😕 "+why)
}

// say answers what was asked for, once however often it was asked.
func (a *answer) say(text string) {
	if !slices.Contains(a.parts, text) {
		a.parts = append(a.parts, text)
	}
}

// maxReply bounds a reply in bytes, below what GitHub takes in a comment.
const maxReply = 60_000

func (a *answer) String() string {
	const rest = "\n\n… and more, which does not fit into one comment."
	text := strings.Join(a.parts, "\n\n")
	if len(text) > maxReply {
		return strings.ToValidUTF8(text[:maxReply-len(rest)], "") + rest
	}
	return text
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	if r := []rune(line); len(r) > 120 {
		return string(r[:120]) + "…"
	}
	return strings.TrimSpace(line)
}
