package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
	"github.com/firebreak-app/firebreak/workflow/command/source"
	"github.com/firebreak-app/firebreak/workflow/markdown"
)

const (
	// maxPromoted bounds how many comments one comment puts on the timeline.
	maxPromoted = 10
	// maxExcerpt is how much of a comment a timeline entry shows, in characters.
	maxExcerpt = 300
)

// comments finds the comments of one issue.
type comments interface {
	// linked returns a comment by its id; nil if it is not there. Ours says that it
	// is on this issue.
	linked(ctx context.Context, id int64) (c *comment, ours bool, err error)
	// quoted returns the newest comment for which said holds, the issue's own text
	// for the oldest, of id 0; nil if there is none.
	quoted(ctx context.Context, said func(body string) bool) (*comment, error)
}

// said looks up the comments that timeline entries are taken from, each once, and
// adds what the gate took out of them to found.
func (b *Base) said(ctx context.Context, issue string, in comments, cmds []command.Command, found redact.Findings) ([]workflow.Said, error) {
	var out []workflow.Said
	known := map[command.From]bool{{}: true}
	for _, c := range cmds {
		for _, e := range c.Entries {
			if known[e.From] {
				continue
			}
			known[e.From] = true
			s := workflow.Said{Problem: fmt.Sprintf("One comment puts %d others on the timeline. Give the rest in a comment of their own.", maxPromoted)}
			if len(out) < maxPromoted {
				var err error
				if s, err = b.saidIn(ctx, issue, in, e.From, found); err != nil {
					return nil, fmt.Errorf("look up a comment: %w", err)
				}
			}
			s.From = e.From
			out = append(out, s)
		}
	}
	return out, nil
}

func (b *Base) saidIn(ctx context.Context, issue string, in comments, from command.From, found redact.Findings) (workflow.Said, error) {
	if from.Quote != "" {
		c, err := in.quoted(ctx, quoting(from.Quote))
		if err != nil {
			return workflow.Said{}, err
		}
		return b.excerpt(c, from.Quote, found)
	}
	c, ours, err := in.linked(ctx, from.Comment)
	switch {
	case err != nil:
		return workflow.Said{}, err
	case c != nil && !ours, c == nil && from.Issue != "" && !strings.EqualFold(from.Issue, issue):
		return workflow.Said{Problem: "That comment is not on this issue, and not everybody who reads the post-mortem need be allowed to read it. " +
			"Say in words what it says: `/incident timeline TEXT | WHEN`; the link may stand behind them."}, nil
	case c == nil:
		return workflow.Said{Problem: "That comment is not there: it was deleted, or the link is not whole. Say in words what it said: `/incident timeline TEXT | WHEN`."}, nil
	case b.own(c.User):
		return workflow.Said{Problem: "That comment is Firebreak's own. Say in words what happened: `/incident timeline TEXT | WHEN`."}, nil
	}
	return b.excerpt(c, c.Body, found)
}

// excerpt says whose a comment is and how the words begin that are taken from it;
// without a comment, the words alone.
func (b *Base) excerpt(c *comment, words string, found redact.Findings) (workflow.Said, error) {
	text, err := b.clean(words, found)
	if err != nil {
		return workflow.Said{}, err
	}
	text = plain(text)
	if err := b.again(&text); err != nil {
		return workflow.Said{}, err
	}
	s := workflow.Said{Text: markdown.Clip(strings.Join(strings.Fields(text), " "), maxExcerpt)}
	if s.Text == "" {
		s.Text = "a comment without words"
	}
	if c != nil {
		s.Comment, s.At, s.By, s.URL = c.ID, c.CreatedAt, c.User.person(), c.HTMLURL
	}
	return s, nil
}

var (
	quotedLine = regexp.MustCompile(`(?m)^ {0,3}>.*$`)
	// Of Markdown that shows as something else, what shows.
	webLink  = regexp.MustCompile(`!?\[([^\[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)`)
	lineMark = regexp.MustCompile(`(?m)^[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)`)
	emphasis = strings.NewReplacer("**", "", "__", "", "`", "")
)

// plain takes out of a comment's Markdown what it quotes, what nobody sees, its
// commands, and the marks around its words.
func plain(text string) string {
	doc := source.Read(text)
	text = doc.Visible(source.Span{Stop: len(doc.Source)})
	text = mayCommandLine.ReplaceAllString(text, "")
	if own := quotedLine.ReplaceAllString(text, ""); strings.TrimSpace(own) != "" {
		text = own
	}
	return emphasis.Replace(lineMark.ReplaceAllString(webLink.ReplaceAllString(text, "$1"), ""))
}

