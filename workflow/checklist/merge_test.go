package checklist_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// shows checks what must hold of every merge: the boxes say what the view says,
// and merging again changes nothing.
func shows(t *testing.T, merged string, v checklist.View) {
	t.Helper()
	d := checklist.Default()
	want := map[string]bool{}
	for _, id := range allIDs(d) {
		want[id] = v.Ticked(id)
	}
	if diff := cmp.Diff(want, checklist.Read(d, merged).Ticked); diff != "" {
		t.Errorf("boxes (-want +got):\n%s\n%s", diff, merged)
	}
	if again := checklist.Merge(d, merged, v); again != merged {
		t.Errorf("merging again changes (-first +second):\n%s", cmp.Diff(merged, again))
	}
	if !checklist.IsChecklist(merged) {
		t.Errorf("the marker is gone:\n%s", merged)
	}
}

func TestMergeOfWhatWasPosted(t *testing.T) {
	d := checklist.Default()
	views := map[string]checklist.View{
		"declared": declared(), "mid-incident": midIncident(), "done": finished(), "stopped": stopped(), "nothing known": {},
	}
	for from, old := range views {
		for to, v := range views {
			t.Run(from+" to "+to, func(t *testing.T) {
				merged := checklist.Merge(d, checklist.New(d, old), v)
				if v.Key == "" { // a key that is there already stays
					v.Key = old.Key
				}
				if diff := cmp.Diff(checklist.New(d, v), merged); diff != "" {
					t.Errorf("differs from a new one (-new +merged):\n%s", diff)
				}
			})
		}
	}
}

// Each case edits a comment as posted, and says what the merge is then to hold.
// The comment is otherwise as if nobody had touched it.
func TestMergeKeepsWhatPeopleDid(t *testing.T) {
	tests := map[string]struct{ old, with, want string }{
		"line above all":          {"<!-- firebreak:checklist", "hello\n<!-- firebreak:checklist", "hello\n<!-- firebreak:checklist v1 4711/42 -->\n"},
		"line below the marker":   {"<!-- firebreak:head", "hello\n<!-- firebreak:head", "4711/42 -->\nhello\n<!-- firebreak:head -->\n"},
		"line below the head":     {"<!-- /firebreak:head -->", "<!-- /firebreak:head -->\nhello", "<!-- /firebreak:head -->\nhello\n"},
		"words behind a marker":   {"<!-- /firebreak:head -->", "<!-- /firebreak:head --> hello", "<!-- /firebreak:head --> hello\n"},
		"line between items":      {"  - [ ] 2.3", "hello\n  - [ ] 2.3", "triage.users -->\nhello\n  - [x] 2.3"},
		"item of their own":       {"  - [ ] 2.3", "  - [X]  hello\n  - [ ] 2.3", "triage.users -->\n  - [X]  hello\n  - [x] 2.3"},
		"nested item":             {"  - [ ] 2.3", "    1) [ ] hello \n  - [ ] 2.3", "    1) [ ] hello \n  - [x] 2.3"},
		"words behind an item":    {"<!-- step:triage.users -->", "<!-- step:triage.users --> hello", "plans? <!-- step:triage.users --> hello\n"},
		"words within an item":    {"2.2 User impact", "2.2 *Wer* ist betroffen", "- [x] 2.2 *Wer* ist betroffen: how"},
		"words before evidence":   {"know (P0/P1)", "know, all of them", "know, all of them<!-- evidence --> · told 12:09<!-- /evidence --> <!-- step"},
		"a backslash before it":   {"know (P0/P1) <!--", "know \\ <!--", "know \\ <!-- evidence --> · told 12:09<!-- /evidence --><!-- step"},
		"no words":                {"[ ] 3.3 Communicated: stakeholders know (P0/P1) <!--", "[ ] <!--", "[x] <!-- evidence --> · told 12:09<!-- /evidence --><!-- step"},
		"another bullet":          {"  - [ ] 2.2", "  * [ ] 2.2", "  * [x] 2.2"},
		"paragraph in an item":    {"  - [ ] 2.3", "\n    hello\n\n  - [ ] 2.3", "triage.users -->\n\n    hello\n\n  - [x] 2.3"},
		"fence in an item":        {"  - [ ] 2.3", "    ```\n    - [ ] x <!-- step:triage.users -->\n    ```\n  - [ ] 2.3", "\n    ```\n    - [ ] x <!-- step:triage.users -->\n    ```\n  - [x] 2.3"},
		"section below":           {"<!-- /firebreak:commands -->\n", "<!-- /firebreak:commands -->\n\n## Notes\n* one", "<!-- /firebreak:commands -->\n\n## Notes\n* one"},
		"no blank line":           {"\n\n<!-- firebreak:timeline", "\n<!-- firebreak:timeline", "follow-ups -->\n<!-- firebreak:timeline"},
		"title translated":        {"**Definition of done**\n\n<!-- /firebreak:done -->", "**Definition of done**\n\n<!-- /firebreak:done -->\n**Fertig**", "<!-- /firebreak:done -->\n**Fertig**\n"},
		"their own hidden words":  {"- [ ] **3", "<!-- hello -->\n- [ ] **3", "<!-- hello -->\n- [ ] **3"},
		"a marker of others":      {"- [ ] **3", "<!-- firebreak:else -->\n\n- [ ] **3", "<!-- firebreak:else -->\n\n- [ ] **3"},
		"trailing white space":    {"- [ ] **3", "hello  \t\n\n\n- [ ] **3", "hello  \t\n\n\n- [ ] **3"},
		"a box of an old version": {"- [ ] **3", "- [x] a <!-- step:triage.old -->\n- [ ] **3", "- [x] a <!-- step:triage.old -->\n- [ ] **3"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d, v := checklist.Default(), midIncident()
			body := strings.Replace(checklist.New(d, declared()), tt.old, tt.with, 1)
			merged := checklist.Merge(d, body, v)
			if !strings.Contains(merged, tt.want) {
				t.Errorf("lacks %q:\n%s", tt.want, merged)
			}
			shows(t, merged, v)
		})
	}
}

