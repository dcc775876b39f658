package github

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/palantir/go-githubapp/githubapp"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/contract/sandboxtest"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

const shop = "acme/shop"

// world is a sandbox with a repository, and the App that talks to it.
type world struct {
	*sandbox.Sandbox
	*Repository
	app *App
	t   *testing.T
}

func startWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, Sandbox: sandboxtest.Start(t, sandbox.Options{})}
	w.must(w.AddRepo(shop, sandbox.RepoOptions{}))
	w.must(w.Grant(shop, "jon", sandbox.RoleWrite))
	var cfg githubapp.Config
	cfg.V3APIURL, cfg.V4APIURL, cfg.WebURL = w.APIURL(), w.GraphQLURL(), w.WebURL()
	cfg.App.IntegrationID, cfg.App.PrivateKey = w.AppID(), string(w.PrivateKeyPEM())
	app, err := New(Config{App: cfg, UserAgent: "tests/1"})
	w.must(err)
	t.Cleanup(app.Close)
	w.app = app
	w.Repository, err = app.Repository(w.InstallationID("acme"), "acme", "shop")
	w.must(err)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// What somebody may do goes by what the role grants, not by its name.
func TestPermissions(t *testing.T) {
	t.Parallel()
	w := startWorld(t)
	w.AddUser("nobody")
	for login, tc := range map[string]struct {
		name string
		base sandbox.Role
		want command.Permission
	}{
		"ada": {"admin", sandbox.RoleAdmin, command.Write}, "max": {"maintain", sandbox.RoleMaintain, command.Write},
		"will": {"write", sandbox.RoleWrite, command.Write}, "tri": {"triage", sandbox.RoleTriage, command.Triage},
		"reed": {"read", sandbox.RoleRead, command.Read}, "cleo": {"admin of nothing", sandbox.RoleRead, command.Read},
		"ivy": {"incident commander", sandbox.RoleTriage, command.Triage}, "rex": {"read and release", sandbox.RoleMaintain, command.Write},
	} {
		w.must(w.GrantCustom(shop, login, tc.name, tc.base))
		if have, err := w.Permission(t.Context(), login); have != tc.want || err != nil {
			t.Errorf("%s, %s on %s, may %v: %v; want %v", login, tc.name, tc.base, have, err, tc.want)
		}
	}
	for _, login := range []string{"nobody", "not-there"} {
		if have, err := w.Permission(t.Context(), login); have > command.Read || err != nil {
			t.Errorf("%s may %v: %v", login, have, err)
		}
	}
	at := workflow.Place{Installation: w.InstallationID("acme"), Owner: "acme", Repo: "shop"}
	if have, err := w.app.Permission(t.Context(), at, "jon"); have != command.Write || err != nil {
		t.Errorf("in that place jon may %v: %v", have, err)
	}
}

