package contract

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestMain fetches the description where it is missing, so that these tests
// never pass for want of it.
func TestMain(m *testing.M) {
	root, err := moduleRoot()
	if err == nil {
		fetch := exec.Command(filepath.Join(root, "scripts", "fetch-specs.sh"))
		fetch.Stdout, fetch.Stderr = os.Stderr, os.Stderr
		err = fetch.Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "fetch GitHub's API description:", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func loaded(t *testing.T) *Spec {
	t.Helper()
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// example is one of the example answers that the description comes with.
func example(t *testing.T, name string) map[string]any {
	t.Helper()
	var wrapped struct{ Value map[string]any }
	raw, ok := loaded(t).description.Components["examples"][name]
	if !ok {
		t.Fatalf("the description has no example %q", name)
	}
	if err := json.Unmarshal(raw, &wrapped); err != nil {
		t.Fatal(err)
	}
	return wrapped.Value
}

func decoded(t *testing.T, text string) (value any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	return value
}

func encode(t *testing.T, value any) []byte {
	t.Helper()
	encoded, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}
