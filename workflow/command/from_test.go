package command

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const commentLink = "https://github.com/acme/shop/issues/42#issuecomment-4101"

func TestTimelineTakesAComment(t *testing.T) {
	from := From{Comment: 4101, Issue: "acme/shop#42"}
	for name, tt := range map[string]struct {
		body string
		want []Entry
	}{
		"alone":                    {"/incident timeline " + commentLink, []Entry{{From: from}}},
		"as an autolink":           {"/incident timeline <" + commentLink + ">", []Entry{{From: from}}},
		"with words":               {"/incident timeline " + commentLink + " rolled back", []Entry{{From: from, Text: "rolled back"}}},
		"with another time":        {"/incident timeline " + commentLink + " | 11:22", []Entry{{From: from, When: instant("2026-11-23T11:22:00Z")}}},
		"the end of its address":   {"/incident timeline #issuecomment-7", []Entry{{From: From{Comment: 7}}}},
		"on a pull request":        {"/incident timeline https://ghe.acme.example/acme/shop/pull/9#issuecomment-7", []Entry{{From: From{Comment: 7, Issue: "acme/shop#9"}}}},
		"several":                  {"/incident timeline\n- " + commentLink + "\n- error rate falling", []Entry{{From: from}, {Text: "error rate falling"}}},
		"words before it":          {"/incident timeline see " + commentLink, []Entry{{Text: "see " + commentLink}}},
		"an issue":                 {"/incident timeline https://github.com/acme/shop/issues/42 was first", []Entry{{Text: "https://github.com/acme/shop/issues/42 was first"}}},
		"a word glued to it":       {"/incident timeline #issuecomment-7a", []Entry{{Text: "#issuecomment-7a"}}},
		"a number that is none":    {"/incident timeline #issuecomment-9999999999999999999", []Entry{{Text: "#issuecomment-9999999999999999999"}}},
		"another scheme":           {"/incident timeline ssh://github.com/acme/shop/issues/42#issuecomment-1", []Entry{{Text: "ssh://github.com/acme/shop/issues/42#issuecomment-1"}}},
		"quoted":                   {"> rolled back\n> to 4410\n\n/incident timeline", []Entry{{From: From{Quote: "rolled back\nto 4410"}}}},
		"quoted, at another time":  {"> rolled back\n\n/incident timeline | 11:22", []Entry{{From: From{Quote: "rolled back"}, When: instant("2026-11-23T11:22:00Z")}}},
		"quoted, with words below": {"> rolled back\n\nThat was it.\n\n/incident timeline", []Entry{{From: From{Quote: "rolled back"}}}},
		"what is quoted in it":     {"> > when?\n>\n> at noon\n\n/incident timeline", []Entry{{From: From{Quote: "at noon"}}}},
		"the last of two quotes":   {"> a\n\nb\n\n> c\n\n/incident timeline", []Entry{{From: From{Quote: "c"}}}},
		"quoted, and words":        {"> rolled back\n\n/incident timeline error rate falling", []Entry{{Text: "error rate falling"}}},
		"quoted, and a list":       {"> rolled back\n\n/incident timeline\n- error rate falling", []Entry{{Text: "error rate falling"}}},
		"a quote without its end":  {"> <!-- a\n\n/incident timeline b", []Entry{{Text: "b"}}},
		"a quoted command":         {"> /incident status\n\n/incident timeline", []Entry{{From: From{Quote: "/incident status"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, accepted(t, tt.body, at("2026-11-23T12:00:00Z")).Entries); diff != "" {
				t.Errorf("Parse(%q) (-want +got):\n%s", tt.body, diff)
			}
		})
	}
}

func TestWhatIsNoQuoteOfACommand(t *testing.T) {
	for name, body := range map[string]string{
		"a quote below":           "/incident timeline\n\n> a",
		"in code":                 "```\n> a\n```\n\n/incident timeline",
		"hidden":                  "<!--\n> a\n-->\n\n/incident timeline",
		"of the command before":   "> a\n\n/incident timeline b\n\n/incident timeline",
		"empty":                   ">\n> \n\n/incident timeline",
		"quotes another, no more": "> > a\n\n/incident timeline",
	} {
		got := Parse(body, at("2026-11-23T12:00:00Z"))
		if last := got[len(got)-1]; last.Problem == nil || !strings.Contains(last.Problem.Cause, "needs what happened") {
			t.Errorf("%s: Parse(%q) = %+v", name, body, got)
		}
	}
	if got := Parse("> a\n/incident timeline", at("2026-11-23T12:00:00Z")); got != nil {
		t.Errorf("a command that belongs to the quote runs: %+v", got)
	}
}
