//go:build !unix

package pgtest

import (
	"errors"
	"os/exec"
)

func asServer(*exec.Cmd, string) error { return errors.New("only on Unix") }
