package contract

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// CheckWebhook holds a webhook's payload against GitHub's description of the
// event, chosen by its name (X-GitHub-Event) and the payload's action. Required
// fields, types and formats must fit. Fields that the description does not
// mention are allowed: GitHub's own examples have some.
func CheckWebhook(event string, payload []byte) error {
	return checkWebhook(event, payload, false)
}

// CheckWebhookStrictly is CheckWebhook for payloads made by this project: a
// field that the description does not mention is a violation.
func CheckWebhookStrictly(event string, payload []byte) error {
	return checkWebhook(event, payload, true)
}

func checkWebhook(event string, payload []byte, strict bool) error {
	s, err := Load()
	if err != nil {
		return err
	}
	var value any
	if err := json.Unmarshal(payload, &value); err != nil {
		return fmt.Errorf("decode %s webhook: %w", event, err)
	}
	name := "webhook " + event
	if action := actionOf(value); action != "" {
		name += "/" + action
	}
	schema, err := s.webhook(event, value)
	if err != nil {
		return violations{{Operation: name, Part: "payload", Reason: err.Error()}}
	}
	var found violations
	found.add(name, "payload", validate(schema, value))
	if strict {
		found.add(name, "payload", unknownFields(schema, value))
	}
	return found.err()
}

func actionOf(payload any) string {
	object, _ := payload.(map[string]any)
	action, _ := object["action"].(string)
	return action
}

// webhook returns the schema of an event's payload. The description names
// webhooks issues-opened, with dashes throughout, and those without actions,
// such as gollum, by the event alone.
func (s *Spec) webhook(event string, payload any) (*openapi3.Schema, error) {
	dashed := strings.NewReplacer("_", "-")
	name := dashed.Replace(event)
	if action := actionOf(payload); action != "" {
		name += "-" + dashed.Replace(action)
	}
	operation, ok := s.description.Webhooks[name]["post"]
	if !ok {
		return nil, errors.New("unknown webhook: GitHub's description has no " + name)
	}
	return s.compileWebhook(name, operation)
}

func (s *Spec) compileWebhook(name string, raw json.RawMessage) (*openapi3.Schema, error) {
	op, err := s.compile("POST", "/webhooks/"+name, raw)
	if err != nil {
		return nil, err
	}
	media := op.route.Operation.RequestBody.Value.Content.Get("application/json")
	if media == nil || media.Schema == nil {
		return nil, fmt.Errorf("load description of webhook %s: no JSON payload in it", name)
	}
	return media.Schema.Value, nil
}
