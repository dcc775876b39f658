package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/firebreak-app/firebreak"
	"github.com/firebreak-app/firebreak/config"
	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// TestScripts runs testdata/script: the program as people start it, in processes
// of its own, against a sandbox in this one. Beside testscript's own commands
// the scripts have:
//
//	sandbox             start a sandbox with acme/shop, and set all that serve needs
//	port VAR            put a free address into a variable
//	occupied VAR        the same, of an address that is taken
//	ready               wait until /readyz says so
//	get PATH            print what a path is answered
//	open TITLE          open an incident as maya
//	tick ITEM           tick a box of the checklist as jon
//	comment TEXT        comment on the incident as jon
//	answered            wait until all deliveries since ready are answered; fail if one was refused
//	shows TEXT          wait until the checklist says something; there is just one
//	labelled LABEL      wait until the incident has a label
//	replied TEXT        wait until a reply says something
//	github down|up      make every call of the API fail, or no longer
//	github forbids      refuse comments for want of a permission
//	terminate           send SIGTERM to what runs in the background
//	status N ARG...     run a program, which is to end with this status
//	keyfile FILE PEM    add the private key of a file to a file of settings
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"), RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Values[stageKey{}] = &stage{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"sandbox": startSandbox, "port": freePort, "occupied": occupied, "terminate": terminate, "get": get, "ready": ready,
			"status": status, "keyfile": keyFile,
			"open": onStage(openIncident), "tick": onStage(tickItem), "comment": onStage(commentAs), "answered": onStage(answered),
			"shows": onStage(shows), "labelled": onStage(hasLabel), "github": onStage(breakGitHub),
			"replied": onStage(replied),
		},
	})
}

// stage is a script's sandbox.
type stage struct {
	*sandbox.Sandbox
	down *sandbox.Injected
	// before counts the deliveries before the last start.
	before int
}

type stageKey struct{}

// commandTimeout bounds every wait; a script that needs it has failed.
const commandTimeout = 60 * time.Second

// onStage makes a command of what is done with the script's sandbox.
func onStage(do func(ctx context.Context, s *stage, arg string) error) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, args []string) {
		s, ok := ts.Value(stageKey{}).(*stage)
		if !ok || s.Sandbox == nil {
			ts.Fatalf("no sandbox was started")
		}
		ctx, cancel := context.WithTimeout(context.Background(), commandTimeout)
		defer cancel()
		ts.Check(do(ctx, s, strings.Join(args, " ")))
	}
}

func startSandbox(ts *testscript.TestScript, _ bool, _ []string) {
	manifest, err := config.ParseManifest(firebreak.Manifest)
	ts.Check(err)
	s := ts.Value(stageKey{}).(*stage)
	s.Sandbox, err = sandbox.Start(sandbox.Options{WebhookSecret: hookSecret, Permissions: manifest.Permissions, Events: manifest.Events})
	ts.Check(err)
	ts.Defer(func() { ts.Check(s.Close()) })
	ts.Check(s.AddRepo(shop, sandbox.RepoOptions{WikiInitialised: true}))
	ts.Check(s.Grant(shop, "maya", sandbox.RoleAdmin))
	ts.Check(s.Grant(shop, "jon", sandbox.RoleWrite))
	addr := listenOnce(ts)
	key := ts.MkAbs("key.pem")
	ts.Check(os.WriteFile(key, s.PrivateKeyPEM(), 0o600))
	for name, value := range map[string]string{
		"GITHUB_APP_INTEGRATION_ID": strconv.FormatInt(s.AppID(), 10), "GITHUB_APP_WEBHOOK_SECRET": hookSecret, "GITHUB_APP_PRIVATE_KEY_FILE": key,
		"GITHUB_V3_API_URL": s.APIURL(), "GITHUB_V4_API_URL": s.GraphQLURL(), "GITHUB_WEB_URL": s.WebURL(),
		"FIREBREAK_ADDR": addr, "FIREBREAK_DATABASE": "sqlite:" + ts.MkAbs("firebreak.db"), "FIREBREAK_QUIET_PERIOD": "100ms",
	} {
		ts.Setenv(name, value)
	}
	s.SetWebhook("http://" + addr + "/api/github/hook")
}

func listenOnce(ts *testscript.TestScript) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Check(l.Close())
	return l.Addr().String()
}

func freePort(ts *testscript.TestScript, _ bool, args []string) { ts.Setenv(args[0], listenOnce(ts)) }

func occupied(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	ts.Setenv(args[0], l.Addr().String())
}

func terminate(ts *testscript.TestScript, _ bool, _ []string) {
	for _, cmd := range ts.BackgroundCmds() {
		ts.Check(cmd.Process.Signal(syscall.SIGTERM))
	}
}

