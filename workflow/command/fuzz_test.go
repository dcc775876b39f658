package command

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// seeds are comments that show each part of the grammar, for the fuzzers to vary.
var seeds = []string{
	"", "/incident", "/postmortem", "/incident status\r\n\r\n/incident help",
	"/incident timeline\n- a | 11:58\n- b | 20 min ago\n- c \\| d | 2026-11-23 11:00\n\n/incident severity P1: x",
	"> /incident status\n/incident status", "```\n/incident status\n```\n/incident check 3.2", "~~~\n/postmortem\n",
	"<!--\n/incident status\n-->\n/incident lead @jon", "a `b\n/incident status\n` c", "- a\n  /incident status\n    /incident status",
	"/incident cause a <!-- b\n--> c\n```\n\n/postmortem\n```\n/incident impact x", "<blockquote>\n\n/postmortem\n\n</blockquote>\n\n/postmortem",
	"/incident action process Deploy apart @jon due in 2 weeks P1\n/incident action @acme/x", "/incident\u00a0sevrity\u2003P1", "[a](\n/postmortem\n)",
	"> a\n> > b\n\n/incident timeline | 11:58\n> c\n\n/incident timeline", "/incident timeline <https://x/a/b/issues/1#issuecomment-2> c\n- #issuecomment-3 | 11:58",
	"/incident summary a\n===\n/incident summary b\n# c", "\xff/incident status\n\x00/incident status\n\ufeff/incident status",
}

func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	o := at("2026-11-23T12:00:00Z")
	f.Fuzz(func(t *testing.T, body string) {
		got := Parse(body, o)
		checkCommands(t, body, got, o)
		if strings.Contains(body, "\r") {
			return
		}
		if diff := cmp.Diff(got, Parse(strings.ReplaceAll(body, "\n", "\r\n"), o)); diff != "" {
			t.Errorf("%q reads otherwise with CRLF (-LF +CRLF):\n%s", body, diff)
		}
	})
}

// checkCommands states what holds for every comment.
func checkCommands(t *testing.T, body string, got []Command, o Options) {
	t.Helper()
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(body), "\n")
	before := 0
	for _, c := range got {
		if c.Line <= before || c.Line > len(lines) {
			t.Fatalf("%q: line %d after line %d of %d", body, c.Line, before, len(lines))
		}
		before = c.Line
		if _, _, ok := splitSlash(lines[c.Line-1]); !ok {
			t.Errorf("%q: line %d starts with no command", body, c.Line)
		}
		checkCommand(t, c, o)
	}
	if len(got) > MaxCommands+1 {
		t.Errorf("%d commands", len(got))
	}
}

func checkCommand(t *testing.T, c Command, o Options) {
	t.Helper()
	if _, known := find(c.Verb); !known && (c.Verb != "" || c.Problem == nil) {
		t.Errorf("%+v: no such verb", c)
	}
	if c.Problem != nil {
		bare := Command{Verb: c.Verb, Line: c.Line, Source: c.Source, Problem: c.Problem}
		if diff := cmp.Diff(bare, c); diff != "" || c.Problem.Cause == "" || c.Problem.Next == "" || len(c.Problem.String()) > 2000 {
			t.Errorf("a refusal with arguments, or without advice: %+v %s", c, diff)
		}
		return
	}
	checkTexts(t, c)
	if c.When.After(o.Now) {
		t.Errorf("%v is in the future", c.When)
	}
	for _, e := range c.Entries {
		if e.When.After(o.Now) {
			t.Errorf("entry %+v", e)
		}
		if e.Text == "" && e.From == (From{}) || e.From.Quote != "" && (e.Text != "" || e.From.Comment != 0) {
			t.Errorf("entry %+v", e)
		}
	}
	if c.Verb == ActionItem && (c.Action.Text == "" || c.Action.Kind == "") {
		t.Errorf("action %+v", c.Action)
	}
}

func checkTexts(t *testing.T, c Command) {
	t.Helper()
	texts := []string{c.Text, c.Reason, c.Ref, c.User, c.Action.Text, c.Action.Owner}
	for _, e := range c.Entries {
		texts = append(texts, e.Text, e.From.Quote)
	}
	for _, s := range texts {
		if !utf8.ValidString(s) || utf8.RuneCountInString(s) > MaxText || strings.ContainsAny(s, "\x00\r\x1b") || s != strings.TrimSpace(s) {
			t.Errorf("%s: text %q", c.Verb, s)
		}
	}
}

// FuzzParseReadsNothingInAFence puts any text in a fence that it cannot close.
func FuzzParseReadsNothingInAFence(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, mark := range []string{"`", "~"} {
			fence := strings.Repeat(mark, 3+strings.Count(body, mark))
			if got := Parse(fence+"\n"+body+"\n"+fence+"\n/incident status", at("2026-11-23T12:00:00Z")); len(got) > 1 {
				t.Errorf("%q in a fence of %s gives %+v", body, mark, got)
			}
		}
	})
}

// FuzzParseReadsNothingInAQuote marks every line as quoted.
func FuzzParseReadsNothingInAQuote(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		body = strings.NewReplacer("\r\n", "\n> ", "\r", "\n> ", "\n", "\n> ").Replace(body)
		if got := Parse("> "+body, at("2026-11-23T12:00:00Z")); got != nil {
			t.Errorf("%q gives %+v", "> "+body, got)
		}
	})
}

func FuzzParseAction(f *testing.F) {
	for _, s := range []string{"Fix", "process Fix @jon due in 2 weeks P1", "@", "due", "due due friday", "permanent", "P1 P2 @a @b", "due:friday @a/b", "x due 2026-12-01,"} {
		f.Add(s)
	}
	o := at("2026-11-23T12:00:00Z")
	f.Fuzz(func(t *testing.T, text string) {
		a, p := ParseAction(text, o)
		switch {
		case p != nil && (a != Action{} || p.Cause == "" || p.Next == ""):
			t.Errorf("ParseAction(%q) = %+v, %+v", text, a, p)
		case p == nil && (a.Text == "" || strings.Contains(a.Text, "\n") || a.Owner != "" && !isLogin(a.Owner)):
			t.Errorf("ParseAction(%q) = %+v", text, a)
		case !a.Due.IsZero() && a.Due.Before(day("2026-11-23")):
			t.Errorf("ParseAction(%q) is due in the past: %v", text, a.Due)
		}
	})
}
