package chaos

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// Problem is something that did not come out as people's acts say.
type Problem struct {
	// Doubled says that there is more than there should be; else there is less, or
	// something else.
	Doubled bool
	// Where is the issue, What what is wrong with it.
	Where, What string
}

func (p Problem) String() string {
	word := "lost"
	if p.Doubled {
		word = "doubled"
	}
	return fmt.Sprintf("%s: %s: %s", p.Where, word, p.What)
}

// finder collects what is wrong with one issue.
type finder struct {
	where string
	found []Problem
}

func (f *finder) lost(format string, args ...any) {
	f.found = append(f.found, Problem{Where: f.where, What: fmt.Sprintf(format, args...)})
}

// count compares how often something is there.
func (f *finder) count(what string, have, want int) {
	switch {
	case have > want:
		f.found = append(f.found, Problem{Doubled: true, Where: f.where, What: fmt.Sprintf("%s: %d, want %d", what, have, want)})
	case have < want:
		f.lost("%s: %d, want %d", what, have, want)
	}
}

// same compares what something is.
func (f *finder) same(what string, have, want any) {
	if have != want {
		f.lost("%s: %v, want %v", what, have, want)
	}
}

// onGitHub compares an incident's issue with what is wanted.
func (r *run) onGitHub(i *incident) []Problem {
	f := &finder{where: fmt.Sprintf("%s#%d", i.repo, i.number)}
	issue, _ := r.Issue(i.repo, i.number)
	r.followUps(f, i)
	f.same("closed", issue.State == "closed", i.want.closed)
	have, want := slices.Sorted(slices.Values(issue.Labels)), slices.Sorted(slices.Values(i.want.labels()))
	f.same("labels", strings.Join(have, " "), strings.Join(want, " "))
	lists, replies := 0, map[string]int{}
	for _, c := range r.Comments(i.repo, i.number) {
		switch {
		case c.Author != r.BotLogin():
			r.answers(f, i, c)
		case checklist.IsChecklist(c.Body):
			lists++
			r.checklist(f, i, c.Body)
		case strings.HasPrefix(c.Body, "<!-- firebreak:post-mortem-comment "):
			replies["stand-in"]++
		default:
			mark, _, _ := strings.Cut(c.Body, "\n")
			replies[mark]++
		}
	}
	f.count("checklists", lists, 1)
	f.replies(i, replies)
	return f.found
}

// answers compares the App's reactions to a comment.
func (r *run) answers(f *finder, i *incident, c sandbox.Comment) {
	want := i.want.answers[c.ID]
	have := map[string]int{}
	for _, reaction := range c.Reactions {
		if reaction.User == r.BotLogin() {
			have[reaction.Content]++
		}
	}
	for _, content := range []string{seen, did, refused, "-1"} {
		n := 0
		if content == seen && want.seen || content == want.reaction {
			n = 1
		}
		f.count(fmt.Sprintf("%s to %q", content, c.Body), have[content], n)
	}
}

// replies compares the App's replies, by their markers.
func (f *finder) replies(i *incident, have map[string]int) {
	for id, a := range i.want.answers {
		mark := fmt.Sprintf("<!-- firebreak:reply v1 comment=%d -->", id)
		f.count(fmt.Sprintf("replies to %d", id), have[mark], a.replies)
		delete(have, mark)
	}
	// While a wiki does not answer, a comment stands in for the page, and stays.
	f.count("comments in place of a page", have["stand-in"], min(have["stand-in"], 1))
	delete(have, "stand-in")
	for mark, n := range have {
		f.count("comments that nobody asked for: "+mark, n, 0)
	}
}

// checklist compares what the checklist shows.
func (r *run) checklist(f *finder, i *incident, body string) {
	d := checklist.Default()
	for box, ticked := range checklist.Read(d, body).Ticked {
		if box != "done.post-mortem" && box != checklist.Classify {
			f.same("box "+box, ticked, i.want.ticked(box))
		}
	}
	head := orElse(i.want.severity, "not classified") + " · " + i.want.phase() + " · "
	if !strings.Contains(body, head) {
		f.lost("the head line does not say %q", head)
	}
	if i.want.lead != "" && !strings.Contains(body, "lead @"+i.want.lead) {
		f.lost("the head line does not say that @%s leads", i.want.lead)
	}
	if strings.Contains(body, "earlier entries are left out here") {
		return
	}
	for _, text := range i.want.lines {
		f.count("on the timeline shown: "+text, strings.Count(body, text), 1)
	}
}

// followUps compares the follow-ups, found by the words of their action items.
func (r *run) followUps(f *finder, i *incident) {
	i.want.opened = len(i.want.actions) > 0
	for n, text := range i.want.actions {
		have := 0
		for _, issue := range r.Sandbox.Issues(i.repo) {
			if issue.Has("incident-follow-up") && strings.Contains(issue.Title, text) {
				have++
			}
		}
		// One that was added after the last /postmortem may have its issue or not.
		want := 1
		if n >= i.want.due {
			want = min(have, 1)
		}
		f.count("follow-ups for "+text, have, want)
		i.want.opened = i.want.opened && have > 0
	}
}

