package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/workflow"
)

// thread is a past that has comments, by their ids, and says what it was asked.
type thread struct {
	noPast
	list  []object
	fails error
	asked []string
}

func (th *thread) Comment(_ context.Context, at workflow.Place, id int64) (json.RawMessage, error) {
	th.asked = append(th.asked, fmt.Sprintf("%s/%s %d", at.Owner, at.Repo, id))
	if th.fails != nil {
		return nil, th.fails
	}
	for _, c := range th.list {
		if c["id"] == id {
			return json.Marshal(c)
		}
	}
	return nil, workflow.ErrUnknown
}

func (th *thread) Comments(_ context.Context, _ workflow.Place, page int) (out []json.RawMessage, err error) {
	th.asked = append(th.asked, fmt.Sprint("page ", page))
	for n, c := range th.list {
		if n/100 == page-1 {
			text, _ := json.Marshal(c)
			out = append(out, text)
		}
	}
	return out, th.fails
}

func saying(id int64, by object, issue int, body string) object {
	return object{
		"id": id, "body": body, "user": by, "html_url": fmt.Sprintf("https://github.com/acme/shop/issues/%d#issuecomment-%d", issue, id),
		"issue_url":  fmt.Sprintf("https://api.github.com/repos/acme/shop/issues/%d", issue),
		"created_at": fmt.Sprintf("2026-11-23T11:%02d:00Z", id), "updated_at": "2026-11-23T12:00:00Z",
	}
}

// TestWhereEntriesAreTakenFrom gives commands in a comment and shows what is found
// of the comments that they take.
func TestWhereEntriesAreTakenFrom(t *testing.T) {
	t.Parallel()
	jon := person(2, "jon")
	long := strings.Repeat("and on ", 100)
	list := []object{
		saying(10, jon, 42, "Rolled **back** to [4410](https://x.example/a)."),
		saying(11, person(4, "ada"), 42, "> Rolled back to 4410.\n\nThanks, that helped!\n\n/incident status"),
		saying(12, jon, 4, "Elsewhere."),
		saying(13, theBot, 42, "The checklist"),
		saying(14, otherBot, 42, "<!-- seen by nobody --> # Alert\n- error rate\n- 12 %"),
		saying(15, jon, 42, "maya@acme.example knows "+long),
		saying(16, jon, 42, "> only what somebody said"),
		saying(17, jon, 42, "ok, more or less"), saying(18, jon, 42, "OK!"), saying(19, jon, 42, "Alert: see [log](https://x.example/b), twice"),
	}
	const link = "https://github.com/acme/shop/issues/42#issuecomment-"
	for name, tc := range map[string]struct{ body, want, asked string }{
		"linked":                  {"/incident timeline " + link + "10", "11:10 jon: Rolled back to 4410.", "acme/shop 10"},
		"linked, with words":      {"/incident timeline " + link + "10 it was rolled back", "11:10 jon: Rolled back to 4410.", "acme/shop 10"},
		"what it says itself":     {"/incident timeline " + link + "11", "11:11 ada: Thanks, that helped!", "acme/shop 11"},
		"what it says unseen":     {"/incident timeline " + link + "14", "11:14 alerts[bot]: Alert error rate 12 %", "acme/shop 14"},
		"it only quotes":          {"/incident timeline " + link + "16", "11:16 jon: > only what somebody said", "acme/shop 16"},
		"long, and redacted":      {"/incident timeline #issuecomment-15", "11:15 jon: [redacted: e-mail] knows " + long[:maxExcerpt-len("[redacted: e-mail] knows ")-1] + "…", "acme/shop 15"},
		"of another issue":        {"/incident timeline https://github.com/acme/shop/issues/4#issuecomment-12", "not on this issue", "acme/shop 12"},
		"said to be of this":      {"/incident timeline " + link + "12", "not on this issue", "acme/shop 12"},
		"of another repository":   {"/incident timeline https://github.com/acme/secret/issues/42#issuecomment-29", "not on this issue", "acme/shop 29"},
		"deleted":                 {"/incident timeline " + link + "29", "is not there", "acme/shop 29"},
		"Firebreak's":             {"/incident timeline " + link + "13", "Firebreak's own", "acme/shop 13"},
		"asked for twice":         {"/incident timeline #issuecomment-10\n/incident timeline #issuecomment-10 again", "11:10 jon: Rolled back to 4410.", "acme/shop 10"},
		"quoted":                  {"> rolled back to\n> 4410\n\n/incident timeline", "11:10 jon: rolled back to 4410", "page 1"},
		"quoted with its link":    {"> rolled back to [4410](https://x.example/a).\n\n/incident timeline", "11:10 jon: rolled back to 4410.", "page 1"},
		"quoted around a link":    {"> alert: see log, twice\n\n/incident timeline", "11:19 jon: alert: see log, twice", "page 1"},
		"quoted of two, the last": {"> OK\n\n/incident timeline", "11:18 jon: OK", "page 1"},
		"quoted of no comment":    {"> rolled forward\n\n/incident timeline", "nobody: rolled forward", "page 1"},
		"quoted of the issue":     {"> It is _slow_.\n\n/incident timeline", "12:00 maya: It is _slow_.", "page 1"},
		"quoted what is redacted": {"> maya@acme.example knows and on\n\n/incident timeline", "11:15 jon: [redacted: e-mail] knows and on", "page 1"},
		"quoted without words":    {"> 🔥\n\n/incident timeline", "nobody: 🔥", "page 1"},
		"nothing to look up":      {"/incident timeline rolled back", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			base, recorded, _ := newBase()
			past := &thread{list: list}
			gate, err := redact.New()
			if err != nil {
				t.Fatal(err)
			}
			base.Past, base.Gate = past, gate
			c := saying(50, person(1, "maya"), 42, tc.body)
			body := payloadOf(t, "created", object{"issue": but(incident, object{"comments": 10}), "comment": c})
			if err := handlerOf(t, base, "issue_comment").Handle(t.Context(), "issue_comment", "guid", body); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range recorded.steps[0].Event.(workflow.Commanded).Said {
				who := "nobody"
				if !s.At.IsZero() {
					who = s.At.Format("15:04 ") + s.By.Login
				}
				got = append(got, who+": "+s.Text+s.Problem)
			}
			if have := strings.Join(got, "\n"); !strings.Contains(have, tc.want) || (have == "") != (tc.want == "") {
				t.Errorf("found\n%s\nwant\n%s", have, tc.want)
			}
			if diff := cmp.Diff(tc.asked, strings.Join(past.asked, ", ")); diff != "" {
				t.Errorf("asked for (-want +have):\n%s", diff)
			}
		})
	}
}