func TestAnswersThatGrantNothing(t *testing.T) {
	t.Parallel()
	const ask = "GET /repos/acme/shop/collaborators/maya/permission"
	for name, a := range map[string]answer{
		"nobody":            ok(`{"permission":"admin","role_name":"admin","user":null}`),
		"no permissions":    ok(`{"permission":"admin","role_name":"admin","user":{"login":"maya"}}`),
		"all are false":     ok(`{"permission":"admin","user":{"login":"maya","permissions":{"admin":false,"pull":false}}}`),
		"empty":             ok(`{}`),
		"no such user":      refuse(404),
		"a permission only": ok(`{"permission":"write"}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, map[string]answer{ask: a})
			if have, err := f.shop().Permission(patient(t), "maya"); have != command.None || err != nil {
				t.Errorf("maya may %v: %v", have, err)
			}
		})
	}
	for _, status := range []int{401, 403, 500} {
		f := start(t, map[string]answer{ask: refuse(status)})
		if have, err := f.shop().Permission(patient(t), "maya"); have != command.None || err == nil {
			t.Errorf("answered %d, maya may %v: %v", status, have, err)
		}
	}
}

func TestIssuesAndComments(t *testing.T) {
	t.Parallel()
	w := startWorld(t)
	ctx := patient(t)
	i, err := w.CreateIssue(ctx, "Fix the pool", "text", []string{"incident-follow-up"})
	w.must(err)
	w.must(w.EditIssueBody(ctx, i.Number, "new text"))
	i, err = w.Repository.Issue(ctx, i.Number)
	w.must(err)
	if i.Title != "Fix the pool" || i.Body != "new text" || i.Closed || !slices.Equal(i.Labels, []string{"incident-follow-up"}) {
		t.Errorf("issue %+v", i)
	}
	c, err := w.CreateComment(ctx, i.Number, "first")
	w.must(err)
	w.must(w.EditComment(ctx, c.ID, "second"))
	c, err = w.Repository.Comment(ctx, c.ID)
	w.must(err)
	bot, err := w.app.Bot(ctx)
	w.must(err)
	if c.Body != "second" || c.Author != bot.ID {
		t.Errorf("comment %+v", c)
	}
	for _, id := range []int64{0, c.ID} {
		w.must(w.React(ctx, i.Number, id, "eyes"))
		w.must(w.React(ctx, i.Number, id, "eyes"))
	}
	if n := len(w.Reactions(c.ID)) + len(w.IssueReactions(shop, i.Number)); n != 2 {
		t.Errorf("%d reactions, want one each", n)
	}
}

func TestListsAreReadToTheirEnd(t *testing.T) {
	t.Parallel()
	w := startWorld(t)
	ctx := patient(t)
	i, err := w.CreateIssue(ctx, "Slow", "", []string{})
	w.must(err)
	for range 101 {
		_, err := w.As("jon").Comment(shop, i.Number, "words")
		w.must(err)
	}
	comments, err := w.Repository.Comments(ctx, i.Number, time.Time{})
	w.must(err)
	none, err := w.Repository.Comments(ctx, i.Number, w.Now().Add(time.Hour))
	w.must(err)
	if len(comments) != 101 || len(none) != 0 {
		t.Errorf("%d comments, and %d of the future", len(comments), len(none))
	}
	for range 101 {
		_, err := w.As("jon").OpenIssue(shop, "A wish", "", "wish")
		w.must(err)
	}
	_, err = w.As("jon").OpenPull(shop, "A change", "", "wish")
	w.must(err)
	issues, err := w.IssuesSince(ctx, "wish", time.Time{})
	w.must(err)
	if len(issues) != 101 {
		t.Errorf("%d issues, want those that are no pull request", len(issues))
	}
}

func TestLabels(t *testing.T) {
	t.Parallel()
	w := startWorld(t)
	ctx := patient(t)
	i, err := w.CreateIssue(ctx, "Slow", "", []string{})
	w.must(err)
	const name = "incident/a b?#%&ü"
	if has, err := w.HasLabel(ctx, name); has || err != nil {
		t.Errorf("there before it was made: %t, %v", has, err)
	}
	for range 2 {
		w.must(w.CreateLabel(ctx, Label{Name: name, Color: "b60205", Description: "One"}))
	}
	if has, err := w.HasLabel(ctx, name); !has || err != nil {
		t.Errorf("not there once it was made: %t, %v", has, err)
	}
	all, err := w.Repository.Labels(ctx)
	w.must(err)
	if !slices.Contains(all, name) {
		t.Errorf("the repository has %q", all)
	}
	w.must(w.AddLabels(ctx, i.Number, []string{name, "P1"}))
	for range 2 {
		w.must(w.RemoveLabel(ctx, i.Number, name))
	}
	left, err := w.IssueLabels(ctx, i.Number)
	w.must(err)
	if !slices.Equal(left, []string{"P1"}) {
		t.Errorf("left %q", left)
	}
}

func TestAssigning(t *testing.T) {
	t.Parallel()
	w := startWorld(t)
	w.AddUser("outsider")
	ctx := patient(t)
	i, err := w.CreateIssue(ctx, "Fix the pool", "", []string{})
	w.must(err)
	for login, want := range map[string]bool{"jon": true, "JON": true, "outsider": false, "not-there": false} {
		if can, err := w.Assignable(ctx, login); can != want || err != nil {
			t.Errorf("%s can be assigned: %t, %v", login, can, err)
		}
		if did, err := w.Assign(ctx, i.Number, login); did != want || err != nil && want {
			t.Errorf("%s is assigned: %t, %v", login, did, err)
		}
	}
}

func TestSubIssues(t *testing.T) {
	t.Parallel()
	w := startWorld(t)
	ctx := patient(t)
	parent, err := w.CreateIssue(ctx, "Slow", "", []string{})
	w.must(err)
	child, err := w.CreateIssue(ctx, "Fix the pool", "", []string{})
	w.must(err)
	if linked, err := w.LinkSubIssue(ctx, parent.Number, child.ID); !linked || err != nil {
		t.Errorf("linked %t: %v", linked, err)
	}
	if linked, err := w.LinkSubIssue(ctx, parent.Number, child.ID); linked || !Is(err, Invalid) {
		t.Errorf("linked again %t: %v", linked, err)
	}
	w.must(w.ChangeRepo(shop, func(o *sandbox.RepoOptions) { o.SubIssuesMissing = true }))
	if linked, err := w.LinkSubIssue(ctx, parent.Number, child.ID); linked || err != nil {
		t.Errorf("where there are none, linked %t: %v", linked, err)
	}
}

// A write to a repository that moved is no read that looks like success.
func TestWritesToARepositoryThatMoved(t *testing.T) {
	t.Parallel()
	w := startWorld(t)
	ctx := patient(t)
	i, err := w.CreateIssue(ctx, "Slow", "", []string{})
	w.must(err)
	c, err := w.CreateComment(ctx, i.Number, "first")
	w.must(err)
	w.must(w.RenameRepo(shop, "store"))
	if err := w.EditComment(ctx, c.ID, "second"); !Is(err, Moved) {
		t.Errorf("the edit ended with %v", err)
	}
	if read, err := w.Repository.Comment(ctx, c.ID); read.Body != "first" || err != nil {
		t.Errorf("read %+v: %v", read, err)
	}
	followed, err := w.app.Repository(w.InstallationID("acme"), "acme", "store")
	w.must(err)
	w.must(followed.EditComment(ctx, c.ID, "second"))
}

// The wiki's token reaches one repository's contents and nothing else.
func TestTheWikisToken(t *testing.T) {
	t.Parallel()
	w := startWorld(t)
	ctx := patient(t)
	repo, _, err := w.client.Repositories.Get(ctx, "acme", "shop")
	w.must(err)
	w.ResetRequests()
	token, err := w.app.WikiToken(ctx, w.InstallationID("acme"), repo.GetID())
	w.must(err)
	asked := w.Requests()
	want := fmt.Sprintf(`{"repository_ids":[%d],"permissions":{"contents":"write"}}`, repo.GetID())
	if have := strings.TrimSpace(string(asked[len(asked)-1].Body)); token == "" || have != want {
		t.Errorf("asked for %s, want %s", have, want)
	}
	if token, err := w.app.WikiToken(ctx, w.InstallationID("acme"), 1<<40); token != "" || !Permanent(err) {
		t.Errorf("for a repository that is not there: %q, %v", token, err)
	}
	if token, err := w.app.WikiToken(ctx, 1<<40, 1); token != "" || !Is(err, NotFound) {
		t.Errorf("for an installation that is not there: %q, %v", token, err)
	}
}
