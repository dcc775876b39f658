package chaos

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// act is something that a person does to an incident; what must come of it is
// added to what is wanted. One that GitHub does not let happen, such as ticking
// what is ticked, did not happen.
type act func(r *run, i *incident) error

// acts are what people do, and how often.
var acts = []weighted[act]{
	{36, tick}, {10, untick}, {6, tickSeverity}, {6, labelSeverity}, {3, unlabelSeverity}, {5, commandSeverity},
	{5, check}, {3, uncheck}, {8, line}, {4, lead}, {2, askStatus}, {2, beRefused}, {1, beNobody},
	{3, closeIt}, {2, reopen}, {3, addAction}, {2, postmortem}, {1, chat},
}

func tick(r *run, i *incident) error   { return r.toggle(i, pick(r.random, boxes), true) }
func untick(r *run, i *incident) error { return r.toggle(i, pick(r.random, boxes), false) }

// toggle changes a box in the comment as it stands.
func (r *run) toggle(i *incident, box string, on bool) error {
	id := r.checklistOf(i)
	if id == 0 {
		return nil // it is not there yet
	}
	p := r.As(pick(r.random, writers))
	do := p.Tick
	if !on {
		do = p.Untick
	}
	err := do(i.repo, i.number, id, "step:"+box)
	if isRefusal(err) {
		return nil
	}
	if err == nil {
		i.want.boxes[box] = on
	}
	return err
}

// isRefusal says whether GitHub did not let it happen.
func isRefusal(err error) bool {
	var refused *sandbox.Error
	return errors.As(err, &refused)
}

// checklistOf is the first of the App's checklists; 0 if there is none.
func (r *run) checklistOf(i *incident) int64 {
	for _, c := range r.Comments(i.repo, i.number) {
		if c.Author == r.BotLogin() && checklist.IsChecklist(c.Body) {
			return c.ID
		}
	}
	return 0
}

func tickSeverity(r *run, i *incident) error {
	id, name := r.checklistOf(i), pick(r.random, severities)
	if id == 0 {
		return nil
	}
	err := r.As(pick(r.random, writers)).Tick(i.repo, i.number, id, "step:classify."+name)
	if isRefusal(err) {
		return nil
	}
	if err == nil {
		i.want.severity = name
	}
	return err
}

func labelSeverity(r *run, i *incident) error {
	who, name := pick(r.random, []string{"maya", "jon", "sam"}), pick(r.random, severities)
	was := r.labelled(i, who, "labeled", name)
	if err := r.As(who).Label(i.repo, i.number, name); err != nil {
		if isRefusal(err) {
			return nil // the repository does not have it yet
		}
		return err
	}
	if r.labelled(i, who, "labeled", name) > was {
		i.want.severity = name
	}
	return nil
}

// unlabelSeverity takes a severity's label off: of the one in force, that is to
// unclassify.
func unlabelSeverity(r *run, i *incident) error {
	const who = "jon"
	name := orElse(i.want.severity, "P1")
	was := r.labelled(i, who, "unlabeled", name)
	if err := r.As(who).Unlabel(i.repo, i.number, name); err != nil {
		return err
	}
	if r.labelled(i, who, "unlabeled", name) > was && i.want.severity == name {
		i.want.severity = ""
	}
	return nil
}

// command comments, and keeps how it is to be answered.
func (r *run) command(i *incident, who, text string, a answer) error {
	id, err := r.As(who).Comment(i.repo, i.number, text)
	if err == nil {
		i.want.said(id, a)
	}
	return err
}

var obeyed = answer{reaction: did, seen: true}

func commandSeverity(r *run, i *incident) error {
	name := pick(r.random, severities)
	i.want.severity = name
	return r.command(i, pick(r.random, writers), "/incident severity "+name, obeyed)
}

func check(r *run, i *incident) error   { return r.set(i, true) }
func uncheck(r *run, i *incident) error { return r.set(i, false) }

func (r *run) set(i *incident, on bool) error {
	box, verb := pick(r.random, boxes), "check"
	if !on {
		verb = "uncheck"
	}
	i.want.boxes[box] = on
	return r.command(i, pick(r.random, append([]string{"sam"}, writers...)), "/incident "+verb+" "+box, obeyed)
}

func line(r *run, i *incident) error {
	text := r.unique("seen")
	i.want.lines = append(i.want.lines, text)
	return r.command(i, pick(r.random, append([]string{"sam"}, writers...)), "/incident timeline "+text, obeyed)
}

func lead(r *run, i *incident) error {
	who := pick(r.random, writers)
	i.want.lead = who
	return r.command(i, pick(r.random, writers), "/incident lead @"+who, obeyed)
}

func askStatus(r *run, i *incident) error {
	return r.command(i, "sam", "/incident status", answer{reaction: did, seen: true, replies: 1})
}

// beRefused gives a command that triage permission is not enough for, and one
// that nobody knows.
func beRefused(r *run, i *incident) error {
	return r.command(i, "sam", "/incident severity P0\n/incident exonerate me", answer{reaction: refused, seen: true, replies: 1})
}

// beNobody gives a command as a stranger.
func beNobody(r *run, i *incident) error {
	return r.command(i, "stranger", "/incident severity P0", answer{reaction: refused})
}

func closeIt(r *run, i *incident) error {
	i.want.closed = true
	return r.As("maya").Close(i.repo, i.number)
}

func reopen(r *run, i *incident) error {
	i.want.closed = false
	return r.As("maya").Reopen(i.repo, i.number)
}

func addAction(r *run, i *incident) error {
	text := r.unique("mend")
	i.want.actions = append(i.want.actions, text)
	return r.command(i, pick(r.random, writers), "/incident action "+text, obeyed)
}

func postmortem(r *run, i *incident) error {
	i.want.published, i.want.due = true, len(i.want.actions)
	return r.command(i, pick(r.random, writers), "/postmortem", answer{reaction: did, seen: true, replies: 1})
}

// chat is talk, which is none of the program's business.
func chat(r *run, i *incident) error {
	_, err := r.As("jon").Comment(i.repo, i.number, "What does the /incident page say?")
	return err
}

// unique returns words that stand nowhere else.
func (r *run) unique(what string) string {
	r.words++
	return fmt.Sprintf("%s %s %s number%dends", what, pick(r.random, nouns), pick(r.random, nouns), r.words)
}

var nouns = []string{"queue", "cache", "pool", "shard", "broker", "ledger", "router", "index"}

// declare opens an incident.
func (r *run) declare(random *rand.Rand, repo string) error {
	title := r.unique("broken")
	labels, w := []string{"incident"}, newWant()
	if random.IntN(5) == 0 {
		w.severity = pick(random, severities)
		labels = append(labels, w.severity)
	}
	n, err := r.As(pick(random, []string{"maya", "jon"})).OpenIssue(repo, title, "It is slow.", labels...)
	if err != nil {
		return err
	}
	r.incidents = append(r.incidents, &incident{repo: repo, number: n, title: title, want: w, acted: -1})
	return nil
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// free returns so many incidents that nobody acts on in this round.
func (r *run) free(n int) []*incident {
	var out []*incident
	for _, at := range r.random.Perm(len(r.incidents))[:min(n, len(r.incidents))] {
		out = append(out, r.incidents[at])
	}
	return slices.Clip(out)
}