// inWikis compares the pages.
func (r *run) inWikis() []Problem {
	var found []Problem
	pages, indexes := map[string][]string{}, map[string]string{}
	for _, repo := range r.repos {
		pages[repo] = r.WikiPages(repo)
		indexes[repo], _ = r.WikiPage(repo, "Incidents")
	}
	for _, i := range r.incidents {
		f := &finder{where: fmt.Sprintf("%s#%d", i.repo, i.number)}
		stem, have, want := fmt.Sprintf("Incident-%d-", i.number), 0, 0
		for _, page := range pages[i.repo] {
			if strings.HasPrefix(page, stem) {
				have++
			}
		}
		if i.want.published {
			want = 1
		}
		f.count("pages in the wiki", have, want)
		f.count("rows of the index that link to it", strings.Count(indexes[i.repo], "/wiki/"+stem), want)
		found = append(found, f.found...)
	}
	return append(found, r.untouched()...)
}

// untouched says what was done about issues that are no incidents.
func (r *run) untouched() []Problem {
	var found []Problem
	for repo, n := range r.quiet {
		f := &finder{where: fmt.Sprintf("%s#%d", repo, n)}
		f.count("comments on what is no incident", len(r.Comments(repo, n)), 0)
		found = append(found, f.found...)
	}
	return found
}

// inDatabase compares what is recorded of an incident.
func (r *run) inDatabase(ctx context.Context, db *store.DB, i *incident) error {
	f := &finder{where: fmt.Sprintf("%s#%d", i.repo, i.number)}
	defer func() { r.records = append(r.records, f.found...) }()
	inc, timeline, err := r.record(ctx, db, i)
	if err != nil {
		f.lost("the incident is not known: %v", err)
		return nil
	}
	for _, box := range boxes {
		f.same("recorded: box "+box, inc.Marks[box].Ticked, i.want.boxes[box])
	}
	f.same("recorded: severity", inc.Severity, i.want.severity)
	f.same("recorded: lead", inc.Roles["lead"].Login, i.want.lead)
	f.same("recorded: closed", inc.Closed, i.want.closed)
	f.count("recorded: action items", len(inc.Actions), len(i.want.actions))
	have := map[string]int{}
	for _, e := range timeline {
		if e.Kind == workflow.EntryNote {
			have[e.What]++
		}
		if e.Delivery != "" && strings.Count(e.Delivery, "-") == 4 {
			have[fmt.Sprint(e.Delivery, e.Kind, e.What, e.Item)]++
		}
	}
	for _, text := range i.want.lines {
		f.count("recorded: "+text, have[text], 1)
		delete(have, text)
	}
	for what, n := range have {
		f.count("recorded from one delivery: "+what, n, 1)
	}
	return nil
}

func (r *run) record(ctx context.Context, db *store.DB, i *incident) (workflow.Incident, []workflow.Entry, error) {
	var key workflow.Key
	if err := r.key(i, &key); err != nil {
		return workflow.Incident{}, nil, err
	}
	inc, err := db.Incident(ctx, key)
	if err != nil {
		return inc, nil, err
	}
	timeline, err := db.Timeline(ctx, key)
	return inc, timeline, err
}

// key reads GitHub's ids of an incident from its checklist.
func (r *run) key(i *incident, key *workflow.Key) error {
	c, ok := r.Comment(r.checklistOf(i))
	if !ok {
		return errors.New("it has no checklist")
	}
	text, _ := checklist.FindKey(c.Body)
	_, err := fmt.Sscanf(text, "%d/%d", &key.Repository, &key.Issue)
	return err
}

// failures says which deliveries were given up.
func (r *run) failures(ctx context.Context, db *store.DB) error {
	all, err := db.Deliveries(ctx)
	if err != nil {
		return err
	}
	for _, d := range all {
		f := &finder{where: "delivery " + d.GUID}
		switch {
		case d.Failure != "":
			f.lost("given up: %s", d.Failure)
		case !d.Completed:
			f.lost("acknowledged and not handled")
		}
		r.records = append(r.records, f.found...)
	}
	return nil
}

// judge puts everything that did not come out right into the report.
func (r *run) judge(left int) {
	var found []Problem
	for _, i := range r.incidents {
		found = append(found, r.onGitHub(i)...)
	}
	found = append(append(found, r.inWikis()...), r.records...)
	for _, guid := range r.balancer.unanswered() {
		found = append(found, Problem{Where: "delivery " + guid, What: "never acknowledged"})
	}
	if left > 0 {
		found = append(found, Problem{Where: "jobs", What: fmt.Sprintf("%d are left", left)})
	}
	if unknown := r.Unknown(); len(unknown) > 0 {
		found = append(found, Problem{Where: "sandbox", What: fmt.Sprintf("it was asked for what it does not know: %q", unknown)})
	}
	r.report.Problems = found
}