// What people take away that is Firebreak's comes back as it was posted.
func TestMergePutsBack(t *testing.T) {
	d, v := checklist.Default(), midIncident()
	posted := checklist.New(d, v)
	cut := func(from, to string) string {
		start := strings.Index(posted, from)
		end := start + strings.Index(posted[start:], to)
		return posted[:start] + posted[end:]
	}
	tests := map[string]string{
		"an item":               cut("  - [x] 2.2", "  - [x] 2.3"),
		"the first item":        cut("  - [x] 2.1", "  - [x] 2.2"),
		"the last item":         cut("  - [x] 2.5", "- [ ] **3"),
		"several items":         cut("  - [x] 2.2", "  - [x] 2.5"),
		"all items of a step":   cut("  - [x] 2.1", "- [ ] **3"),
		"a severity":            cut("  - [x] P1", "  - [ ] P2"),
		"a step":                cut("- [ ] **3", "- [ ] **4"),
		"only a step's line":    cut("- [ ] **3", "  - [x] 3.1"),
		"the first step":        cut("- [x] **1", "- [x] **2"),
		"the last step":         cut("- [ ] **6", "\n<!-- firebreak:done"),
		"several steps":         cut("  - [x] 2.4", "  - [ ] 4.2"),
		"an item of done":       cut("- [ ] Follow-up issues open", "- [x] Stakeholders"),
		"the last item of done": cut("- [ ] No secrets", "\n<!-- firebreak:follow-ups"),
		"the marker":            cut("<!-- firebreak:checklist", "<!-- firebreak:head"),
		"the head":              cut("<!-- firebreak:head", "\n<!-- firebreak:severities"),
		"the head's words":      cut("### ", "\n<!-- /firebreak:head"),
		"the severities":        cut("<!-- firebreak:severities", "- [x] **1"),
		"an opening marker":     cut("<!-- firebreak:severities", "| | means"),
		"a closing marker":      cut("\n<!-- /firebreak:severities", "\n- [x] **1"),
		"the head's end":        cut("\n<!-- /firebreak:head", "\n<!-- firebreak:severities"),
		"the head's beginning":  cut("<!-- firebreak:head", "### "),
		"a fold's beginning":    cut("<!-- firebreak:timeline", "<details>"),
		"a fold's end":          cut("\n<!-- /firebreak:timeline", "\n<!-- firebreak:commands"),
		"the title of done":     cut("<!-- firebreak:done", "- [ ] Mitigated"),
		"the follow-ups":        cut("<!-- firebreak:follow-ups", "<!-- firebreak:timeline"),
		"the timeline":          cut("<!-- firebreak:timeline", "<!-- firebreak:commands"),
		"the commands":          cut("\n<!-- firebreak:commands", "<!-- /firebreak:commands") + "",
	}
	for name, body := range tests {
		t.Run(name, func(t *testing.T) {
			merged := checklist.Merge(d, body, v)
			if diff := cmp.Diff(words(posted), words(merged)); diff != "" {
				t.Errorf("(-posted +merged):\n%s", diff)
			}
			shows(t, merged, v)
		})
	}
}

