package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"
)

// Manifest is what the App asks GitHub for, in Probot's form.
//
// https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
type Manifest struct {
	Name           string            `yaml:"name"`
	Description    string            `yaml:"description"`
	URL            string            `yaml:"url"`
	Public         bool              `yaml:"public"`
	HookAttributes HookAttributes    `yaml:"hook_attributes"`
	Events         []string          `yaml:"default_events"`
	Permissions    map[string]string `yaml:"default_permissions"`
}

// HookAttributes say where GitHub delivers to.
type HookAttributes struct {
	URL    string `yaml:"url"`
	Active bool   `yaml:"active"`
}

// ParseManifest reads a manifest; a key that is not known is an error, and so is
// a second document.
func ParseManifest(text []byte) (Manifest, error) {
	var m Manifest
	dec := yaml.NewDecoder(bytes.NewReader(text))
	dec.KnownFields(true)
	if err := dec.Decode(&m); err != nil {
		return m, fmt.Errorf("read manifest: %w", err)
	}
	if err := dec.Decode(&struct{}{}); !errors.Is(err, io.EOF) {
		return m, errors.New("read manifest: there is more than one document in it")
	}
	return m, nil
}
