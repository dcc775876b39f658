package checklist_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

const step = "<!-- step:triage.data -->"

// taskItems are bodies with a box that may or may not be that of triage.data.
var taskItems = map[string]struct {
	body    string
	ticked  bool
	missing bool // no item of the definition is there
}{
	"bullet":                       {body: "- [x] a " + step, ticked: true},
	"capital":                      {body: "* [X] a " + step, ticked: true},
	"unticked":                     {body: "+ [ ] a " + step},
	"number":                       {body: "1. [x] a " + step, ticked: true},
	"number and bracket":           {body: "17) [x] a " + step, ticked: true},
	"nested":                       {body: "- a\n  - b\n    1. [x] c " + step, ticked: true},
	"nested on one line":           {body: "- - [x] a " + step, ticked: true},
	"quoted":                       {body: "> - [x] a " + step, ticked: true},
	"quoted and nested":            {body: "> - [ ] b\n>   - [x] a " + step, ticked: true},
	"in a fold":                    {body: "<details><summary>x</summary>\n\n- [x] a " + step + "\n\n</details>", ticked: true},
	"after a tab":                  {body: "-\t[x] a " + step, ticked: true},
	"CRLF":                         {body: "a\r\n\r\n- [x] a " + step + "\r\n- [ ] b\r\n", ticked: true},
	"CR":                           {body: "a\r\r- [x] a " + step + "\r- [ ] b\r", ticked: true},
	"id at the start":              {body: "- [x] " + step + " a", ticked: true},
	"words after the id":           {body: "- [x] a " + step + " b <!-- c -->", ticked: true},
	"narrow comment":               {body: "- [x] a<!--step:triage.data-->", ticked: true},
	"after closed code":            {body: "- [x] `a` `` b` `` " + step, ticked: true},
	"after an open backtick":       {body: "- [x] a ` b " + step, ticked: true},
	"any of two":                   {body: "- [ ] a " + step + "\n- [x] b " + step, ticked: true},
	"the first of two":             {body: "- [x] a " + step + "\n- [ ] b " + step, ticked: true},
	"first of two ids":             {body: "- [x] a " + step + " <!-- step:triage.users -->", ticked: true},
	"no white space after the box": {body: "- [x]a " + step, missing: true},
	"nothing in the box":           {body: "- [] a " + step, missing: true},
	"tab in the box":               {body: "- [\t] a " + step, missing: true},
	"two in the box":               {body: "- [x ] a " + step, missing: true},
	"no list":                      {body: "[x] a " + step, missing: true},
	"box not first":                {body: "- a [x] b " + step, missing: true},
	"box on the next line":         {body: "-\n  [x] a " + step, missing: true},
	"heading in the item":          {body: "- # [x] a " + step, missing: true},
	"fenced code":                  {body: "```\n- [x] a " + step + "\n```", missing: true},
	"fence left open":              {body: "~~~\n- [x] a " + step, missing: true},
	"indented code":                {body: "a\n\n    - [x] a " + step, missing: true},
	"table":                        {body: "| a |\n|---|\n| - [x] a " + step + " |", missing: true},
	"HTML":                         {body: "<pre>\n- [x] a " + step + "\n</pre>", missing: true},
	"HTML comment":                 {body: "<!--\n- [x] a\n" + step, missing: true},
	"id in code":                   {body: "- [x] a `" + step + "`", missing: true},
	"id in code of two lines":      {body: "- [x] a `b " + step + "\n  c` d", missing: true},
	"id escaped":                   {body: "- [x] a \\" + step, missing: true},
	"id on the next line":          {body: "- [x] a\n  b " + step, missing: true},
	"id on two lines":              {body: "- [x] a <!-- step:triage.data\n  -->", missing: true},
	"id in a wider comment":        {body: "- [x] a <!-- was <!-- step:triage.data -->", missing: true},
	"two words for an id":          {body: "- [x] a <!-- step:triage.data or so -->", missing: true},
	"no id":                        {body: "- [x] 2.4 Data: corruption, loss, exposure?", missing: true},
	"an id of nothing":             {body: "- [x] a <!-- step:triage.nothing -->", missing: true},
}

func TestReadFindsTaskItems(t *testing.T) {
	for name, tt := range taskItems {
		t.Run(name, func(t *testing.T) {
			ticked, ok := checklist.Read(checklist.Default(), tt.body).Ticked["triage.data"]
			if ok == tt.missing || ticked != tt.ticked {
				t.Errorf("%q: found %t, ticked %t", tt.body, ok, ticked)
			}
		})
	}
}

func TestReadListsWhatPeopleWrote(t *testing.T) {
	body := checklist.New(checklist.Default(), declared())
	body = strings.Replace(body, "- [ ] **3", "  - [x] called *the* provider  <!-- hm -->\n- [ ] <!-- step:old.item --> gone\n- [ ] **3", 1)
	body = strings.Replace(body, "| 12:01", "\n- [x] inside a region\n\n| 12:01", 1)
	got := checklist.Read(checklist.Default(), body)
	want := []checklist.OwnItem{{Text: "called *the* provider", Ticked: true}, {Text: "gone"}}
	if diff := cmp.Diff(want, got.Own); diff != "" {
		t.Errorf("own items (-want +got):\n%s", diff)
	}
	if len(got.Ticked) != len(allIDs(checklist.Default())) {
		t.Errorf("%d boxes found", len(got.Ticked))
	}
}

func TestIsChecklist(t *testing.T) {
	const marker = "<!-- firebreak:checklist v1 1/2 -->"
	tests := map[string]struct {
		body string
		key  string
		want bool
	}{
		"posted":                {checklist.New(checklist.Default(), declared()), "4711/42", true},
		"alone":                 {marker, "1/2", true},
		"without a key":         {"<!-- firebreak:checklist v1 -->\nx", "", true},
		"words above and below": {"x\n" + marker + "\r\ny", "1/2", true},
		"words behind":          {marker + " y", "1/2", true},
		"below a fold":          {"<details>\nx\n</details>\n" + marker, "1/2", true},
		"words before":          {"x " + marker, "", false},
		"in code":               {"```\n" + marker + "\n```", "", false},
		"indented":              {"x\n\n    " + marker, "", false},
		"quoted":                {"> " + marker, "", false},
		"in an item":            {"- x\n\n  " + marker, "", false},
		"in a list":             {"- " + marker, "", false},
		"shown as it is":        {"<pre>\n" + marker + "\n</pre>", "", false},
		"in a comment":          {"<!-- x\n" + marker, "", false},
		"of a later version":    {"<!-- firebreak:checklist v2 1/2 -->", "", false},
		"something else":        {"<!-- firebreak:post-mortem v1 1/2 -->", "", false},
		"nothing":               {"", "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := checklist.IsChecklist(tt.body); got != tt.want {
				t.Errorf("IsChecklist: got %t", got)
			}
			if key, _ := checklist.FindKey(tt.body); key != tt.key {
				t.Errorf("FindKey: got %q, want %q", key, tt.key)
			}
		})
	}
}

func TestMarkerKeepsToItself(t *testing.T) {
	for _, key := range []string{"", "1/2", "a b --><x>\n- [x] y", strings.Repeat("9", 500)} {
		m := checklist.Marker(key)
		if !checklist.IsChecklist(m) || strings.Count(m, ">") != 1 || strings.Contains(m, "\n") || len(m) > 300 {
			t.Errorf("Marker(%q) = %q", key, m)
		}
	}
}