// words drops blank lines, of which one more or less matters to nobody.
func words(body string) []string {
	var lines []string
	for line := range strings.Lines(body) {
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestMergeOfNothingPostsANewOne(t *testing.T) {
	d, v := checklist.Default(), midIncident()
	for _, body := range []string{"", " \r\n\t\n"} {
		if diff := cmp.Diff(checklist.New(d, v), checklist.Merge(d, body, v)); diff != "" {
			t.Errorf("%q (-new +merged):\n%s", body, diff)
		}
	}
}

// A broken comment, what has to be kept of it, and what has to be there once.
type broken struct {
	body        string
	keeps, once []string
}

// moved are comments with markers in the wrong place.
func moved(posted string) map[string]broken {
	head := posted[strings.Index(posted, "<!-- firebreak:head"):strings.Index(posted, "\n<!-- firebreak:severities")]
	return map[string]broken{
		"a region twice": {
			body: strings.Replace(posted, "- [ ] **3", "hello\n\n"+head+"\nyou\n\n- [ ] **3", 1), keeps: []string{"\nhello\n", "\nyou\n"}, once: []string{"### 🔥", "<!-- firebreak:head"},
		},
		"the end moved below the items": {
			body:  strings.Replace(posted, "<!-- /firebreak:head -->\n", "", 1) + "\nhello\n<!-- /firebreak:head -->\n",
			keeps: []string{"\nhello\n"}, once: []string{"### 🔥", "<!-- firebreak:head", "<!-- /firebreak:head"},
		},
		"an end on its own": {
			body:  strings.Replace(posted, head, "hello\n\n<!-- /firebreak:head -->\n", 1),
			keeps: []string{"\nhello\n"}, once: []string{"### 🔥", "<!-- firebreak:head", "<!-- /firebreak:head"},
		},
		"the marker twice": {
			body: posted + "\n<!-- firebreak:checklist v1 9/9 -->\nhello\n", keeps: []string{"\nhello\n"}, once: []string{"<!-- firebreak:checklist v1 4711/42 -->", "firebreak:checklist"},
		},
		"the whole twice": {
			body: posted + "\nhello\n\n" + posted, keeps: []string{"\nhello\n"}, once: []string{"### 🔥", "<!-- firebreak:timeline", "firebreak:checklist", "Definition of done"},
		},
		"an end moved into the list": {
			body:  strings.Replace(strings.Replace(posted, "<!-- /firebreak:severities -->\n", "", 1), "- [ ] **3", "hello\n<!-- /firebreak:severities -->\n- [ ] **3", 1),
			keeps: []string{"\nhello\n"}, once: []string{"| means |", "<!-- firebreak:severities", "<!-- /firebreak:severities"},
		},
		"an item where the head ended": {
			body:  strings.Replace(posted, "\n\n<!-- /firebreak:head -->\n", "\n- [ ] hello <!-- step:done.clean -->\n", 1),
			keeps: []string{"\n- [ ] hello <!-- step:done.clean -->\n"}, once: []string{"<!-- firebreak:head", "<!-- /firebreak:head", "### 🔥"},
		},
		"evidence behind the id": {
			body:  strings.Replace(posted, "<!-- evidence --> · told 12:09<!-- /evidence --> <!-- step:mitigate.communicate -->", "<!-- step:mitigate.communicate --> <!-- evidence --> · x<!-- /evidence --> y", 1),
			keeps: []string{"(P0/P1)<!-- step:mitigate.communicate --> <!-- evidence --> · told 12:09<!-- /evidence --> y\n"}, once: []string{"told 12:09"},
		},
		"half an evidence": {
			body:  strings.Replace(posted, "<!-- /evidence --> <!-- step:mitigate.c", " <!-- step:mitigate.c", 1),
			keeps: []string{" · told 12:09<!-- evidence --> · told 12:09<!-- /evidence --> <!-- step:mitigate.communicate -->"},
		},
	}
}

// halved are comments whose regions lost one of their markers, with people's
// words where it was.
func halved(posted string) map[string]broken {
	return map[string]broken{
		"words between half a head and its end": {
			body: strings.Replace(strings.Replace(posted, "<!-- firebreak:head -->\n", "", 1), "<!-- /firebreak:head -->", "hello\n\n<!-- /firebreak:head -->", 1), keeps: []string{"\nhello\n"}, once: []string{"<!-- firebreak:head", "<!-- /firebreak:head"},
		},
		"words where the head ended": {
			body:  strings.Replace(posted, "\n\n<!-- /firebreak:head -->\n", "\nhello\n", 1),
			keeps: []string{"\nhello\n"}, once: []string{"<!-- firebreak:head", "<!-- /firebreak:head", "### 🔥"},
		},
		"words where the table ended": {
			body:  strings.Replace(posted, "\n\n<!-- /firebreak:severities -->\n", "\nhello | you\n", 1),
			keeps: []string{"\nhello | you\n"}, once: []string{"<!-- firebreak:severities", "| means |", "| **P3** |"},
		},
		"words where the title ended": {
			body:  strings.Replace(posted, "\n\n<!-- /firebreak:done -->\n", "\nhello\n", 1),
			keeps: []string{"\nhello\n"}, once: []string{"<!-- firebreak:done", "**Definition of done**"},
		},
		"an item within half a fold": {
			body:  strings.Replace(strings.Replace(posted, "<!-- /firebreak:timeline -->", "", 1), "| 12:04", "- [ ] hello <!-- step:done.clean -->\n| 12:04", 1),
			keeps: []string{"\n- [ ] hello <!-- step:done.clean -->\n"}, once: []string{"<!-- firebreak:timeline"},
		},
	}
}

func TestMergeUnderstandsBrokenMarkers(t *testing.T) {
	d, v := checklist.Default(), midIncident()
	tests := moved(checklist.New(d, v))
	maps.Copy(tests, halved(checklist.New(d, v)))
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			merged := checklist.Merge(d, tt.body, v)
			for _, want := range tt.keeps {
				if !strings.Contains(merged, want) {
					t.Errorf("lacks %q:\n%s", want, merged)
				}
			}
			for _, want := range tt.once {
				if n := strings.Count(merged, want); n != 1 {
					t.Errorf("%q is there %d times:\n%s", want, n, merged)
				}
			}
			shows(t, merged, v)
		})
	}
}

