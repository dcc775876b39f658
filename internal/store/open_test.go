package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDatabasesThatCannotBeOpened(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ spec, want string }{
		"no kind":                 {"firebreak.db", "it must be given as sqlite:PATH"},
		"no path":                 {"sqlite:", "it must be given as sqlite:PATH"},
		"another kind":            {"mysql://host/db", "it must be given as sqlite:PATH"},
		"no URL":                  {"postgres://me:hunter2@host:port/db", "it is not a URL that PostgreSQL understands"},
		"nobody there":            {"postgres://me:hunter2@127.0.0.1:1/db", "connection refused"},
		"no such directory":       {"sqlite:" + dir + "/missing/x.db", "open database " + dir + "/missing/x.db: no such file or directory"},
		"a directory":             {"sqlite:" + dir, "open database " + dir + ": is a directory"},
		"a file in the directory": {"sqlite:" + text + "/x.db", "not a directory"},
		"not a database":          {"sqlite:" + text, "open database " + text + ": file is not a database"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := Open(context.Background(), tc.spec, Options{})
			if err == nil {
				t.Fatal("opened", db.Close())
			}
			if !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the error is %q, want %q in it", err, tc.want)
			}
		})
	}
}

func TestTheFilesAreNobodyElses(t *testing.T) {
	t.Parallel()
	k := newSQLite(t)
	k.keep("a")
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		info, err := os.Stat(k.path() + suffix)
		k.must(err)
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %o", info.Name(), mode)
		}
	}
}

func TestTwoProcessesDoNotShareADatabase(t *testing.T) {
	t.Parallel()
	k := newSQLite(t)
	if db, err := Open(context.Background(), k.spec, k.opts); err == nil || !strings.Contains(err.Error(), "another process has it") {
		t.Errorf("opened %v: %v", db, err)
	}
	k.keep("a")
	k.must(k.Close())
	k.open()
	if n := k.rows()["deliveries"]; n != 1 {
		t.Errorf("%d deliveries after a restart, want one", n)
	}
}

func TestPathsOfAnyCharacters(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a b", "50%20", "a?mode=memory", "a#b", "ü&_pragma=x", "-x", ":memory:"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := &kit{t: t, spec: "sqlite:" + filepath.Join(t.TempDir(), name), log: &syncBuffer{}}
			k.open()
			k.must(errors.Join(k.SetBase(context.Background(), key, "x"), k.Close()))
			if info, err := os.Stat(k.path()); err != nil || info.Size() == 0 {
				t.Errorf("the database is not where it should be: %v", err)
			}
		})
	}
}

func TestPing(t *testing.T) {
	t.Parallel()
	k := newSQLite(t)
	for range 2 {
		k.must(k.Ping(context.Background()))
	}
	write := k.engine.(*sqlite).write
	_, err := write.ExecContext(context.Background(), "PRAGMA query_only = 1")
	k.must(err)
	if err := k.Ping(context.Background()); err == nil {
		t.Error("a database that takes nothing can be written")
	}
	k.must(write.Close())
	if err := k.Ping(context.Background()); err == nil {
		t.Error("a closed database can be written")
	}
}
