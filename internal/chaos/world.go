package chaos

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/firebreak-app/firebreak"
	"github.com/firebreak-app/firebreak/config"
	"github.com/firebreak-app/firebreak/internal/sandbox"
)

const webhookSecret = "a secret of the chaos"

// perOwner is how many incidents an account has. GitHub lets an installation
// create only so much in a minute, and the program waits rather than ask for more.
const perOwner = 3

// world is a GitHub with some accounts, on each of which the App is installed.
type world struct {
	*sandbox.Sandbox
	repos []string
	// ahead is how far GitHub's clock is before ours. Its times are whole seconds,
	// and what happens within one has no order: so it goes on by a second between
	// any two acts on an issue.
	ahead     *atomic.Int64
	incidents []*incident
	// quiet are the numbers, by repository, of issues that are no incidents.
	quiet map[string]int
}

// writers may edit a checklist; sam may triage, the stranger may read.
var writers = []string{"maya", "jon", "ada"}

func newWorld(issues int) (*world, error) {
	manifest, err := config.ParseManifest(firebreak.Manifest)
	if err != nil {
		return nil, fmt.Errorf("read the manifest: %w", err)
	}
	w := &world{ahead: &atomic.Int64{}, quiet: map[string]int{}}
	clock := func() time.Time { return time.Now().Add(time.Duration(w.ahead.Load()) * time.Second) }
	w.Sandbox, err = sandbox.Start(sandbox.Options{
		WebhookSecret: webhookSecret, Permissions: manifest.Permissions, Events: manifest.Events, Clock: clock,
	})
	if err != nil {
		return nil, err
	}
	for n := range (issues + perOwner - 1) / perOwner {
		if err := w.addRepo(fmt.Sprintf("team%d/app", n+1)); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *world) addRepo(name string) error {
	if err := w.AddRepo(name, sandbox.RepoOptions{WikiInitialised: true}); err != nil {
		return err
	}
	for login, role := range map[string]sandbox.Role{
		"maya": sandbox.RoleAdmin, "jon": sandbox.RoleWrite, "ada": sandbox.RoleWrite, "sam": sandbox.RoleTriage,
	} {
		if err := w.Grant(name, login, role); err != nil {
			return err
		}
	}
	w.AddUser("stranger")
	w.repos = append(w.repos, name)
	return nil
}

// tick lets GitHub's clock go on by a second.
func (w *world) tick() { w.ahead.Add(1) }
