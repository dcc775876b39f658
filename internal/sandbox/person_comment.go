package sandbox

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// Comment comments on an issue or pull request.
func (p *Person) Comment(repoName string, number int, body string) (id int64, err error) {
	err = p.on(repoName, number, func(w *world, a actor, i *issue) error {
		c, err := w.addComment(a, i, body)
		if err == nil {
			id = c.id
		}
		return err
	})
	return id, err
}

// EditComment replaces a comment's whole body, as the web does.
func (p *Person) EditComment(repoName string, id int64, body string) error {
	return p.about(repoName, id, func(w *world, a actor, c *comment) error { return w.editComment(a, c, body) })
}

// DeleteComment deletes a comment.
func (p *Person) DeleteComment(repoName string, id int64) error {
	return p.about(repoName, id, func(w *world, a actor, c *comment) error { return w.deleteComment(a, c) })
}

// React reacts to a comment: "+1", "eyes", …
func (p *Person) React(repoName string, id int64, content string) error {
	return p.about(repoName, id, func(w *world, a actor, c *comment) error {
		_, _, err := w.react(a, &c.reactions, content)
		return err
	})
}

// Tick ticks an item of a comment, or of the issue's body if the comment's id is
// 0: the task on the line with the hidden comment <!-- item -->, or, without such
// a line, on the first task line that contains item. It is an edit of the whole
// body as it now stands. Ticking what is ticked is an error.
func (p *Person) Tick(repoName string, number int, commentID int64, item string) error {
	return p.toggle(repoName, number, commentID, item, true)
}

// Untick is the opposite of Tick.
func (p *Person) Untick(repoName string, number int, commentID int64, item string) error {
	return p.toggle(repoName, number, commentID, item, false)
}

func (p *Person) toggle(repoName string, number int, commentID int64, item string, on bool) error {
	if commentID != 0 {
		return p.about(repoName, commentID, func(w *world, a actor, c *comment) error {
			body, err := toggled(c.body, item, on)
			if err != nil {
				return err
			}
			return w.editComment(a, c, body)
		})
	}
	return p.on(repoName, number, func(w *world, a actor, i *issue) error {
		body, err := toggled(i.body, item, on)
		if err != nil {
			return err
		}
		return w.editIssue(a, i, issueEdit{body: &body})
	})
}

// taskBox is a list item's box.
var taskBox = regexp.MustCompile(`^((?:\s|>)*(?:[-*+]|\d+[.)])\s+\[)([ xX])(\]\s)`)

func toggled(body, item string, on bool) (string, error) {
	lines := strings.SplitAfter(body, "\n")
	at := taskLine(lines, "<!-- "+item+" -->")
	if at < 0 {
		at = taskLine(lines, item)
	}
	if at < 0 {
		return "", &Error{Status: http.StatusUnprocessableEntity, Message: fmt.Sprintf("no task item %q", item)}
	}
	box := taskBox.FindStringSubmatch(lines[at])
	if (box[2] != " ") == on {
		return "", &Error{Status: http.StatusUnprocessableEntity, Message: fmt.Sprintf("item %q is so already", item)}
	}
	mark := " "
	if on {
		mark = "x"
	}
	lines[at] = box[1] + mark + box[3] + lines[at][len(box[0]):]
	return strings.Join(lines, ""), nil
}

func taskLine(lines []string, text string) int {
	for i, line := range lines {
		if strings.Contains(line, text) && taskBox.MatchString(line) {
			return i
		}
	}
	return -1
}
