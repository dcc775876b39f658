package handlers

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

var (
	happened = time.Date(2026, 11, 23, 12, 5, 0, 0, time.UTC)
	created  = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

// TestWhatIsHandedOn shows what becomes of each delivery: the events, by their
// types and what tells them apart, and about whom GitHub is asked.
func TestWhatIsHandedOn(t *testing.T) {
	t.Parallel()
	jon, sam := object{"sender": person(2, "jon")}, object{"sender": person(3, "sam")}
	commanding := but(incident, object{"body": "/incident severity P1", "user": person(3, "sam")})
	at := func(c object) object {
		return but(c, object{"created_at": "2026-11-23T12:05:00Z", "updated_at": "2026-11-23T12:05:00Z"})
	}
	comment := func(by object, body string) object {
		return object{"comment": at(commented(by, body)["comment"].(object))}
	}
	from := func(text string) object { return object{"changes": object{"body": object{"from": text}}} }
	ticked := strings.Replace(checklistText, "[ ]", "[x]", 1)
	for name, tc := range map[string]struct {
		event, action string
		more          object
		want          string
		asked         string
	}{
		"opened by somebody trusted": {"issues", "opened", about(incident), "Declared{Trusted:true Labeled:false}, Commanded{Comment:0 Commands:[] Permission:no}", "maya"},
		"opened by a stranger":       {"issues", "opened", about(incident, jon), "Declared{Trusted:false Labeled:false}, Commanded{Comment:0 Commands:[] Permission:no}", "jon"},
		"opened by another bot":      {"issues", "opened", about(incident, object{"sender": otherBot}), "Declared{Trusted:false Labeled:false}, Commanded{Comment:0 Commands:[] Permission:no}", ""},
		"opened by the App":          {"issues", "opened", about(incident, object{"sender": theBot}), "", ""},
		"opened with a command":      {"issues", "opened", about(commanding, jon), "Declared{Trusted:false Labeled:false}, Commanded{Comment:0 Commands:[severity] Permission:triage}", "jon, sam"},
		"a stranger's command":       {"issues", "opened", about(but(commanding, object{"user": person(2, "jon")})), "Declared{Trusted:true Labeled:false}, Commanded{Comment:0 Commands:[] Permission:no}", "maya, jon"},
		"labelled incident":          {"issues", "labeled", about(incident, labelled("Incident"), sam), "Declared{Trusted:true Labeled:true}, Commanded{Comment:0 Commands:[] Permission:no}", "sam"},
		"labelled with a severity":   {"issues", "labeled", about(incident, labelled("P1"), jon), "Labeled{Label:P1 Trusted:false}", "jon"},
		"severity taken off":         {"issues", "unlabeled", about(incident, labelled("P1")), "Unlabeled{Label:P1}", ""},
		"deleted":                    {"issues", "deleted", about(incident), "Deleted{}", ""},
		"transferred to where the App is": {"issues", "transferred", about(incident, goes(8)),
			"Transferred{To:8/80 Place:{5 acme site 42 false https://github.com/acme/shop/issues/42} Labeled:true}", ""},
		"transferred to where it is not":      {"issues", "transferred", about(incident, goes(9)), "MovedAway{To:9/80 URL:https://github.com/acme/shop/issues/42}", ""},
		"transferred to it is not said where": {"issues", "transferred", about(incident), "", ""},
		"transferred here with its label": {"issues", "opened", about(incident, comes(7)),
			"Transferred{To:7/70 Place:{5 acme shop 42 true https://github.com/acme/shop/issues/42} Labeled:true}, Declared{Trusted:true Labeled:false}, Commanded{Comment:0 Commands:[] Permission:no}", "maya"},
		"transferred here without": {"issues", "opened", about(other, comes(7)),
			"Transferred{To:7/72 Place:{5 acme shop 42 true https://github.com/acme/shop/issues/42} Labeled:false}", ""},
		"a follow-up transferred": {"issues", "transferred", about(followUp, goes(8)),
			"FollowUpMoved{Issue:71 ID:80 Number:42 URL:https://github.com/acme/shop/issues/42 Home:{8 acme site}}", ""},
		"repository renamed": {"repository", "renamed", object{"repository": object{"id": 7, "name": "store", "html_url": "https://github.com/acme/store", "owner": object{"login": "acme"}}},
			"Moved{To:{5 acme store 0 false }}", ""},
		"label deleted":               {"label", "deleted", labelled("P1"), "LabelsTouched{}", ""},
		"incident taken off":          {"issues", "unlabeled", about(issueOf(70), labelled("incident")), "Undeclared{}", ""},
		"edited, nobody knows how":    {"issues", "edited", about(incident), "Edited{Ticks:[]}", ""},
		"edited, nothing ticked":      {"issues", "edited", about(incident, from("It was slow.")), "Edited{Ticks:[]}", ""},
		"edited, an item ticked":      {"issues", "edited", about(but(incident, object{"body": "- [x] ask the bank"}), from("- [ ] ask the bank")), "Edited{Ticks:[ask the bank=true]}", ""},
		"closed":                      {"issues", "closed", about(but(incident, object{"state_reason": "not_planned"})), "Closed{Reason:not planned}", ""},
		"reopened":                    {"issues", "reopened", about(incident), "Reopened{}", ""},
		"assigned":                    {"issues", "assigned", about(incident, object{"assignee": person(2, "jon")}), "Assigned{Login:jon Off:false}", ""},
		"unassigned":                  {"issues", "unassigned", about(incident, object{"assignee": person(2, "jon")}), "Assigned{Login:jon Off:true}", ""},
		"a follow-up closed":          {"issues", "closed", about(but(followUp, object{"state": "closed"})), "FollowUpChanged 71 closed=true deleted=false", ""},
		"a follow-up given a date":    {"issues", "edited", about(but(followUp, object{"body": "- Due: 2026-12-01"}), from("It is slow.")), "FollowUpChanged 71 closed=false deleted=false due=2026-12-01", ""},
		"a follow-up's date deleted":  {"issues", "edited", about(followUp, from("- Due: 2026-12-01")), "FollowUpChanged 71 closed=false deleted=false due=0001-01-01", ""},
		"a follow-up's priority":      {"issues", "labeled", about(followUp, labelled("p0")), "FollowUpChanged 71 closed=false deleted=false priority=P0", ""},
		"one of two priorities off":   {"issues", "unlabeled", about(followUp, labelled("P2")), "FollowUpChanged 71 closed=false deleted=false priority=P1", ""},
		"its only priority off":       {"issues", "unlabeled", about(issueOf(71, "incident-follow-up"), labelled("P1")), "FollowUpChanged 71 closed=false deleted=false", ""},
		"a follow-up deleted":         {"issues", "deleted", about(followUp), "FollowUpChanged 71 closed=false deleted=true", ""},
		"somebody else's follow-up":   {"issues", "closed", about(but(followUp, object{"id": 79})), "", ""},
		"a command":                   {"issue_comment", "created", about(incident, comment(person(3, "sam"), "/incident status"), sam), "Commanded{Comment:80 Commands:[status] Permission:triage}", "sam"},
		"commands of a stranger":      {"issue_comment", "created", about(incident, comment(person(2, "jon"), "/postmortem\n/incident help"), jon), "Commanded{Comment:80 Commands:[postmortem help] Permission:no}", "jon"},
		"a command in a code block":   {"issue_comment", "created", about(incident, comment(person(2, "jon"), "```\n/incident status\n```"), jon), "", ""},
		"a tick":                      {"issue_comment", "edited", about(incident, comment(theBot, ticked), from(checklistText), jon), "Ticked{Changes:[triage.data=true] Trusted:true}", ""},
		"a tick by another bot":       {"issue_comment", "edited", about(incident, comment(theBot, ticked), from(checklistText), object{"sender": otherBot}), "Ticked{Changes:[triage.data=true] Trusted:false}", ""},
		"an edit that says no more":   {"issue_comment", "edited", about(incident, comment(theBot, ticked)), "", ""},
		"the checklist deleted":       {"issue_comment", "deleted", about(incident, comment(theBot, checklistText)), "ChecklistDeleted{CommentID:80}", ""},
		"a comment deleted":           {"issue_comment", "deleted", about(incident, comment(person(2, "jon"), "words")), "", ""},
		"the wiki touched":            {"gollum", "", object{}, "WikiTouched{}", ""},
		"a sub-issue":                 {"sub_issues", "sub_issue_added", below(incident), "Noted{What:sub-issue #42 linked}", ""},
		"a sub-issue no more":         {"sub_issues", "sub_issue_removed", below(incident), "Noted{What:sub-issue #42 taken away}", ""},
		"a sub-issue of nothing":      {"sub_issues", "sub_issue_removed", object{"sub_issue": incident}, "", ""},
		"an action that says nothing": {"issues", "pinned", about(incident), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base, recorded, github := newBase()
			recorded.waiting = "no wiki"
			err := handlerOf(t, base, tc.event).Handle(t.Context(), tc.event, "guid", payloadOf(t, tc.action, tc.more))
			if err != nil {
				t.Fatal(err)
			}
			if have := events(recorded); have != tc.want {
				t.Errorf("handed on %s\nwant %s", have, tc.want)
			}
			if have := strings.ReplaceAll(strings.Join(github.asked, ", "), " in acme/shop", ""); have != tc.asked {
				t.Errorf("asked about %q, want %q", have, tc.asked)
			}
			for _, step := range recorded.steps {
				if step.Key != incidentKey || step.Meta.Delivery != "guid" || recorded.delivery != "guid" {
					t.Errorf("recorded %+v for delivery %q", step, recorded.delivery)
				}
			}
		})
	}
}

