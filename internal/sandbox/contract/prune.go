package contract

import (
	"encoding/json"
	"fmt"
	"strings"
)

// basicError is the component that describes GitHub's plain error answer.
const basicError = "basic-error"

// exclusiveKey marks a schema whose alternatives were "oneOf" before adapt.
const exclusiveKey = "x-exclusive"

// document renders the smallest OpenAPI document that holds one operation and
// every component it reaches, plus the plain error answer, which operations
// give without all of them referring to it.
func (d *description) document(path, method string, operation json.RawMessage) ([]byte, error) {
	root, err := d.decode(operation)
	if err != nil {
		return nil, fmt.Errorf("decode operation: %w", err)
	}
	components := map[string]map[string]any{}
	if err := d.reach(map[string]any{"$ref": "#/components/schemas/" + basicError}, components); err != nil {
		return nil, err
	}
	if err := d.reach(root, components); err != nil {
		return nil, err
	}
	return json.Marshal(map[string]any{
		"openapi":    "3.0.3",
		"info":       d.Info,
		"paths":      map[string]any{path: map[string]any{method: root}},
		"components": components,
	})
}

// reach adds to found every component that node refers to, directly or not.
func (d *description) reach(node any, found map[string]map[string]any) error {
	switch node := node.(type) {
	case map[string]any:
		if ref, ok := node["$ref"].(string); ok {
			return d.reachRef(ref, found)
		}
		for _, child := range node {
			if err := d.reach(child, found); err != nil {
				return err
			}
		}
	case []any:
		for _, child := range node {
			if err := d.reach(child, found); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *description) reachRef(ref string, found map[string]map[string]any) error {
	kind, name, ok := strings.Cut(strings.TrimPrefix(ref, "#/components/"), "/")
	if !ok {
		return fmt.Errorf("resolve reference %q: not a component", ref)
	}
	if _, ok := found[kind][name]; ok {
		return nil
	}
	component, err := d.component(kind, name)
	if err != nil {
		return err
	}
	if found[kind] == nil {
		found[kind] = map[string]any{}
	}
	found[kind][name] = component
	return d.reach(component, found)
}

// adapt changes a part of GitHub's document, in place, where the validator
// would otherwise misread it or carry dead weight:
//
//   - "oneOf" becomes "anyOf". GitHub's alternatives overlap: a null fits both
//     of {string, nullable} and {integer, nullable}, and a user fits two kinds
//     of user as schemas are open to further fields. To the letter such values
//     match two alternatives and are refused. The mark that stays behind makes
//     the check for unknown fields ask for one alternative that fits alone.
//   - Lists of event names are completed (see completeEvents).
//   - "examples" beside a schema go: they describe nothing and double the size.
func (d *description) adapt(node any) {
	switch node := node.(type) {
	case map[string]any:
		if alternatives, ok := node["oneOf"].([]any); ok && node["anyOf"] == nil {
			delete(node, "oneOf")
			node["anyOf"], node[exclusiveKey] = alternatives, true
		}
		if _, ok := node["schema"].(map[string]any); ok {
			delete(node, "examples")
		}
		d.completeEvents(node)
		for _, child := range node {
			d.adapt(child)
		}
	case []any:
		for _, child := range node {
			d.adapt(child)
		}
	}
}