func TestMergeSyncsCopiesOfAnItem(t *testing.T) {
	d, v := checklist.Default(), midIncident()
	line := "- [ ] copied <!-- step:triage.data -->\n"
	merged := checklist.Merge(d, checklist.New(d, declared())+"\n"+line+"\n> "+line, v)
	if n := strings.Count(merged, "- [x] copied"); n != 2 {
		t.Errorf("%d copies ticked", n)
	}
	shows(t, merged, v)
}

func TestMergeSetsForeignBoxesOnlyWhenAsked(t *testing.T) {
	d, v := checklist.Default(), declared()
	body := checklist.New(d, v) + "\n- [x] a <!-- step:old.a -->\n- [x] b <!-- step:old.b -->\n"
	v.Marks = map[string]checklist.Mark{"old.b": {}}
	merged := checklist.Merge(d, body, v)
	if !strings.HasSuffix(merged, "\n- [x] a <!-- step:old.a -->\n- [ ] b <!-- step:old.b -->\n") {
		t.Errorf("got %s", merged)
	}
	shows(t, merged, v)
}

// No browser ends lines by CR alone, but GitHub takes it for a line end.
func TestMergeFindsItsPlaceAmongLinesEndedByCR(t *testing.T) {
	d, v := checklist.Default(), midIncident()
	body := strings.Replace(checklist.New(d, declared()), "- [ ] Follow-up issues open <!-- step:done.follow-up -->\n", "hello\n", 1)
	timeline := body[strings.Index(body, "<!-- firebreak:timeline"):strings.Index(body, "<!-- firebreak:commands")]
	body = strings.ReplaceAll(strings.Replace(body, timeline, "", 1), "\n", "\r")
	merged := checklist.Merge(d, body, v)
	got := words(strings.ReplaceAll(merged, "\r", "\n"))
	want := words(checklist.New(d, v))
	want = slices.Insert(want, slices.IndexFunc(want, func(line string) bool { return strings.Contains(line, "step:done.follow-up") }), "hello")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	shows(t, merged, v)
}

