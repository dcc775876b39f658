package sandbox

import (
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// Sandbox is a running GitHub. Its methods may be called from any goroutine.
type Sandbox struct {
	opts Options
	key  *rsa.PrivateKey
	dir  string // of the wikis
	base string
	git  string // its HTTP server

	mu      sync.Mutex
	changed chan struct{} // closed and replaced on every change
	closed  bool
	world   *world
	hooks   hooks
	faults  []*activeFault
	record  recorder

	life   context.Context
	die    context.CancelFunc
	work   sync.WaitGroup // goroutines and requests under way
	server *http.Server
	client *http.Client
}

// Start listens and serves. Whoever starts a Sandbox closes it.
func Start(opts Options) (*Sandbox, error) {
	opts = opts.withDefaults()
	sb := &Sandbox{opts: opts, changed: make(chan struct{})}
	if err := sb.prepare(); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", opts.Addr)
	if err != nil {
		_ = os.RemoveAll(sb.dir)
		return nil, fmt.Errorf("listen for the sandbox: %w", err)
	}
	sb.base = "http://" + listener.Addr().String()
	sb.world = newWorld(opts, sb.base, sb.dir)
	sb.hooks.url = opts.WebhookURL
	sb.serve(listener)
	return sb, nil
}

// prepare makes what can fail before there is an address.
func (sb *Sandbox) prepare() error {
	var err error
	if sb.key, err = loadKey(sb.opts.PrivateKeyPEM); err != nil {
		return err
	}
	if sb.git, err = findGitBackend(); err != nil {
		return err
	}
	if sb.dir, err = os.MkdirTemp(sb.opts.Dir, "sandbox-wikis-"); err != nil {
		return fmt.Errorf("make a directory for wikis: %w", err)
	}
	return nil
}

func (sb *Sandbox) serve(listener net.Listener) {
	sb.life, sb.die = context.WithCancel(context.Background())
	sb.client = &http.Client{
		Timeout:   sb.opts.WebhookTimeout,
		Transport: &http.Transport{DisableKeepAlives: true},
		// GitHub does not follow a hook's redirects.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	sb.server = &http.Server{Handler: sb.handler(), ReadHeaderTimeout: time.Minute}
	sb.work.Go(func() { _ = sb.server.Serve(listener) })
	sb.work.Go(sb.sendLoop)
}

// Close ends what is under way (hanging requests and webhooks are cut), frees
// the port and removes the wikis. Closing twice is harmless.
func (sb *Sandbox) Close() error {
	sb.mu.Lock()
	if sb.closed {
		sb.mu.Unlock()
		return nil
	}
	sb.closed = true
	sb.wakeLocked()
	sb.mu.Unlock()

	sb.die()
	err := sb.server.Close()
	sb.work.Wait()
	sb.client.CloseIdleConnections()
	if err := errors.Join(err, os.RemoveAll(sb.dir)); err != nil {
		return fmt.Errorf("close the sandbox: %w", err)
	}
	return nil
}

// WebURL is the address people use, without a slash at its end. Wikis' git is at
// WebURL/owner/repo.wiki.git.
func (sb *Sandbox) WebURL() string { return sb.base }

// APIURL is the REST API's address, with a slash at its end, in the form of
// GitHub Enterprise Server.
func (sb *Sandbox) APIURL() string { return sb.base + apiPrefix + "/" }

// GraphQLURL is where GraphQL would be: nothing of it is served.
func (sb *Sandbox) GraphQLURL() string { return sb.base + "/api/graphql" }

// AppID is the App's id.
func (sb *Sandbox) AppID() int64 { return sb.opts.AppID }

// BotLogin is the login of the App's own user.
func (sb *Sandbox) BotLogin() string { return sb.opts.AppSlug + "[bot]" }

// WebhookSecret is what webhooks are signed with.
func (sb *Sandbox) WebhookSecret() string { return sb.opts.WebhookSecret }

// Now is the time by Options.Clock, as GitHub shows times: UTC, whole seconds.
func (sb *Sandbox) Now() time.Time { return sb.opts.Clock().UTC().Truncate(time.Second) }
