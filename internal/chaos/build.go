package chaos

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
)

// Build builds the program into a directory, as make build does. It is to be
// called from within the module.
func Build(ctx context.Context, dir string) (binary string, err error) {
	binary = filepath.Join(dir, "firebreak")
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", binary, "github.com/firebreak-app/firebreak/cmd/firebreak")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w: %s", err, out)
	}
	return binary, nil
}
