package sandbox_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestPermissionsOfPeople(t *testing.T) {
	const private = "acme/private"
	type answer struct {
		Permission string
		RoleName   string `json:"role_name"`
		User       struct{ Permissions map[string]bool }
	}
	for behaviour, c := range map[string]struct {
		role       sandbox.Role
		custom     string
		permission string
		roleName   string
		granted    string // the highest that user.permissions grants
	}{
		"nothing":                    {sandbox.RoleNone, "", "none", "none", ""},
		"read":                       {sandbox.RoleRead, "", "read", "read", "pull"},
		"triage shows as read":       {sandbox.RoleTriage, "", "read", "triage", "triage"},
		"write":                      {sandbox.RoleWrite, "", "write", "write", "push"},
		"maintain shows as write":    {sandbox.RoleMaintain, "", "write", "maintain", "maintain"},
		"admin":                      {sandbox.RoleAdmin, "", "admin", "admin", "admin"},
		"a custom role has its name": {sandbox.RoleTriage, "incident commander", "read", "incident commander", "triage"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k := newKit(t, sandbox.Options{})
			k.must(k.AddRepo(private, sandbox.RepoOptions{Private: true}))
			if c.custom == "" {
				c.custom = string(c.role)
			}
			k.must(k.GrantCustom(private, "kim", c.custom, c.role))
			var got answer
			k.must(k.call("GET", "repos/acme/private/collaborators/kim/permission", nil, &got))
			highest := ""
			for _, p := range []string{"pull", "triage", "push", "maintain", "admin"} {
				if got.User.Permissions[p] {
					highest = p
				}
			}
			if got.Permission != c.permission || got.RoleName != c.roleName || highest != c.granted {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestAnybodyReadsWhatIsPublic(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	got := must[*github.RepositoryPermissionLevel](t)(k.inst.Repositories.GetPermissionLevel(k.ctx(), owner, name, "stranger"))
	if got.GetPermission() != "read" || k.Role(shop, "stranger") != sandbox.RoleRead {
		t.Errorf("permission = %v", got)
	}
	if _, _, err := k.inst.Repositories.GetPermissionLevel(k.ctx(), owner, name, "nobody"); status(err) != http.StatusNotFound {
		t.Errorf("nobody: %v", err)
	}
}

func TestARenamedRepositoryRedirects(t *testing.T) {
	k := looseKit(t, sandbox.Options{}) // the description lacks /repositories/{id}
	n := k.issue()
	k.must(k.RenameRepo(shop, "store"))
	if got := must[*github.Repository](t)(k.inst.Repositories.Get(k.ctx(), owner, name)); got.GetFullName() != "acme/store" {
		t.Errorf("repository = %v", got.GetFullName())
	}
	if got := must[*github.Issue](t)(k.inst.Issues.Get(k.ctx(), owner, name, n)); got.GetNumber() != n {
		t.Errorf("issue = %v", got)
	}
	// A client that follows a 301 turns the PATCH into a GET, so that nothing is
	// written and nothing complains.
	got := must[*github.Issue](t)(k.inst.Issues.Edit(k.ctx(), owner, name, n, &github.IssueRequest{Title: ptr("new")}))
	if got.GetTitle() == "new" {
		t.Errorf("the write went through: %v", got)
	}
	must[*github.Issue](t)(k.inst.Issues.Edit(k.ctx(), owner, "store", n, &github.IssueRequest{Title: ptr("new")}))
	if got, _ := k.Issue("acme/store", n); got.Title != "new" {
		t.Errorf("title = %q", got.Title)
	}
}

func TestAWriteMayBeRedirectedSafely(t *testing.T) {
	k := looseKit(t, sandbox.Options{MovedWriteStatus: http.StatusTemporaryRedirect})
	n := k.issue()
	k.must(k.RenameRepo(shop, "store"))
	must[*github.Issue](t)(k.inst.Issues.Edit(k.ctx(), owner, name, n, &github.IssueRequest{Title: ptr("new")}))
	if got, _ := k.Issue("acme/store", n); got.Title != "new" {
		t.Errorf("title = %q", got.Title)
	}
}

func TestARepositorySaysWhatItIs(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.AddRepo("acme/free", sandbox.RepoOptions{Private: true, FreePlan: true, IssuesDisabled: true, Description: "free"}))
	got := must[*github.Repository](t)(k.inst.Repositories.Get(k.ctx(), owner, "free"))
	if !got.GetPrivate() || got.GetHasWiki() || got.GetHasIssues() || got.GetDescription() != "free" || got.GetVisibility() != "private" {
		t.Errorf("repository = %v", got)
	}
	if err := k.AddRepo("acme/free", sandbox.RepoOptions{}); err == nil {
		t.Error("added twice")
	}
	if err := k.AddRepo("free", sandbox.RepoOptions{}); err == nil {
		t.Error("added without owner")
	}
	if diff := cmp.Diff([]string{"acme/free", shop}, k.Repos()); diff != "" {
		t.Error(diff)
	}
}

func TestFilesOfTheDefaultBranch(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.change(func(o *sandbox.RepoOptions) { o.Files = map[string]string{".github/firebreak.yml": "label: outage\n"} })
	file, _, _, err := k.inst.Repositories.GetContents(k.ctx(), owner, name, ".github/firebreak.yml", nil)
	k.must(err)
	if got, err := file.GetContent(); err != nil || got != "label: outage\n" {
		t.Errorf("content = %q, %v", got, err)
	}
	if _, _, _, err := k.inst.Repositories.GetContents(k.ctx(), owner, name, "none.yml", nil); status(err) != http.StatusNotFound {
		t.Error(err)
	}
}

func TestDeployments(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	at := time.Date(2026, 11, 23, 11, 40, 0, 0, time.UTC)
	k.must(k.As("maya").Deploy(shop, "8f3c1d2", "production", "success", "4411", at))
	k.must(k.As("maya").Deploy(shop, "9a00000", "staging", "failure", "4412", at))
	list := must[[]*github.Deployment](t)(k.inst.Repositories.ListDeployments(k.ctx(), owner, name, &github.DeploymentsListOptions{Environment: "production"}))
	if len(list) != 1 || list[0].GetSHA() != "8f3c1d2" || !list[0].GetCreatedAt().Equal(github.Timestamp{Time: at}) {
		t.Fatalf("deployments = %v", list)
	}
	got := must[[]*github.DeploymentStatus](t)(k.inst.Repositories.ListDeploymentStatuses(k.ctx(), owner, name, list[0].GetID(), nil))
	if len(got) != 1 || got[0].GetState() != "success" || got[0].GetDescription() != "4411" {
		t.Errorf("statuses = %v", got)
	}
	k.must(k.As("maya").SetDeployment(shop, "production", "inactive", ""))
	got = must[[]*github.DeploymentStatus](t)(k.inst.Repositories.ListDeploymentStatuses(k.ctx(), owner, name, list[0].GetID(), nil))
	if len(got) != 2 || got[0].GetState() != "inactive" {
		t.Errorf("statuses = %v, want the newest first", got)
	}
	for _, path := range []string{"releases", "commits", "pulls"} {
		var none []any
		k.must(k.call("GET", "repos/acme/shop/"+path, nil, &none))
		if len(none) != 0 {
			t.Errorf("%s = %v", path, none)
		}
	}
}
