package pages

import (
	"slices"
	"strconv"
	"strings"

	"github.com/firebreak-app/firebreak/internal/sandbox/pages/markup"
)

// tick ticks or unticks one box, which is an edit of the whole text.
func tick(v *visit) (fragment string, err error) {
	v.edits.Lock()
	defer v.edits.Unlock()
	id, now, err := v.target()
	if err != nil {
		return "", err
	}
	to, rest, _ := strings.Cut(v.field("task"), ".")
	number, line, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(number)
	if err != nil || to != "on" && to != "off" {
		return "", errUnknown
	}
	next, err := ticked(now, n, line, v.field("hash"), to == "on")
	if err != nil {
		return "", err
	}
	fragment = "#" + markup.BoxID(taskForm(id), n)
	if next == now {
		return fragment, nil // somebody was faster
	}
	_, err = v.saveText(id, "", next)
	return fragment, err
}

// ticked gives the text with a box set: the nth if the text is still the one that
// the page showed, and else the one whose line is still the same.
func ticked(now string, n int, line, hash string, done bool) (string, error) {
	tasks := markup.Tasks(now)
	is := func(t markup.Task) bool { return t.Line == line }
	if markup.Digest(now) != hash {
		if n = slices.IndexFunc(tasks, is); n < 0 || slices.ContainsFunc(tasks[n+1:], is) {
			return "", errStale
		}
	}
	if n < 0 || n >= len(tasks) || !is(tasks[n]) {
		return "", errStale
	}
	if tasks[n].Done == done {
		return now, nil
	}
	return tasks[n].Set(now, done), nil
}