// What cannot be asked for is tried again with the delivery; a stranger's comment
// has nothing looked up, and one comment only so much.
func TestLookingUpIsBounded(t *testing.T) {
	t.Parallel()
	handle := func(past *thread, by object, text string) (*memory, error) {
		base, recorded, _ := newBase()
		base.Past = past
		body := payloadOf(t, "created", object{"issue": but(incident, object{"comments": 950}), "comment": saying(50, by, 42, text), "sender": by})
		return recorded, handlerOf(t, base, "issue_comment").Handle(t.Context(), "issue_comment", "guid", body)
	}
	maya, down := person(1, "maya"), errors.New("GitHub is down")
	for _, text := range []string{"/incident timeline #issuecomment-7", "> a quote of more\n\n/incident timeline"} {
		if recorded, err := handle(&thread{fails: down}, maya, text); !errors.Is(err, down) || len(recorded.steps) != 0 {
			t.Errorf("%q: %v, and recorded %v", text, err, recorded.steps)
		}
	}
	past := &thread{}
	if _, err := handle(past, person(4, "stranger"), "/incident timeline #issuecomment-7"); err != nil || len(past.asked) != 0 {
		t.Errorf("for a stranger it asked for %q, %v", past.asked, err)
	}
	past = &thread{}
	if _, err := handle(past, maya, "> a quote of more\n\n/incident timeline"); err != nil || strings.Join(past.asked, ", ") != "page 10, page 9, page 8" {
		t.Errorf("for a quote it asked for %q, %v", past.asked, err)
	}
	text := ""
	for n := range 30 {
		text += fmt.Sprintf("/incident timeline #issuecomment-%d\n", 100+n)
	}
	past = &thread{}
	recorded, err := handle(past, maya, text)
	if err != nil || len(past.asked) != maxPromoted {
		t.Fatalf("it asked for %q, %v", past.asked, err)
	}
	if said := recorded.steps[0].Event.(workflow.Commanded).Said; len(said) != 30 || !strings.Contains(said[29].Problem, "puts 10 others") {
		t.Errorf("said %+v", said)
	}
}

// GitHub's timeline may have whom an issue was assigned to for the actor.
func TestWhoAssigned(t *testing.T) {
	t.Parallel()
	maya, jon := user{ID: 1, Login: "maya"}, user{ID: 2, Login: "jon"}
	if got := (entry{Event: "assigned", Actor: jon, Assigner: maya}).by(); got != maya {
		t.Errorf("assigned by %s", got.Login)
	}
	if got := (entry{Event: "assigned", Actor: jon}).by(); got != jon {
		t.Errorf("assigned by %s, where nobody else is named", got.Login)
	}
}

// A comment says what it says, whatever it is written in.
func FuzzAQuoteOfAComment(f *testing.F) {
	for _, s := range []string{"", "rolled back", "a **b** [c](https://x.example/d \"e\") `f` # g\n- [ ] h", "> a\nb", "[redacted: code] and so on and on", "![](](()", "<!-- a --> b\n/incident status"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if !utf8.ValidString(body) {
			return
		}
		own := quotedLine.ReplaceAllString(body, "")
		few := len(letters(webLink.ReplaceAllString(gap.ReplaceAllString(own, ""), "$1"))) < shortQuote
		if said := quoting(own)(body); !said && !few {
			t.Errorf("%q does not say %q", body, own)
		}
		if text := plain(body); len(text) > len(body)+len(body)/2 {
			t.Errorf("plain(%q) grows to %q", body, text)
		}
	})
}
