package config

import (
	"testing"

	"github.com/firebreak-app/firebreak"
)

func TestManifestOfTheApp(t *testing.T) {
	t.Parallel()
	m, err := ParseManifest(firebreak.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	if m.Name == "" || m.Description == "" || m.URL == "" || m.HookAttributes.URL == "" || !m.HookAttributes.Active {
		t.Errorf("something is missing: %+v", m)
	}
	if m.Public {
		t.Error("an App made from it could be installed by everybody")
	}
	if len(m.Events) == 0 || m.Permissions["issues"] != "write" || m.Permissions["contents"] != "write" || m.Permissions["metadata"] != "read" {
		t.Errorf("events %q, permissions %q", m.Events, m.Permissions)
	}
}

func TestManifestsThatAreRefused(t *testing.T) {
	t.Parallel()
	for what, text := range map[string]string{
		"nothing":               "",
		"an unknown key":        "name: x\ndefault_event: [issues]\n",
		"an unknown key within": "hook_attributes: {address: x}\n",
		"a key twice":           "name: x\nname: y\n",
		"a list for a text":     "name: [x]\n",
		"a second document":     "name: x\n---\nname: y\n",
		"no mapping":            "- name\n",
		"no YAML":               "name: [",
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			if m, err := ParseManifest([]byte(text)); err == nil {
				t.Errorf("read as %+v", m)
			}
		})
	}
}
