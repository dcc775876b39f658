package command

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// found gives a comment's commands as "line verb", which is what these tests are about.
func found(body string) []string {
	var got []string
	for _, c := range Parse(body, at("2026-11-23T12:00:00Z")) {
		got = append(got, fmt.Sprintf("%d %s", c.Line, c.Verb))
	}
	return got
}

func TestParseFindsCommandsInPlainTextOnly(t *testing.T) {
	const s = "/incident status"
	tests := map[string]struct {
		body string
		want []string
	}{
		"nothing":                              {"", nil},
		"alone":                                {s, []string{"1 status"}},
		"among prose":                          {"All down.\n\n" + s + "\n\nMore.", []string{"3 status"}},
		"several, in order":                    {s + "\n/postmortem\n" + s, []string{"1 status", "2 postmortem", "3 status"}},
		"right below prose":                    {"All down.\n" + s, []string{"2 status"}},
		"right above prose":                    {s + "\nAll down.", []string{"1 status"}},
		"three spaces before":                  {"   " + s, []string{"1 status"}},
		"three spaces before, below prose":     {"down\n   " + s, []string{"2 status"}},
		"four spaces before":                   {"    " + s, nil},
		"four spaces before, below prose":      {"down\n    " + s, nil},
		"a tab before":                         {"\t" + s, nil},
		"a no-break space before":              {"\u00a0" + s, nil},
		"any case":                             {"/InCident STATUS\n/POSTMORTEM", []string{"1 status", "2 postmortem"}},
		"a no-break space between":             {"/incident\u00a0status", []string{"1 status"}},
		"tabs and spaces between and after":    {"/incident \t status \t", []string{"1 status"}},
		"CRLF":                                 {"down\r\n\r\n" + s + "\r\n/postmortem\r\n", []string{"3 status", "4 postmortem"}},
		"CR alone":                             {"down\r\r" + s, []string{"3 status"}},
		"a colon after the verb":               {"/incident status:", []string{"1 status"}},
		"in the middle of a line":              {"please " + s, nil},
		"longer words":                         {"/incidents status\n/incidentally\n/postmortems\n/postmortem.", nil},
		"other spellings":                      {"/post-mortem\n/inc status\n/ incident status", nil},
		"other bots' commands":                 {"/lgtm\n/assign @jon\n/label incident\n/close", nil},
		"letters that only look alike":         {"/po\u017ftmortem\n/\u0456ncident status", nil},
		"escaped":                              {`\/incident status`, nil},
		"a heading":                            {"# " + s, nil},
		"underlined":                           {s + "\n---\nsent from my phone", []string{"1 status"}},
		"a list item":                          {"- " + s + "\n1. " + s, nil},
		"below a list item":                    {"- a\n" + s, []string{"2 status"}},
		"indented below a list item":           {"1. a\n   " + s, []string{"2 status"}},
		"deep below a list item":               {"- a\n  - b\n    " + s, nil},
		"a quote":                              {"> " + s, nil},
		"a quote without space":                {">" + s, nil},
		"a quote in a quote":                   {"> > " + s, nil},
		"a quote's last line without its mark": {"> they said\n" + s, nil},
		"after a quote":                        {"> they said\n\n" + s, []string{"3 status"}},
		"a list in a quote":                    {"> - a\n>   " + s, nil},
		"a fence":                              {"```\n" + s + "\n```", nil},
		"a fence of tildes":                    {"~~~ sh\n" + s + "\n~~~", nil},
		"a fence with a shorter one inside":    {"````\n```\n" + s + "\n````", nil},
		"a fence with the other kind inside":   {"```\n~~~\n```\n" + s + "\n~~~", []string{"4 status"}},
		"a fence never closed":                 {"```\n" + s + "\n\n" + s, nil},
		"a fence with blank lines":             {"```\n\n" + s + "\n\n```", nil},
		"a fence in a list item":               {"- a\n  ```\n  " + s + "\n  ```", nil},
		"a fence in a quote, then text":        {"> ```\n" + s, []string{"2 status"}},
		"after a fence":                        {"```\nx\n```\n" + s, []string{"4 status"}},
		"an indented block":                    {"text\n\n    " + s, nil},
		"a code span":                          {"`" + s + "`", nil},
		"a code span over lines":               {"`a\n" + s + "\nb`", nil},
		"a backtick that opens nothing":        {"a ` b\n" + s, []string{"2 status"}},
		"after a code span over lines":         {"`a\nb` c\n" + s, []string{"3 status"}},
		"a comment":                            {"<!-- " + s + " -->", nil},
		"a comment over lines":                 {"<!--\n" + s + "\n-->", nil},
		"a comment with blank lines":           {"<!--\n\n" + s + "\n\n-->", nil},
		"a comment never closed":               {"<!--\n\n" + s, nil},
		"a comment within a paragraph":         {"a <!--\n" + s + "\n--> b", nil},
		"after a comment":                      {"<!-- a -->\n" + s, []string{"2 status"}},
		"a comment opened in code":             {"`<!--`\n" + s, []string{"2 status"}},
		"pre":                                  {"<pre>\n" + s + "\n</pre>", nil},
		"pre with blank lines":                 {"<pre>\n\n" + s + "\n\n</pre>\n" + s, []string{"6 status"}},
		"a quote in HTML":                      {"<blockquote>\n\n" + s + "\n\n</blockquote>\n\n" + s, []string{"7 status"}},
		"code in HTML over lines":              {"a <code>\n" + s + "\n</code>\n" + s, []string{"4 status"}},
		"code in HTML never closed":            {"List<code> breaks\n\n" + s, []string{"3 status"}},
		"other HTML within a paragraph":        {"a <b>\n" + s + "\n</b>", []string{"2 status"}},
		"an attribute":                         {"a <b title='\n" + s + "\n'>", nil},
		"folded details":                       {"<details>\n\n" + s + "\n\n</details>", []string{"3 status"}},
		"a link's address":                     {"[a](\n/postmortem\n)", nil},
		"a link definition's address":          {"[a]:\n/postmortem", nil},
		"a link's text":                        {"[a\n" + s + "\n](https://example.com)", []string{"2 status"}},
		"broken UTF-8 before":                  {"\xff\xfe\n" + s, []string{"2 status"}},
		"after more text than is read":         {strings.Repeat("a\n", 20_000) + s, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, found(tt.body)); diff != "" {
				t.Errorf("Parse(%q) (-want +got):\n%s", tt.body, diff)
			}
		})
	}
}

