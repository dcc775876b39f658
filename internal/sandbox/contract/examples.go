package contract

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// Example is one of GitHub's own example webhook payloads.
type Example struct {
	Event   string // as in X-GitHub-Event
	Name    string // unique, such as "issues.opened.1"
	Payload []byte // JSON as GitHub publishes it; shared, not to be changed
}

// Examples returns GitHub's example payloads for every event, in the order in
// which GitHub publishes them. Some events and actions have none, among them
// sub_issues and the closing of an issue.
func Examples() ([]Example, error) {
	all, err := readExamples()
	return slices.Clone(all), err
}

var readExamples = sync.OnceValues(func() ([]Example, error) {
	content, err := readSpec(examplesFile)
	if err != nil {
		return nil, err
	}
	var events []struct {
		Name     string
		Examples []json.RawMessage
	}
	if err := json.Unmarshal(content, &events); err != nil {
		return nil, fmt.Errorf("parse webhook examples: %w", err)
	}
	var all []Example
	for _, event := range events {
		count := map[string]int{}
		for _, payload := range event.Examples {
			name, err := exampleName(event.Name, payload)
			if err != nil {
				return nil, fmt.Errorf("parse webhook example of %s: %w", event.Name, err)
			}
			all = append(all, Example{
				Event: event.Name, Name: fmt.Sprintf("%s.%d", name, count[name]), Payload: payload,
			})
			count[name]++
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("parse webhook examples: none in the file")
	}
	return all, nil
})

func exampleName(event string, payload []byte) (string, error) {
	var header struct{ Action string }
	if err := json.Unmarshal(payload, &header); err != nil {
		return "", err
	}
	if header.Action == "" {
		return event, nil
	}
	return event + "." + header.Action, nil
}

// WithInstallation returns the payload with an installation of the given id
// where it has none, as a GitHub App's deliveries all have one and most of
// GitHub's examples do not. A payload that has one is returned as it is.
func WithInstallation(payload []byte, id int64) ([]byte, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(payload, &fields); err != nil {
		return nil, fmt.Errorf("add installation to payload: %w", err)
	}
	if installation, ok := fields["installation"]; ok && string(installation) != "null" {
		return payload, nil
	}
	node := base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "023:IntegrationInstallation%d", id))
	fields["installation"] = fmt.Appendf(nil, `{"id":%d,"node_id":%q}`, id, node)
	return json.Marshal(fields)
}
