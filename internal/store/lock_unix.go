//go:build unix

package store

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// errInUse says that another process has the database.
var errInUse = errors.New("another process has it")

// lock takes a lock that lasts until the file is closed or the process ends,
// however it ends. It is beside the database, not on it: closing any handle of
// a database drops SQLite's own locks.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = errInUse
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// unlock gives a lock back at once. Closing the file alone would not while a
// child process that is just being started still has it open.
func unlock(f *os.File) error {
	return errors.Join(syscall.Flock(int(f.Fd()), syscall.LOCK_UN), f.Close())
}
