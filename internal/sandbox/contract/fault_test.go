package contract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The validator says of a value that fits no alternative just that. What is
// reported is what is wrong with the alternative that it was likely meant for.
func TestFaultsNameWhatIsWrongWithTheClosestAlternative(t *testing.T) {
	const user = `{"type":"object","required":["id","login"],"properties":{"id":{"type":"integer"},"login":{"type":"string"}}}`
	const team = `{"type":"object","required":["id","slug","name","org"],"properties":{"id":{"type":"integer"}}}`
	cases := map[string]struct {
		schema, value string
		want          []string
	}{
		"second of two": {
			`{"anyOf":[` + team + `,` + user + `]}`, `{"id":1,"login":2}`, []string{"/login value must be a string"},
		},
		"first of two": {
			`{"oneOf":[` + user + `,` + team + `]}`, `{"id":1,"login":2}`, []string{"/login value must be a string"},
		},
		"below a field and a list": {
			`{"properties":{"by":{"items":{"oneOf":[` + team + `,` + user + `]}}}}`, `{"by":[{"id":1,"login":2}]}`,
			[]string{"/by/0/login value must be a string"},
		},
		"within all of several": {
			`{"allOf":[` + user + `,{"properties":{"x":{"type":"boolean"}}}]}`, `{"id":"1","login":"a","x":"y"}`,
			[]string{"/id value must be an integer", "/x value must be a boolean"},
		},
		"several at once": {
			user, `{"id":"1","login":2}`, []string{"/id value must be an integer", "/login value must be a string"},
		},
		"long lists cut": {
			`{"enum":["` + strings.Repeat("x", 300) + `"]}`, `"y"`,
			[]string{` value is not one of the allowed values ["` + strings.Repeat("x", 159) + " …"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range validate(compileSchema(t, c.schema), decoded(t, c.value)) {
				got = append(got, f.pointer()+" "+f.reason)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestViolationsTakesAnErrorApart(t *testing.T) {
	e := creation(t)
	e.RequestBody = []byte(`{"title":1.5,"severity":"P1"}`)
	want := []Violation{
		{"POST /repos/{owner}/{repo}/issues", "request body", "/title", "value must be a string"},
		{"POST /repos/{owner}/{repo}/issues", "request body", "/severity", "unknown field"},
	}
	if diff := cmp.Diff(want, Violations(loaded(t).Check(e))); diff != "" {
		t.Errorf("Violations (-want +got):\n%s", diff)
	}
	if got := Violations(nil); got != nil {
		t.Errorf("Violations(nil) = %v", got)
	}
}

func TestWhatIsFoundTwiceIsReportedOnce(t *testing.T) {
	schema := compileSchema(t, `{"allOf":[{"required":["id"]},{"required":["id"]}]}`)
	var found violations
	found.add("GET /x", "answer 200", validate(schema, map[string]any{}))
	if want := `GET /x: answer 200 /id: property "id" is missing`; found.Error() != want {
		t.Errorf("violations:\n%s\nwant %s", found.Error(), want)
	}
}
