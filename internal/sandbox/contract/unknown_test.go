package contract

import (
	"context"
	"fmt"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
)

// compileSchema adapts and loads a schema as those of the description are.
func compileSchema(t *testing.T, schema string) *openapi3.Schema {
	t.Helper()
	adapted, err := (&description{}).decode([]byte(schema))
	if err != nil {
		t.Fatal(err)
	}
	loader := &openapi3.Loader{Context: context.Background()}
	doc, err := loader.LoadFromData(encode(t, map[string]any{
		"openapi": "3.0.3", "info": map[string]any{"title": "t", "version": "1"}, "paths": map[string]any{},
		"components": map[string]any{"schemas": map[string]any{"s": adapted}},
	}))
	if err != nil {
		t.Fatal(err)
	}
	return doc.Components.Schemas["s"].Value
}

func TestUnknownFieldsAreFoundInComposedSchemas(t *testing.T) {
	const a, b = `{"properties":{"a":{"type":"string"}}}`, `{"properties":{"b":{"type":"string"}}}`
	const needsB = `{"required":["b"],"properties":{"b":{"type":"string"},"c":{"type":"string"}}}`
	cases := map[string]struct {
		schema, value string
		want          []string
	}{
		"allOf: fields of all parts":       {`{"allOf":[` + a + `,` + b + `]}`, `{"a":"","b":"","c":""}`, []string{"/c"}},
		"allOf: and of the whole":          {`{"allOf":[` + a + `],"properties":{"z":{}}}`, `{"a":"","z":0,"y":0}`, []string{"/y"}},
		"anyOf: fields of those that fit":  {`{"anyOf":[` + a + `,` + b + `]}`, `{"a":"","b":"","c":""}`, []string{"/c"}},
		"anyOf: none of one that does not": {`{"anyOf":[` + a + `,` + needsB + `]}`, `{"a":"","c":""}`, []string{"/c"}},
		"oneOf: fields of one alone":       {`{"oneOf":[` + a + `,` + b + `]}`, `{"a":"","b":""}`, []string{"/b"}},
		"oneOf: the one with fewest":       {`{"oneOf":[` + a + `,` + needsB + `]}`, `{"b":"","c":"","d":""}`, []string{"/d"}},
		"oneOf: beside fields":             {`{"oneOf":[` + a + `,` + b + `],"properties":{"z":{}}}`, `{"b":"","z":0}`, nil},
		"oneOf: in each part of allOf": {
			`{"allOf":[{"oneOf":[` + a + `,` + b + `]},{"oneOf":[` + a + `,` + needsB + `]}]}`, `{"a":"","b":"","c":""}`, nil,
		},
		"oneOf: none fits": {`{"oneOf":[` + a + `,` + needsB + `]}`, `{"a":1,"x":1}`, []string{"/x"}},
		"free in form":     {`{"type":"object"}`, `{"a":{"b":1}}`, nil},
		"open":             {`{"properties":{"a":{}},"additionalProperties":true}`, `{"x":1}`, nil},
		"open to a kind": {
			`{"additionalProperties":` + a + `}`, `{"x":{"a":"","b":""}}`, []string{"/x/b"},
		},
		"within lists":   {`{"items":` + a + `}`, `[{"a":""},{"b":""}]`, []string{"/1/b"}},
		"names escaped":  {a, `{"x/y~z":1}`, []string{"/x~1y~0z"}},
		"nothing unsaid": {a, `{"a":"x"}`, nil},
		"no object":      {a, `"a"`, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range unknownFields(compileSchema(t, c.schema), decoded(t, c.value)) {
				got = append(got, f.pointer())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("unknown fields (-want +got):\n%s", diff)
			}
		})
	}
}

// A value may fit several alternatives of GitHub's "oneOf", which to the letter
// would refuse it.
func TestOverlappingAlternativesAreAccepted(t *testing.T) {
	schema := compileSchema(t, `{"oneOf":[{"type":"string","nullable":true},{"type":"integer","nullable":true}]}`)
	for _, value := range []any{nil, "x"} {
		if found := validate(schema, value); len(found) > 0 {
			t.Errorf("validate %v: %v", value, found)
		}
	}
	if found := validate(schema, true); len(found) == 0 {
		t.Error("validate true: passed, but no alternative fits")
	}
}

func TestFormats(t *testing.T) {
	cases := []struct {
		format, value string
		fits          bool
	}{
		{"date-time", "2026-11-23T12:00:00Z", true},
		{"date-time", "2026-11-23T12:00:00.123+02:00", true},
		{"date-time", "2026-11-23", false},
		{"date", "2026-11-23", true},
		{"date", "2026-11-31", false},
		{"uri", "https://github.com/acme/shop", true},
		{"uri", "", true},
		{"uri", "/acme/shop", false},
		{"uri", "https://", false},
		{"uri-template", "https://api.github.com/repos/acme/shop/labels{/name}", true},
		{"uri-template", "labels{/name}", false},
		{"email", "ada@example.com", true},
		{"email", "ada", false},
	}
	for _, c := range cases {
		schema := compileSchema(t, fmt.Sprintf(`{"type":"string","format":%q}`, c.format))
		if got := len(validate(schema, c.value)) == 0; got != c.fits {
			t.Errorf("%s %q fits: %v, want %v", c.format, c.value, got, c.fits)
		}
	}
}
