package pgtest

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"time"
)

// Options say how a server is run. The zero value is usable.
type Options struct {
	// Durable leaves commits on disk before they are answered. Off, as tests that
	// kill no machine may have it, a commit is several times as fast.
	Durable bool
}

// Server is a PostgreSQL server that ends with this process, or with Stop.
type Server struct {
	bin      string
	dir      string
	port     int
	password string
	made     atomic.Int64
	// leash is the pipe whose end is the server's.
	leash  *os.File
	keeper *exec.Cmd
}

const (
	superuser = "firebreak"
	// startWithin bounds the start, initdb included.
	startWithin = time.Minute
	// attempts is how often another port is tried: between finding a free one and
	// listening on it, somebody else may take it.
	attempts = 5
)

// Start makes a server with no databases in it and waits until it answers.
func Start(ctx context.Context, opts Options) (*Server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	for n := 1; ; n++ {
		s := &Server{bin: bin, password: rand.Text()}
		if err = s.start(ctx, opts); err == nil {
			return s, nil
		}
		if err = errors.Join(err, s.Stop()); n == attempts || ctx.Err() != nil {
			return nil, fmt.Errorf("start a throwaway PostgreSQL: %w", err)
		}
	}
}

// keeper holds the server: it starts it, waits on its standard input, which
// only we have the other end of, then ends the server and removes its files.
//
//go:embed keeper.sh
var keeper string

func (s *Server) start(ctx context.Context, opts Options) error {
	if err := s.prepare(); err != nil {
		return err
	}
	held, leash, err := os.Pipe()
	if err != nil {
		return fmt.Errorf("make a pipe: %w", err)
	}
	defer held.Close()
	s.leash = leash
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("make the log: %w", err)
	}
	defer log.Close()
	fsync := "off"
	if opts.Durable {
		fsync = "on"
	}
	s.keeper = exec.Command("/bin/sh", "-c", keeper, "pgtest", s.bin, s.dir, superuser, strconv.Itoa(s.port), fsync)
	s.keeper.Dir, s.keeper.Stdin, s.keeper.Stdout, s.keeper.Stderr = s.dir, held, log, log
	s.keeper.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	if err := asServer(s.keeper, s.dir); err != nil {
		return err
	}
	if err := s.keeper.Start(); err != nil {
		return fmt.Errorf("start the shell that holds it: %w", err)
	}
	return s.await(ctx)
}

// prepare makes the directory, the password's file in it, and finds a port.
func (s *Server) prepare() (err error) {
	if s.dir, err = os.MkdirTemp("", "firebreak-postgres-"); err != nil {
		return fmt.Errorf("make a directory: %w", err)
	}
	if err := os.WriteFile(filepath.Join(s.dir, "password"), []byte(s.password+"\n"), 0o600); err != nil {
		return fmt.Errorf("write the password: %w", err)
	}
	s.port, err = freePort()
	return err
}

// freePort finds a port below those that the kernel gives to outgoing
// connections, of which any may take one at any time.
func freePort() (int, error) {
	for range 100 {
		var random [2]byte
		_, _ = rand.Read(random[:])
		port := 20_000 + (int(random[0])<<8|int(random[1]))%12_000
		l, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			return port, l.Close()
		}
	}
	return 0, errors.New("find a port: none of a hundred is free")
}

// await asks until the server answers, or the shell that holds it has ended.
func (s *Server) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		if s.run(ctx, "psql", "-d", "postgres", "-c", "SELECT 1") == nil {
			return nil
		}
		if text, err := os.ReadFile(filepath.Join(s.dir, "failed")); err == nil {
			return fmt.Errorf("it ended: %s", text)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("it does not answer: %w", ctx.Err())
		case <-again.C:
		}
	}
}

// run runs one of PostgreSQL's clients against the server.
func (s *Server) run(ctx context.Context, program string, args ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(s.bin, program), args...)
	cmd.Dir = "/"
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "PGHOST=127.0.0.1", "PGPORT=" + strconv.Itoa(s.port), "PGUSER=" + superuser,
		"PGPASSWORD=" + s.password, "PGCONNECT_TIMEOUT=10", "HOME=/nonexistent", "PSQLRC=/nonexistent",
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("run %s: %w: %s", program, err, out)
	}
	return nil
}

// Create makes a new, empty database and returns its URL, password included.
func (s *Server) Create(ctx context.Context) (string, error) {
	name := fmt.Sprintf("test_%d", s.made.Add(1))
	if err := s.run(ctx, "createdb", "--template=template0", "--encoding=UTF8", name); err != nil {
		return "", err
	}
	u := url.URL{Scheme: "postgres", User: url.UserPassword(superuser, s.password), Path: "/" + name,
		Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)), RawQuery: "sslmode=disable"}
	return u.String(), nil
}

// Drop removes a database that Create made, whoever is still connected to it.
func (s *Server) Drop(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return errors.New("drop database: that is no URL of one")
	}
	return s.run(ctx, "dropdb", "--force", u.Path[1:])
}

// Stop ends the server at once and removes its files. Stopping twice is
// harmless.
func (s *Server) Stop() error {
	var errs []error
	if s.leash != nil {
		errs = append(errs, s.leash.Close())
		s.leash = nil
	}
	if s.keeper != nil && s.keeper.Process != nil {
		errs = append(errs, s.keeper.Wait())
		s.keeper = nil
	}
	if s.dir != "" {
		errs = append(errs, os.RemoveAll(s.dir))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("stop the throwaway PostgreSQL: %w", err)
	}
	return nil
}
