package contract

import (
	"encoding/json"
	"fmt"
)

// description is GitHub's OpenAPI document, taken apart no further than needed
// to find things: of 1,223 operations a test run uses some thirty, and giving
// the whole document to the validator takes many seconds.
type description struct {
	Info       json.RawMessage                       `json:"info"`
	Paths      map[string]map[string]json.RawMessage `json:"paths"`
	Webhooks   map[string]map[string]json.RawMessage `json:"x-webhooks"`
	Components map[string]map[string]json.RawMessage `json:"components"`

	// decoded holds components that were asked for, by "kind/name".
	decoded map[string]any
	events  []string
}

func parseDescription(content []byte) (*description, error) {
	d := &description{decoded: map[string]any{}}
	if err := json.Unmarshal(content, d); err != nil {
		return nil, fmt.Errorf("parse API description: %w", err)
	}
	if len(d.Paths) == 0 || len(d.Webhooks) == 0 || len(d.Components["schemas"]) == 0 {
		return nil, fmt.Errorf("parse API description: no paths, webhooks or schemas in it")
	}
	var err error
	d.events, err = d.eventNames()
	return d, err
}

// component returns one component, decoded and adapted (see adapt).
func (d *description) component(kind, name string) (any, error) {
	key := kind + "/" + name
	if value, ok := d.decoded[key]; ok {
		return value, nil
	}
	raw, ok := d.Components[kind][name]
	if !ok {
		return nil, fmt.Errorf("resolve component %s: not in the API description", key)
	}
	value, err := d.decode(raw)
	if err != nil {
		return nil, fmt.Errorf("decode component %s: %w", key, err)
	}
	d.decoded[key] = value
	return value, nil
}

// decode takes a part of the document, corrects and adapts it.
func (d *description) decode(raw json.RawMessage) (any, error) {
	var value any
	if err := json.Unmarshal(raw, &value); err != nil {
		return nil, err
	}
	if operation, ok := value.(map[string]any); ok {
		id, _ := operation["operationId"].(string)
		if correct, ok := corrections[id]; ok {
			correct(operation)
		}
	}
	d.adapt(value)
	return value, nil
}