// events lists what was handed on, as short as tells one from another.
func events(m *memory) string {
	var out []string
	for _, step := range m.steps {
		switch ev := step.Event.(type) {
		case workflow.Commanded:
			var verbs []string
			for _, c := range ev.Commands {
				verbs = append(verbs, string(c.Verb))
			}
			out = append(out, fmt.Sprintf("Commanded{Comment:%d Commands:%v Permission:%s}", ev.Comment, verbs, ev.Permission))
		case workflow.FollowUpChanged:
			text := fmt.Sprintf("FollowUpChanged %d closed=%t deleted=%t", ev.Issue, ev.Closed, ev.Deleted)
			if ev.Due != nil {
				text += " due=" + ev.Due.Format(time.DateOnly)
			}
			if ev.Priority != nil {
				text += " priority=" + *ev.Priority
			}
			out = append(out, text)
		default:
			out = append(out, shortened(reflect.ValueOf(ev)))
		}
	}
	return strings.Join(out, ", ")
}

// shortened prints an event with its changes as item=ticked.
func shortened(ev reflect.Value) string {
	var fields []string
	for n := range ev.NumField() {
		name, f := ev.Type().Field(n).Name, ev.Field(n)
		if f.Kind() != reflect.Slice {
			fields = append(fields, fmt.Sprintf("%s:%v", name, f))
			continue
		}
		var items []string
		for i := range f.Len() {
			c := f.Index(i)
			id := c.FieldByName("ID").String()
			if id == "" {
				id = c.FieldByName("Text").String()
			}
			items = append(items, fmt.Sprintf("%s=%v", id, c.FieldByName("Ticked")))
		}
		fields = append(fields, fmt.Sprintf("%s:%v", name, items))
	}
	return ev.Type().Name() + "{" + strings.Join(fields, " ") + "}"
}

