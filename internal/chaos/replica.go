package chaos

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// replica is one process of the program, started again whenever it was killed.
type replica struct {
	name   string
	binary string
	env    []string
	log    string
	guard  *guard
	client *http.Client

	mu    sync.Mutex
	cmd   *exec.Cmd
	addr  string // where it takes deliveries; empty while it does not
	ended chan struct{}
	// crashed says how it ended, if nobody ended it.
	crashed error
}

// readyWithin bounds a start.
const readyWithin = time.Minute

func newReplica(n int, g *guard, opts Options, w *world) (*replica, error) {
	key := filepath.Join(opts.Dir, "key.pem")
	if err := os.WriteFile(key, w.PrivateKeyPEM(), 0o600); err != nil {
		return nil, fmt.Errorf("write the App's key: %w", err)
	}
	name := fmt.Sprintf("replica-%d", n+1)
	return &replica{
		name: name, binary: opts.Binary, guard: g, log: filepath.Join(opts.Dir, name+".log"),
		client: &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}},
		env: []string{
			"PATH=" + os.Getenv("PATH"), "HOME=" + opts.Dir, "TMPDIR=" + os.TempDir(),
			"GITHUB_APP_INTEGRATION_ID=" + strconv.FormatInt(w.AppID(), 10), "GITHUB_APP_WEBHOOK_SECRET=" + webhookSecret,
			"GITHUB_APP_PRIVATE_KEY_FILE=" + key,
			"GITHUB_V3_API_URL=" + w.APIURL(), "GITHUB_V4_API_URL=" + w.GraphQLURL(), "GITHUB_WEB_URL=" + w.WebURL(),
			"FIREBREAK_ADDR=127.0.0.1:0", "FIREBREAK_DATABASE=" + opts.Database, "FIREBREAK_QUIET_PERIOD=100ms",
		},
	}, nil
}

// start starts the process and waits until it takes deliveries. One that is
// killed before is no error: somebody starts it again.
func (p *replica) start(ctx context.Context) error {
	said, ended, err := p.launch()
	if err != nil {
		return fmt.Errorf("start %s: %w", p.name, err)
	}
	if ended == nil {
		return nil // it runs already
	}
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	select {
	case addr := <-said:
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.ended == ended {
			p.addr = addr
		}
		return nil
	case <-ended:
		return p.crash()
	case <-ctx.Done():
		return fmt.Errorf("start %s: it takes no deliveries: %w", p.name, context.Cause(ctx))
	}
}

func (p *replica) launch() (said <-chan string, ended chan struct{}, err error) {
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, err
	}
	listening := &listening{to: log, said: make(chan string, 1)}
	cmd := exec.Command(p.binary, "serve")
	cmd.Env, cmd.Dir, cmd.Stdout, cmd.Stderr = p.env, filepath.Dir(p.log), log, listening
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd != nil {
		return nil, nil, log.Close()
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, errors.Join(err, log.Close())
	}
	p.guard.tell("born", cmd.Process.Pid)
	ended = make(chan struct{})
	p.cmd, p.ended = cmd, ended
	go func() {
		_ = cmd.Wait()
		p.guard.tell("dead", cmd.Process.Pid)
		_ = log.Close()
		p.mu.Lock()
		if p.cmd == cmd {
			p.crashed = fmt.Errorf("%s ended by itself: %s; see %s", p.name, cmd.ProcessState, p.log)
		}
		p.mu.Unlock()
		close(ended)
	}()
	return listening.said, ended, nil
}

// kill ends the process at once, as the kernel does when memory runs out, and
// says whether there was one.
func (p *replica) kill() bool {
	p.mu.Lock()
	cmd, ended := p.cmd, p.ended
	p.cmd, p.addr = nil, ""
	p.mu.Unlock()
	if cmd == nil {
		return false
	}
	_ = cmd.Process.Kill()
	<-ended
	return true
}

// stop ends the process as an operator does, and fails if it does not end well.
func (p *replica) stop(ctx context.Context) error {
	p.mu.Lock()
	cmd, ended := p.cmd, p.ended
	p.cmd, p.addr = nil, ""
	p.mu.Unlock()
	if cmd == nil {
		return nil
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stop %s: %w", p.name, err)
	}
	select {
	case <-ended:
	case <-ctx.Done():
		return fmt.Errorf("stop %s: %w", p.name, context.Cause(ctx))
	}
	if !cmd.ProcessState.Success() {
		return fmt.Errorf("stop %s: it ended with %s", p.name, cmd.ProcessState)
	}
	return nil
}

// crash says how the process ended, if nobody ended it.
func (p *replica) crash() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.crashed
}

// address returns where it takes deliveries, empty while it does not.
func (p *replica) address() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.addr
}

// listening copies a log and finds in it where the program listens.
type listening struct {
	to   *os.File
	said chan string
	line []byte
	done bool
}

var addrLine = regexp.MustCompile(`"addr":"([^"]+)".*"message":"taking webhooks"`)

func (l *listening) Write(p []byte) (int, error) {
	if !l.done {
		l.line = append(l.line, p...)
		for {
			line, rest, whole := bytes.Cut(l.line, []byte("\n"))
			if !whole {
				break
			}
			if m := addrLine.FindSubmatch(line); m != nil {
				l.said <- string(m[1])
				l.done, rest = true, nil
			}
			l.line = rest
			if l.done {
				break
			}
		}
	}
	return l.to.Write(p)
}