func TestParseReadsTheSameWithCRLF(t *testing.T) {
	body := "/incident timeline\n- a | 11:58\n- b | 11:59\n\n/incident cause x\ny\n```\n\n/incident status\n```\n/postmortem"
	lf := Parse(body, at("2026-11-23T12:00:00Z"))
	crlf := Parse(strings.ReplaceAll(body, "\n", "\r\n"), at("2026-11-23T12:00:00Z"))
	if diff := cmp.Diff(lf, crlf); diff != "" || len(lf) != 3 {
		t.Errorf("%d commands, with CRLF (-LF +CRLF):\n%s", len(lf), diff)
	}
}

func TestParseBoundsTheNumberOfCommands(t *testing.T) {
	got := Parse(strings.Repeat("/incident status\n", MaxCommands+7), at("2026-11-23T12:00:00Z"))
	if len(got) != MaxCommands+1 {
		t.Fatalf("got %d commands, want %d and one refusal", len(got), MaxCommands)
	}
	if i := slices.IndexFunc(got, func(c Command) bool { return c.Problem != nil }); i != MaxCommands {
		t.Fatalf("the first refused is %d, want %d", i, MaxCommands)
	}
	last := got[MaxCommands]
	const want = "A comment may hold 50 commands and this one holds 57, so none from this line on was run. " +
		"Comment the rest of them again, in a comment of their own."
	if diff := cmp.Diff(want, last.Problem.String()); diff != "" || last.Line != MaxCommands+1 {
		t.Errorf("line %d, (-want +got):\n%s", last.Line, diff)
	}
}