func TestWhoWhenAndWhere(t *testing.T) {
	t.Parallel()
	base, recorded, _ := newBase()
	body := payloadOf(t, "closed", about(but(incident, object{"title": " Slow\n\x00" + strings.Repeat("é", 10_000)}), object{"sender": person(2, "jon")}))
	if err := (&Issues{base}).Handle(t.Context(), "issues", "guid", body); err != nil {
		t.Fatal(err)
	}
	meta := recorded.steps[0].Meta
	if meta.By != (workflow.Person{ID: 2, Login: "jon"}) || !meta.At.Equal(happened) || meta.URL != "https://github.com/acme/shop/issues/42" {
		t.Errorf("by %+v at %s, see %s", meta.By, meta.At, meta.URL)
	}
	s := meta.Issue
	want := workflow.Place{Installation: 5, Owner: "acme", Repo: "shop", Number: 42, Private: true, URL: meta.URL}
	if s.Place != want || s.Author.Login != "maya" || !s.Created.Equal(created) || s.Closed || !slices.Equal(s.Labels, []string{"INCIDENT", "bug"}) {
		t.Errorf("the issue is %+v", s)
	}
	if n := len([]rune(s.Title)); n != maxTitle || strings.ContainsAny(s.Title, "\n\r") {
		t.Errorf("the title has %d characters: %.30q", n, s.Title)
	}
}

func TestAWikiThatNobodyWaitsFor(t *testing.T) {
	t.Parallel()
	base, recorded, _ := newBase()
	if err := (&Gollum{base}).Handle(t.Context(), "gollum", "guid", payloadOf(t, "", object{})); err != nil {
		t.Fatal(err)
	}
	if len(recorded.steps) > 0 || recorded.delivery != "guid" {
		t.Errorf("recorded %+v for delivery %q", recorded.steps, recorded.delivery)
	}
}

var errDown = errors.New("GitHub is down")

