package pages

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/pages/markup"
)

// entry is a text or something that happened, in the order of the page.
type entry struct {
	Key     string // of the element, and of the place in the page
	At      time.Time
	Comment *comment
	Event   *event
}

// comment is a text in the thread: a comment, or the issue's own.
type comment struct {
	ID        int64 // 0 for the issue's own text
	Author    string
	Edited    string // by whom last; empty if never
	Body      template.HTML
	Source    string
	Title     string // of the issue; empty for comments
	Hash      string
	Form      string
	Boxes     bool // can be ticked
	Reactions []reaction
	MayEdit   bool
	Draft     bool // Source and Title were refused
}

// reaction is one kind of them, and who reacted so.
type reaction struct {
	Face, Who string
	Count     int
}

// thread puts texts and happenings in one order. Times are whole seconds; within
// one, people's doings come first, then texts, then what bots did upon them.
func (v *visit) thread(m moment, d draft) []entry {
	own := v.comment(m, sandbox.Comment{Author: m.issue.Author, Body: m.issue.Body, Reactions: m.reactions}, d)
	first := entry{Key: fmt.Sprintf("issue-%d", m.issue.ID), At: m.issue.CreatedAt, Comment: own}
	var rest []entry
	for _, c := range m.comments {
		rest = append(rest, entry{Key: fmt.Sprintf("issuecomment-%d", c.ID), At: c.CreatedAt, Comment: v.comment(m, c, d)})
	}
	rest = append(rest, events(m)...)
	slices.SortStableFunc(rest, func(a, b entry) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return a.turn() - b.turn()
	})
	return append([]entry{first}, rest...)
}

func (e entry) turn() int {
	switch {
	case e.Comment != nil:
		return 1
	case isBot(e.Event.Actor):
		return 2
	}
	return 0
}

func (v *visit) comment(m moment, c sandbox.Comment, d draft) *comment {
	out := &comment{
		ID: c.ID, Author: c.Author, Source: c.Body, Hash: markup.Digest(c.Body), Form: taskForm(c.ID),
		Reactions: gather(c.Reactions), Boxes: c.Author == v.me || v.may(sandbox.RoleWrite), Draft: d.target == c.ID,
	}
	out.MayEdit = out.Boxes || out.Draft // what was refused is shown all the same
	prefix := "user-content-"
	if c.ID == 0 {
		out.Title = m.issue.Title
	} else {
		prefix = fmt.Sprintf("comment-%d-", c.ID)
	}
	if len(c.Edits) > 0 {
		out.Edited = c.Edits[len(c.Edits)-1].By
	}
	o := v.markup(prefix)
	if o.Base, o.HardBreaks = "/"+v.repo+"/issues/", true; out.Boxes {
		o.Form = out.Form
	}
	out.Body = markup.Render(c.Body, o)
	if out.Draft {
		out.Source, out.Title = d.text, d.title
	}
	return out
}

// taskForm is the id of the form that ticks a text's boxes.
func taskForm(comment int64) string { return fmt.Sprintf("tasks-%d", comment) }

// markup is how this repository's texts are rendered.
func (v *visit) markup(prefix string) markup.Options {
	people := append(v.sb.Users(), v.sb.BotLogin())
	return markup.Options{
		Web: v.sb.WebURL(), Repo: v.repo, Prefix: prefix,
		User: func(login string) bool {
			return slices.ContainsFunc(people, func(p string) bool { return strings.EqualFold(p, login) })
		},
		Issue: func(repo string, number int) bool {
			name, ok := v.repository(repo)
			if !ok {
				return false
			}
			_, ok = v.sb.Issue(name, number)
			return ok
		},
	}
}

// faces are GitHub's reactions, in its order.
var faces = []struct{ content, face string }{
	{"+1", "👍"}, {"-1", "👎"}, {"laugh", "😄"}, {"hooray", "🎉"}, {"confused", "😕"}, {"heart", "❤️"}, {"rocket", "🚀"}, {"eyes", "👀"},
}

func gather(all []sandbox.Reaction) []reaction {
	var list []reaction
	for _, f := range faces {
		r := reaction{Face: f.face}
		for _, one := range all {
			if one.Content == f.content {
				if r.Count++; r.Who != "" {
					r.Who += ", "
				}
				r.Who += one.User
			}
		}
		if r.Count > 0 {
			list = append(list, r)
		}
	}
	return list
}
