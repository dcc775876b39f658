package sandbox

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// reference is an issue named in a text: #1, acme/shop#1. closing is one that a
// merge closes, by the words that GitHub knows.
//
// https://docs.github.com/en/issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue
var (
	reference = regexp.MustCompile(`(?:^|[\s(])([\w.-]+/[\w.-]+)?#(\d+)\b`)
	closing   = regexp.MustCompile(`(?i)\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+([\w.-]+/[\w.-]+)?#(\d+)\b`)
)

// refer puts a pull request on the timelines of the issues that its text or a
// comment on it names, once each. Those that other issues name get no entry here.
func (w *world) refer(a actor, source *issue, text string) {
	if !source.pull {
		return
	}
	for _, to := range w.named(reference, source, text) {
		known := slices.ContainsFunc(to.history, func(o *occurrence) bool { return o.kind == "cross-referenced" && o.other == source })
		if !known && to != source {
			w.occur(to, a, "cross-referenced", occurrence{other: source})
		}
	}
}

// named lists the issues that a text of another names.
func (w *world) named(pattern *regexp.Regexp, source *issue, text string) []*issue {
	var list []*issue
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		r := source.repo
		if m[1] != "" {
			r = w.names[fold(strings.TrimSpace(m[1]))]
		}
		number, _ := strconv.Atoi(m[2])
		if r == nil {
			continue
		}
		if i := r.issues[number]; i != nil && i.present() && !i.pull {
			list = append(list, i)
		}
	}
	return list
}

// crossReferenceJSON is the schema timeline-cross-referenced-event.
func (w *world) crossReferenceJSON(o *occurrence) object {
	source := w.issueJSON(o.other)
	source["repository"] = w.repoJSON(o.other.repo)
	return object{
		"event": o.kind, "actor": w.userJSON(o.actor), "created_at": stamp(o.at), "updated_at": stamp(o.at),
		"source": object{"type": "issue", "issue": source},
	}
}

// MergePull merges a pull request, which closes it and the issues that its text
// says it closes. It needs write.
func (p *Person) MergePull(repoName string, number int) error {
	return p.on(repoName, number, func(w *world, a actor, i *issue) error {
		if err := a.need(i.repo, RoleWrite); err != nil {
			return err
		}
		if !i.pull || i.state != "open" {
			return errNotFound
		}
		i.merged = w.now()
		w.setState(a, i, "closed", nil)
		for _, to := range w.named(closing, i, i.body) {
			if to.state == "open" && a.may(to.repo, RoleTriage) {
				w.setState(a, to, "closed", nil)
			}
		}
		return nil
	})
}

// Draft makes a pull request a draft, or with false ready for review.
func (p *Person) Draft(repoName string, number int, draft bool) error {
	return p.on(repoName, number, func(_ *world, a actor, i *issue) error {
		if err := a.needOwn(i.repo, i.author, RoleWrite); err != nil {
			return err
		}
		i.draft = draft
		return nil
	})
}