// mayCommandLine is mayCommand with the rest of its line.
var mayCommandLine = regexp.MustCompile(mayCommand.String() + `.*$`)

// shortQuote is how many letters of a quote are so few that they could be of any
// comment: one that says them and no more is meant.
const shortQuote = 8

// quoting returns what tells a comment that says the quoted words. Letters and
// digits alone count, so that neither Markdown nor white space matters; what the
// gate took out of the quote may be anything.
func quoting(words string) func(body string) bool {
	var parts []string
	size := 0
	for _, part := range gap.Split(words, -1) {
		if part = letters(part); part != "" {
			parts = append(parts, part)
			size += len(part)
		}
	}
	return func(body string) bool {
		own := letters(quotedLine.ReplaceAllString(body, ""))
		if size == 0 || size < shortQuote && own != strings.Join(parts, "") {
			return false
		}
		for _, part := range parts {
			_, after, said := strings.Cut(own, part)
			if !said {
				return false
			}
			own = after
		}
		return true
	}
}

// gap is what the gate puts in the place of what it takes out.
var gap = regexp.MustCompile(`\[redacted: [^\[\]]*\]`)

func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// liveComments are those on the issue of a delivery, before the comment that the
// delivery is about.
type liveComments struct {
	*Base
	p  payload
	at workflow.Place
}

// linked implements comments.
func (l liveComments) linked(ctx context.Context, id int64) (*comment, bool, error) {
	text, err := l.Past.Comment(ctx, l.at, id)
	if errors.Is(err, workflow.ErrUnknown) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	var c comment
	if err := json.Unmarshal(text, &c); err != nil || c.ID != id {
		return nil, false, errors.New("decode comment")
	}
	return &c, strings.HasSuffix(c.IssueURL, fmt.Sprintf("/issues/%d", l.at.Number)), nil
}

// quotedPages is how many hundreds of comments are looked through for a quote.
const quotedPages = 3

// quoted implements comments. It asks from the newest page back.
func (l liveComments) quoted(ctx context.Context, said func(string) bool) (*comment, error) {
	if l.p.Comment == nil {
		return nil, nil // the issue's own text quotes nobody here
	}
	last := (l.p.Issue.Comments + 99) / 100
	for page := last; page > max(0, last-quotedPages); page-- {
		list, err := l.Past.Comments(ctx, l.at, page)
		if err != nil {
			return nil, err
		}
		all := unpack[comment](list)
		for n := len(all) - 1; n >= 0; n-- {
			if c := all[n]; c.ID < l.p.Comment.ID && !l.own(c.User) && said(c.Body) {
				return &c, nil
			}
		}
	}
	return l.p.Issue.text(said), nil
}

// text is the issue's own text as a comment, if said holds for it; else nil.
func (i issue) text(said func(string) bool) *comment {
	if !said(i.Body) {
		return nil
	}
	return &comment{Body: i.Body, HTMLURL: i.HTMLURL, User: i.User, CreatedAt: i.CreatedAt}
}

// pastComments are those on the timeline that an incident is rebuilt from, before
// its nth entry; of 0, none.
type pastComments struct {
	*past
	nth int
}

// linked implements comments. All that the timeline has are on this issue; what
// it has not is gone, or never was here.
func (r pastComments) linked(_ context.Context, id int64) (*comment, bool, error) {
	for _, h := range r.all {
		if h.Event == "commented" && h.ID == id {
			return h.comment(), true, nil
		}
	}
	return nil, false, nil
}

// quoted implements comments.
func (r pastComments) quoted(_ context.Context, said func(string) bool) (*comment, error) {
	for n := r.nth - 1; n >= 0; n-- {
		if h := r.all[n]; h.Event == "commented" && !r.past.own(h.User) && said(h.Body) {
			return h.comment(), nil
		}
	}
	if r.nth == 0 {
		return nil, nil
	}
	return r.p.Issue.text(said), nil
}

func (h entry) comment() *comment {
	return &comment{ID: h.ID, Body: h.Body, HTMLURL: h.HTMLURL, User: h.User, CreatedAt: h.CreatedAt, UpdatedAt: h.UpdatedAt}
}