func TestMergeKeepsLineEnds(t *testing.T) {
	d, v := checklist.Default(), midIncident()
	crlf := strings.NewReplacer("\n", "\r\n")
	body := crlf.Replace(changed(t))
	merged := checklist.Merge(d, body, v)
	if strings.Contains(strings.ReplaceAll(merged, "\r\n", ""), "\n") {
		t.Error("a bare LF came in")
	}
	if diff := cmp.Diff(crlf.Replace(checklist.Merge(d, changed(t), v)), merged); diff != "" {
		t.Errorf("differs from the merge with LF (-LF +CRLF):\n%s", diff)
	}
	shows(t, merged, v)
}

func TestMergeGetsAroundWhatSwallowsItems(t *testing.T) {
	d, v := checklist.Default(), midIncident()
	posted := checklist.New(d, declared())
	tests := map[string]string{
		"an open fence on top":      "```\n" + posted,
		"an open fence below it":    strings.Replace(posted, "<!-- firebreak:head", "~~~\n<!-- firebreak:head", 1),
		"an open fence in the list": strings.Replace(posted, "- [ ] **3", "```\n- [ ] **3", 1),
		"an open fence in an item":  strings.Replace(posted, "- [ ] **3", "    ```\n- [ ] **3", 1),
		"an open fence in a step":   strings.Replace(posted, "  - [ ] 5.1", "  ```\n  - [ ] 5.1", 1),
		"an open fence at the end":  strings.Replace(posted, "<!-- firebreak:follow", "```\n<!-- firebreak:follow", 1),
		"an open comment":           strings.Replace(posted, "- [ ] **3", "<!-- hello\n- [ ] **3", 1),
		"an open comment, no end":   "<!-- hello\n\n" + strings.NewReplacer("<!--", "", "-->", "").Replace(posted),
		"an open tag":               strings.Replace(posted, "- [ ] **3", "<pre>\n- [ ] **3", 1),
		"all of it in a quote":      "> " + strings.ReplaceAll(posted, "\n", "\n> "),
		"all of it in code":         "    " + strings.ReplaceAll(posted, "\n", "\n    "),
		"all of it on one line":     strings.ReplaceAll(posted, "\n", " "),
		"an underline":              strings.Replace(posted, "  - [ ] 2.3", "    ===\n  - [ ] 2.3", 1),
		"an open backtick":          strings.Replace(posted, "<!-- step:mitigate.communicate -->", "` <!-- step:mitigate.communicate -->\nand `", 1),
	}
	for name, body := range tests {
		t.Run(name, func(t *testing.T) {
			merged := checklist.Merge(d, body, v)
			shows(t, merged, v)
			for _, id := range allIDs(d) {
				hidden := "<!-- step:" + id + " -->"
				if strings.Count(merged, hidden) > strings.Count(body, hidden)+1 {
					t.Errorf("%s is put back more than once", id)
				}
			}
		})
	}
}

// A backtick that people leave open would make code of all up to the next one.
func TestEvidenceStaysClearOfOpenBackticks(t *testing.T) {
	d, v := checklist.Default(), midIncident()
	v.Marks["mitigate.communicate"] = checklist.Mark{Ticked: true, Evidence: "told `ops` and `"}
	merged := checklist.Merge(d, strings.Replace(checklist.New(d, declared()), "know (P0/P1)", "know ` all", 1), v)
	if want := "know ` all<!-- evidence --> · told &#96;ops&#96; and &#96;<!-- /evidence --> <!--"; !strings.Contains(merged, want) {
		t.Errorf("lacks %q:\n%s", want, merged)
	}
	shows(t, merged, v)
}
