package contract

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// corrections are the operations whose schema GitHub itself contradicts, by
// operationId. Each takes the operation as decoded and changes it in place.
var corrections = map[string]func(operation map[string]any){
	// Both operations' own text says that a list of labels may be passed directly,
	// which is what clients send; the schema has the object around it alone.
	"issues/add-labels": takeLabelList,
	"issues/set-labels": takeLabelList,
	// A copy of the schema installation with one slip, an account that is a user
	// and an enterprise at once. GitHub's own example does not fit it.
	"apps/list-installations": func(operation map[string]any) {
		at(operation, "responses", "200", "content", "application/json", "schema")["items"] =
			map[string]any{"$ref": "#/components/schemas/installation"}
	},
}

func takeLabelList(operation map[string]any) {
	schema := at(operation, "requestBody", "content", "application/json", "schema")
	alternatives, _ := schema["oneOf"].([]any)
	schema["oneOf"] = append(alternatives, map[string]any{
		"type": "array", "items": map[string]any{"type": "string"},
	})
}

// at goes down a decoded document. It returns a new object where there is none.
func at(node map[string]any, keys ...string) map[string]any {
	for _, key := range keys {
		child, ok := node[key].(map[string]any)
		if !ok {
			child = map[string]any{}
			node[key] = child
		}
		node = child
	}
	return node
}

// completeEvents adds to a list of event names those of all webhooks. The lists
// in the schemas of Apps are older than webhooks, such as sub_issues, that the
// same document describes and that Apps may subscribe to.
func (d *description) completeEvents(node map[string]any) {
	names, ok := node["enum"].([]any)
	if !ok || !slices.Contains(names, any("gollum")) || !slices.Contains(names, any("issue_comment")) {
		return
	}
	for _, event := range d.events {
		if !slices.Contains(names, any(event)) {
			names = append(names, event)
		}
	}
	node["enum"] = names
}

// eventNames are the events that the webhooks are about, as in X-GitHub-Event.
// The webhooks' operationIds are such as issue-comment/created.
func (d *description) eventNames() ([]string, error) {
	var names []string
	for name, webhook := range d.Webhooks {
		var operation struct{ OperationID string }
		if err := json.Unmarshal(webhook["post"], &operation); err != nil {
			return nil, fmt.Errorf("parse webhook %s: %w", name, err)
		}
		event, _, _ := strings.Cut(operation.OperationID, "/")
		names = append(names, strings.ReplaceAll(event, "-", "_"))
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}
