package handlers

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow"
)

// An edit of the checklist by the App itself costs a row only if it replaced what
// a person had saved since the App read it, and asks for something only if words
// of theirs were in that.
func TestOwnEdits(t *testing.T) {
	t.Parallel()
	const words = "\n\nThe cache is cold."
	wrote := strings.ReplaceAll(checklistText, "wait", "waited")
	record := workflow.Write{Based: workflow.TextHash(checklistText), Wrote: workflow.TextHash(wrote)}
	known := record
	known.LostAt = happened
	for name, tc := range map[string]struct {
		writes     []workflow.Write
		from, body string
		kept, asks bool
	}{
		"as ever":                      {[]workflow.Write{record}, checklistText, wrote, false, false},
		"with other line ends":         {[]workflow.Write{record}, strings.ReplaceAll(checklistText, "\n", "\r\n"), wrote + "\r\n", false, false},
		"over words":                   {[]workflow.Write{record}, checklistText + words, wrote, true, true},
		"over words, known":            {[]workflow.Write{known}, checklistText + words, wrote, false, false},
		"over a tick":                  {[]workflow.Write{record}, strings.Replace(wrote, "[ ]", "[x]", 1), wrote, true, false},
		"over words, not remembered":   {nil, checklistText + words, wrote, false, false},
		"over words, of another write": {[]workflow.Write{record}, checklistText + words, wrote + " more", false, false},
		"to what it wrote before":      {[]workflow.Write{record, {Based: "x", Wrote: record.Wrote}}, checklistText, wrote, false, false},
		"of a reply":                   {[]workflow.Write{record}, "a reply", "another", false, false},
	} {
		base, recorded, _ := newBase()
		recorded.writes = tc.writes
		h := handlerOf(t, base, "issue_comment")
		body := payloadOf(t, "edited", about(incident, commented(theBot, tc.body), object{
			"sender": theBot, "changes": object{"body": object{"from": tc.from}},
		}))
		if _, kept, err := h.(router).Route(t.Context(), "issue_comment", body); kept != tc.kept || err != nil {
			t.Errorf("%s: kept %t, %v", name, kept, err)
		}
		if err := h.Handle(t.Context(), "issue_comment", "guid", body); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if asks := len(recorded.steps) > 0; asks != tc.asks {
			t.Errorf("%s: recorded %+v", name, recorded.steps)
		}
		for _, s := range recorded.steps {
			ev := s.Event.(workflow.Overwritten)
			if ev.Text != tc.from || ev.Wrote != record.Wrote || ev.Words != base.Rules.Words(tc.body) || s.Meta.By.ID != 0 {
				t.Errorf("%s: recorded %+v", name, s)
			}
		}
	}
}

func TestSavedText(t *testing.T) {
	t.Parallel()
	if have := savedText("a\x00b"); have != "ab" {
		t.Errorf("kept as %q", have)
	}
	if have := savedText(strings.Repeat("é", maxComment)); len(have) != 2*maxComment {
		t.Errorf("%d bytes are kept of what GitHub takes", len(have))
	}
	if have := savedText(strings.Repeat("a", maxComment+1)); have != "" {
		t.Error("what is too long was kept or cut")
	}
}
