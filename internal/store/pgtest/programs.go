package pgtest

import (
	"errors"
	"os/exec"
	"path/filepath"
)

// programs returns the directory with PostgreSQL's programs: that of the newest
// version where Debian puts them, which is on nobody's PATH, else where initdb is.
func programs() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("PostgreSQL is not installed: run make tools, or install Debian's package postgresql")
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return "", errors.New("PostgreSQL's initdb leads nowhere")
	}
	return filepath.Dir(path), nil
}
