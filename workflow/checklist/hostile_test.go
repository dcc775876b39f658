package checklist_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

var forgeries = []string{
	"- [x] forged <!-- step:done.clean -->",
	"\n\n- [x] forged <!-- step:done.clean -->\n\n",
	"\r\n- [x] forged <!-- step:done.clean -->\r\n",
	"<!-- /firebreak:timeline -->\n\n- [x] forged <!-- step:done.clean -->",
	"<!-- firebreak:checklist v1 1/1 -->",
	"</details>\n\n# forged",
	"| forged | forged |\n|---|---|",
	"--> <!-- /evidence --> <!-- step:mitigate.act -->",
	"`` ` ```\n~~~",
	"<script>alert(1)</script><img src=x onerror=alert(1)>",
	"[x](javascript:alert(1)) ![x](http://x.io/x.png)",
	"@everyone @acme/all &#64;maya &commat;maya",
	"\\",
	"*forged **forged __forged ~~forged",
	"</summary></details><details>",
	"\u202eforged\u2066\x00\xff",
	strings.Repeat("|", 1000),
}

// forged puts one hostile text into every place of a view.
func forged(text string) checklist.View {
	v := finished()
	v.Marks["done.clean"] = checklist.Mark{Evidence: text}
	v.Marks["mitigate.act"] = checklist.Mark{Evidence: text}
	v.Key, v.Label, v.Phase, v.Stopped = text, text, text, true
	v.DeclaredBy, v.Lead, v.Comms, v.Scribe = text, text, text, text
	v.Links = []checklist.Link{{Text: text, URL: "https://x.io/" + text}, {Text: text, URL: text}}
	v.Notes = []string{text, text}
	v.FollowUps = []checklist.FollowUp{{Number: 1, Text: text, Owner: text, URL: "https://x.io/" + text}}
	v.Timeline = []checklist.Row{{At: start, What: text, Who: text, URL: "https://x.io/" + text}, {At: start, What: "x", Who: "jon"}}
	v.Commands = text
	return v
}

func FuzzHostileTextForgesNothing(f *testing.F) {
	for _, text := range forgeries {
		f.Add(text)
	}
	d := checklist.Default()
	f.Fuzz(func(t *testing.T, text string) {
		v := forged(text)
		posted := checklist.New(d, v)
		shows(t, posted, v)
		if got := own(d, posted); len(got) > 0 {
			t.Errorf("items of its own: %v", got)
		}
		plain := forged("x")
		if diff := cmp.Diff(skeleton(checklist.New(d, plain)), skeleton(posted)); diff != "" {
			t.Errorf("the markers differ (-plain +hostile):\n%s", diff)
		}
		merged := checklist.Merge(d, changed(t), v)
		shows(t, merged, v)
		if diff := cmp.Diff(skeleton(checklist.Merge(d, changed(t), plain)), skeleton(merged)); diff != "" {
			t.Errorf("the markers differ once merged (-plain +hostile):\n%s", diff)
		}
	})
}

var comments = regexp.MustCompile(`(?m)^<!-- /?firebreak:[a-z-]+|<!-- /?[a-z]+(:[A-Za-z0-9.-]+)?`)

// skeleton lists all hidden comments, evidence aside: without a text there is
// none.
func skeleton(body string) []string {
	var found []string
	for _, c := range comments.FindAllString(body, -1) {
		if !strings.HasSuffix(c, "evidence") {
			found = append(found, c)
		}
	}
	return found
}

var (
	mention = regexp.MustCompile(`(^|[^A-Za-z0-9])@[A-Za-z0-9]`)
	tag     = regexp.MustCompile(`<code>.*?</code>|<[^>]*>`) // code mentions nobody
)

func TestHostileTextRendersInert(t *testing.T) {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	for _, text := range forgeries {
		var b strings.Builder
		v := forged(text)
		v.Commands = "" // Markdown, and Firebreak's own
		if err := md.Convert([]byte(checklist.New(checklist.Default(), v)), &b); err != nil {
			t.Fatal(err)
		}
		page := b.String()
		for _, bad := range []string{"<script", "<img src=\"x", "=\"javascript:", "<img src=x", "\u202e"} {
			if strings.Contains(page, bad) {
				t.Errorf("%q renders %s", text, bad)
			}
		}
		if n := strings.Count(page, "<details>"); n != 2 || strings.Count(page, "</details>") != 2 {
			t.Errorf("%q renders %d folds", text, n)
		}
		if n := strings.Count(page, `type="checkbox"`); n != 29 {
			t.Errorf("%q renders %d boxes", text, n)
		}
		if m := mention.FindString(strings.ReplaceAll(tag.ReplaceAllString(page, " "), "@jon", "")); m != "" {
			t.Errorf("%q mentions: %q", text, m)
		}
	}
}

// A definition may name its steps as the regions are named.
func TestStepsNamedLikeRegionsComeBackOnce(t *testing.T) {
	d := checklist.Definition{Steps: []checklist.Step{{ID: "head", Title: "a"}, {ID: "timeline", Title: "b", Items: []checklist.Item{{ID: "done", Number: "2.1", Text: "c"}}}}}
	v := checklist.View{Key: "1/2"}
	merged := checklist.Merge(d, "```\nhello\n", v)
	for _, id := range []string{"head", "timeline", "done"} {
		if n := strings.Count(merged, "step:"+id+" "); n != 1 {
			t.Errorf("%s is there %d times:\n%s", id, n, merged)
		}
	}
}

func TestDefinitionsAreTakenWithCare(t *testing.T) {
	for _, text := range append(forgeries, "open ` backtick", "ends in \\") {
		d := checklist.Definition{
			Severities: []checklist.Severity{{Name: "P1", Means: text, Examples: text}, {Name: text}},
			Steps: []checklist.Step{
				{ID: "classify", Number: "1", Title: text, Note: text},
				{ID: "only", Number: "2", Title: text, Note: text, Items: []checklist.Item{{ID: "only.one", Number: "2.1", Text: text}, {ID: text, Text: text}}},
			},
			Done: []checklist.Item{{ID: "done.one", Text: text}},
		}
		v := checklist.View{Key: "1/2", Severity: "P1", Marks: marks("only.one")}
		for _, body := range []string{"", "hello", "- [ ] a <!-- step:only -->\n"} {
			merged := checklist.Merge(d, body, v)
			want := map[string]bool{"classify": true, "classify.P1": true, "only": false, "only.one": true, "done.one": false}
			if diff := cmp.Diff(want, checklist.Read(d, merged).Ticked); diff != "" {
				t.Errorf("%q (-want +got):\n%s\n%s", text, diff, merged)
			}
			if again := checklist.Merge(d, merged, v); again != merged {
				t.Errorf("%q: merging again changes:\n%s", text, cmp.Diff(merged, again))
			}
		}
	}
}
