package contract

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Files under .cache/specs of the module, as scripts/fetch-specs.sh names them.
const (
	descriptionFile = "openapi.json"
	examplesFile    = "webhook-examples.json"
)

// readSpec reads one of the fetched files. Its error says how to fetch them.
func readSpec(name string) ([]byte, error) {
	root, err := moduleRoot()
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile(filepath.Join(root, ".cache", "specs", name))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("read GitHub's API description: %w (run `make specs` to fetch it)", err)
	}
	if err != nil {
		return nil, fmt.Errorf("read GitHub's API description: %w", err)
	}
	return content, nil
}

// moduleRoot is the nearest folder above the working directory that holds a
// go.mod. Tests run in their package's folder, wherever the module lies.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find module root: %w", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("find module root: no go.mod here or in any folder above")
		}
		dir = parent
	}
}