func status(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	var failed *exec.ExitError
	have := 0
	if errors.As(err, &failed) {
		have = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if fmt.Sprint(have) != args[0] {
		ts.Fatalf("status %d, want %s", have, args[0])
	}
}

func keyFile(ts *testscript.TestScript, _ bool, args []string) {
	settings := ts.ReadFile(args[0]) + "GITHUB_APP_PRIVATE_KEY=\"" + ts.ReadFile(args[1]) + "\"\n"
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(settings), 0o600))
}

func get(ts *testscript.TestScript, _ bool, args []string) {
	status, text, err := fetch(context.Background(), ts.Getenv("FIREBREAK_ADDR"), args[0])
	ts.Check(err)
	fmt.Fprintln(ts.Stdout(), status, text)
}

func fetch(ctx context.Context, addr, path string) (status int, text string, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+path, nil)
	if err != nil {
		return 0, "", err
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(r)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res.StatusCode, strings.TrimSpace(string(body)), err
}

// ready asks again and again: a process that starts tells nobody.
func ready(ts *testscript.TestScript, _ bool, _ []string) {
	ctx, cancel := context.WithTimeout(context.Background(), commandTimeout)
	defer cancel()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		status, _, err := fetch(ctx, ts.Getenv("FIREBREAK_ADDR"), "/readyz")
		if status == http.StatusOK {
			s := ts.Value(stageKey{}).(*stage)
			s.before = len(s.Deliveries())
			return
		}
		select {
		case <-ctx.Done():
			ts.Fatalf("not ready: status %d, %v", status, err)
		case <-again.C:
		}
	}
}

func openIncident(_ context.Context, s *stage, title string) error {
	_, err := s.As("maya").OpenIssue(shop, title, "It is slow.", "incident")
	return err
}

func commentAs(_ context.Context, s *stage, text string) error {
	_, err := s.As("jon").Comment(shop, 1, text)
	return err
}

func tickItem(_ context.Context, s *stage, item string) error {
	found := s.checklists(s.Comments(shop, 1))
	if len(found) != 1 {
		return fmt.Errorf("%d checklists", len(found))
	}
	return s.As("jon").Tick(shop, 1, found[0].ID, "step:"+item)
}

func (s *stage) checklists(comments []sandbox.Comment) []sandbox.Comment {
	var out []sandbox.Comment
	for _, c := range comments {
		if c.Author == s.BotLogin() && checklist.IsChecklist(c.Body) {
			out = append(out, c)
		}
	}
	return out
}

func answered(ctx context.Context, s *stage, _ string) error {
	if err := s.Drain(ctx); err != nil {
		return err
	}
	for _, d := range s.Deliveries()[s.before:] {
		if d.StatusCode/100 != 2 {
			return fmt.Errorf("%s %s was answered %d %s", d.Event, d.Action, d.StatusCode, d.Answer)
		}
	}
	return nil
}

func shows(ctx context.Context, s *stage, text string) error {
	err := s.Wait(ctx, func(v *sandbox.View) bool {
		found := s.checklists(v.Comments(shop, 1))
		return len(found) > 0 && strings.Contains(found[0].Body, text)
	})
	if n := len(s.checklists(s.Comments(shop, 1))); err == nil && n != 1 {
		return fmt.Errorf("%d checklists", n)
	}
	return err
}

func hasLabel(ctx context.Context, s *stage, label string) error {
	return s.Wait(ctx, func(v *sandbox.View) bool {
		i, _ := v.Issue(shop, 1)
		return i.Has(label)
	})
}

func breakGitHub(_ context.Context, s *stage, state string) error {
	if s.down != nil {
		s.down.Remove()
	}
	switch state {
	case "down":
		s.down = s.Inject(sandbox.Fault{Path: "/**", Times: -1, Status: http.StatusBadGateway, Body: `{"message":"Server Error"}`})
	case "forbids":
		s.down = s.Inject(sandbox.Fault{Method: http.MethodPost, Path: "/repos/acme/shop/issues/*/comments", Times: -1,
			Status: http.StatusForbidden, Body: `{"message":"Resource not accessible by integration"}`})
	}
	return nil
}

func replied(ctx context.Context, s *stage, text string) error {
	return s.Wait(ctx, func(v *sandbox.View) bool {
		for _, c := range v.Comments(shop, 1) {
			if c.Author == s.BotLogin() && strings.HasPrefix(c.Body, "<!-- firebreak:reply") && strings.Contains(c.Body, text) {
				return true
			}
		}
		return false
	})
}
