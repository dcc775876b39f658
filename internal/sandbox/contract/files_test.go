package contract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMissingDescriptionSaysHowToFetchIt(t *testing.T) {
	module := t.TempDir()
	if err := os.WriteFile(filepath.Join(module, "go.mod"), []byte("module m\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	below := filepath.Join(module, "a", "b")
	if err := os.MkdirAll(below, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(below)
	_, err := readSpec(descriptionFile)
	if err == nil || !strings.Contains(err.Error(), "make specs") || !strings.Contains(err.Error(), filepath.Join(".cache", "specs")) {
		t.Errorf("readSpec: %v, want where it looked and to run `make specs`", err)
	}
}

func TestNoModuleIsToldAsSuch(t *testing.T) {
	t.Chdir(t.TempDir())
	if _, err := readSpec(descriptionFile); err == nil || !strings.Contains(err.Error(), "no go.mod") {
		t.Errorf("readSpec: %v, want one about go.mod", err)
	}
}

func TestOtherDocumentsAreRefused(t *testing.T) {
	for _, content := range []string{``, `[]`, `{}`, `{"openapi":"3.0.3","paths":{}}`} {
		if _, err := newSpec([]byte(content)); err == nil {
			t.Errorf("newSpec took %q for GitHub's description", content)
		}
	}
}

func TestBrokenReferencesAreTold(t *testing.T) {
	content := `{"paths":{"/a":{"get":{"responses":{"200":{"$ref":"#/components/responses/gone"}}}}},
		"x-webhooks":{"w":{"post":{"operationId":"w"}}},"components":{"schemas":{"basic-error":{"type":"object"}}}}`
	s, err := newSpec([]byte(content))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Check(Exchange{Method: "GET", Path: "/a"}); err == nil || !strings.Contains(err.Error(), "responses/gone") {
		t.Errorf("Check: %v, want the broken reference named", err)
	}
}