// What the decision needs and GitHub does not say stops the delivery, which is
// then tried again: nothing is recorded of it.
func TestNothingRunsOnAGuess(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		event, action string
		more          object
	}{
		"who declared":        {"issues", "opened", about(incident)},
		"who classified":      {"issues", "labeled", about(incident, labelled("P1"))},
		"who commands":        {"issue_comment", "created", about(incident, commented(person(3, "sam"), "/incident status"))},
		"who the App is":      {"gollum", "", object{}},
		"whose sub-issue":     {"sub_issues", "sub_issue_added", below(incident)},
		"who closed":          {"issues", "closed", about(incident)},
		"whose follow-up":     {"issues", "closed", about(followUp)},
		"who edited the list": {"issue_comment", "edited", about(incident, commented(theBot, checklistText))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base, recorded, github := newBase()
			github.fails = errDown
			err := handlerOf(t, base, tc.event).Handle(t.Context(), tc.event, "guid", payloadOf(t, tc.action, tc.more))
			if !errors.Is(err, errDown) || len(recorded.steps) > 0 {
				t.Errorf("it ended with %v and recorded %+v", err, recorded.steps)
			}
		})
	}
	t.Run("nor without the store", func(t *testing.T) {
		t.Parallel()
		for event, more := range map[string]object{"issues": about(followUp), "gollum": {}} {
			base, recorded, _ := newBase()
			recorded.fails = errDown
			h := handlerOf(t, base, event)
			if err := h.Handle(t.Context(), event, "guid", payloadOf(t, "closed", more)); !errors.Is(err, errDown) {
				t.Errorf("%s ended with %v", event, err)
			}
		}
		base, recorded, _ := newBase()
		recorded.fails = errDown
		if _, _, err := (&Gollum{base}).Route(t.Context(), "gollum", payloadOf(t, "", object{})); !errors.Is(err, errDown) {
			t.Errorf("routing ended with %v", err)
		}
	})
}

func TestGivingUpAnIncident(t *testing.T) {
	t.Parallel()
	base, recorded, github := newBase()
	github.fails = errDown
	for action, more := range map[string]object{
		"closed": about(incident), "labeled": about(incident, labelled("P1")), "opened": about(other),
	} {
		if err := (&Issues{base}).GiveUp(context.Background(), "issues", "guid", payloadOf(t, action, more)); err != nil || len(recorded.steps) > 0 {
			t.Errorf("%s: recorded %+v, %v", action, recorded.steps, err)
		}
	}
	more := about(but(incident, object{"body": "/incident severity P1"}))
	if err := (&Issues{base}).GiveUp(context.Background(), "issues", "guid", payloadOf(t, "opened", more)); err != nil {
		t.Fatal(err)
	}
	if have := events(recorded); have != "Declared{Trusted:false Labeled:false}, CommandsFailed{Comment:0}" || recorded.delivery != "" {
		t.Errorf("recorded %s for delivery %q", have, recorded.delivery)
	}
}

func TestRanks(t *testing.T) {
	t.Parallel()
	base, _, github := newBase()
	for login, want := range map[string]command.Permission{"maya": command.Write, "sam": command.Triage, "jon": command.None, "": command.None} {
		have, err := base.permission(t.Context(), payload{Issue: &issue{}}, user{ID: 1, Login: login, Type: "User"})
		if have != want || err != nil {
			t.Errorf("%s may %s, want %s: %v", login, have, want, err)
		}
	}
	if have, err := base.permission(t.Context(), payload{Issue: &issue{}}, user{ID: 1, Login: "maya", Type: "Bot"}); have != command.None || err != nil {
		t.Errorf("a bot may %s: %v", have, err)
	}
	if slices.Contains(github.asked, " in /") {
		t.Error("asked about nobody")
	}
}

// A delivery may be older than the place that it names: the App was installed
// anew, or the repository renamed, and the incident knows.
func TestPermissionsAreAskedForWhereTheRepositoryIsNow(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		known   bool
		placeAt time.Time
		want    string
	}{
		"nothing is known":              {false, happened, "maya in acme/shop"},
		"what is known is older":        {true, happened.Add(-time.Hour), "maya in acme/shop"},
		"what is known is from then":    {true, happened, "maya in acme/shop"},
		"what is known is newer":        {true, happened.Add(time.Hour), "maya in acme/store"},
		"nothing is known of its place": {true, time.Time{}, "maya in acme/shop"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base, recorded, github := newBase()
			recorded.known, recorded.place, recorded.placeAt = tc.known, workflow.Place{Owner: "acme", Repo: "store"}, tc.placeAt
			p := payload{Issue: &issue{UpdatedAt: happened}}
			p.Repository.Owner.Login, p.Repository.Name = "acme", "shop"
			if _, err := base.permission(t.Context(), p, user{ID: 1, Login: "maya", Type: "User"}); err != nil || !slices.Equal(github.asked, []string{tc.want}) {
				t.Errorf("asked %q, want %q: %v", github.asked, tc.want, err)
			}
		})
	}
}
