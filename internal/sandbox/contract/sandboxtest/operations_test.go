package sandboxtest_test

import (
	"context"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/contract"
)

var ctx = context.Background()

// Every operation that the sandbox has is used at least once, each exchange being
// held against GitHub's description.
func TestEveryOperation(t *testing.T) {
	for name, operations := range map[string]func(*testing.T){
		"app":                  appOperations,
		"delivery":             deliveryOperations,
		"repository":           repositoryOperations,
		"deployment":           deploymentOperations,
		"label":                labelOperations,
		"milestone":            milestoneOperations,
		"issue":                issueOperations,
		"assignee":             assigneeOperations,
		"comment and reaction": commentAndReactionOperations,
		"sub issue":            subIssueOperations,
	} {
		t.Run(name, operations)
	}
	spec, err := contract.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, operation := range sandbox.Operations() {
		if !slices.Contains(spec.Used(), operation) {
			t.Errorf("%s is in the sandbox and was not used", operation)
		}
	}
}

func appOperations(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.AddRepo("acme/mobile", sandbox.RepoOptions{Private: true}))
	_, _, err := k.app.Apps.Get(ctx, "")
	k.must(err)
	_, _, err = k.app.Apps.ListInstallations(ctx, &github.ListOptions{PerPage: 1, Page: 1})
	k.must(err)
	installation, _, err := k.app.Apps.FindRepositoryInstallation(ctx, owner, repo)
	k.must(err)
	_, _, err = k.app.Apps.FindOrganizationInstallation(ctx, owner)
	k.must(err)
	_, response, err := k.app.Apps.FindUserInstallation(ctx, "maya")
	k.want("installation of a person", status(response, err), http.StatusNotFound)
	_, _, err = k.app.Apps.GetInstallation(ctx, installation.GetID())
	k.must(err)
	shopID := k.repository().GetID()
	_, _, err = k.app.Apps.CreateInstallationToken(ctx, installation.GetID(), nil)
	k.must(err)
	token, _, err := k.app.Apps.CreateInstallationToken(ctx, installation.GetID(), &github.InstallationTokenOptions{
		RepositoryIDs: []int64{shopID}, Permissions: &github.InstallationPermissions{Contents: github.String("write")},
	})
	k.must(err)
	if len(token.Repositories) != 1 || token.GetPermissions().GetContents() != "write" {
		t.Errorf("narrowed token covers %v with %v", token.Repositories, token.Permissions)
	}
	_, _, err = k.inst.Apps.ListRepos(ctx, &github.ListOptions{PerPage: 1, Page: 2})
	k.must(err)
	_, _, err = k.inst.RateLimit.Get(ctx)
	k.must(err)
	k.must(k.Suspend(owner, true))
	_, _, err = k.app.Apps.GetInstallation(ctx, installation.GetID())
	k.must(err)
	_, response, err = k.app.Apps.CreateInstallationToken(ctx, installation.GetID(), nil)
	k.want("token of a suspended installation", status(response, err), http.StatusForbidden)
	k.must(k.Suspend(owner, false))
	k.must(k.Uninstall("acme/mobile"))
	k.must(k.Install("acme/mobile"))
}

func (k *kit) repository() *github.Repository {
	k.t.Helper()
	found, _, err := k.inst.Repositories.Get(ctx, owner, repo)
	k.must(err)
	return found
}

func deliveryOperations(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.Ping()
	k.drain()
	_, err := k.As("maya").OpenIssue(shop, "Checkout is down", "", "incident")
	k.must(err)
	list, _, err := k.app.Apps.ListHookDeliveries(ctx, &github.ListCursorOptions{PerPage: 1})
	k.must(err)
	_, _, err = k.app.Apps.GetHookDelivery(ctx, list[0].GetID())
	k.must(err)
	got := k.do(k.app, http.MethodGet, "app/hook/deliveries?status=success&per_page=100", nil, nil)
	k.want("list of successes", got, http.StatusOK)
	got = k.do(k.app, http.MethodPost, "app/hook/deliveries/"+number(list[0].GetID())+"/attempts", nil, nil)
	k.want("redelivery", got, http.StatusAccepted)
	k.drain()
	_, response, err := k.app.Apps.GetHookDelivery(ctx, 1<<40)
	k.want("unknown delivery", status(response, err), http.StatusNotFound)
}

func repositoryOperations(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.repository()
	_, _, _, err := k.inst.Repositories.GetContents(ctx, owner, repo, ".github/firebreak.yml", nil)
	k.must(err)
	_, _, response, err := k.inst.Repositories.GetContents(ctx, owner, repo, "absent.yml", nil)
	k.want("absent file", status(response, err), http.StatusNotFound)
	_, _, err = k.inst.Repositories.ListReleases(ctx, owner, repo, nil)
	k.must(err)
	_, _, err = k.inst.Repositories.ListCommits(ctx, owner, repo, &github.CommitsListOptions{Since: time.Unix(0, 0).UTC()})
	k.must(err)
	_, _, err = k.inst.PullRequests.List(ctx, owner, repo, &github.PullRequestListOptions{State: "closed"})
	k.must(err)
	for _, login := range []string{"maya", "jon", "root", "stranger", k.BotLogin()} {
		_, _, err = k.inst.Repositories.GetPermissionLevel(ctx, owner, repo, login)
		k.must(err)
	}
	_, response, err = k.inst.Repositories.GetPermissionLevel(ctx, owner, repo, "nobody")
	k.want("permission of nobody", status(response, err), http.StatusNotFound)
	maya, _, err := k.inst.Users.Get(ctx, "maya")
	k.must(err)
	_, _, err = k.inst.Users.GetByID(ctx, maya.GetID())
	k.must(err)
	_, _, err = k.inst.Users.Get(ctx, k.BotLogin())
	k.must(err)
	_, _, err = k.inst.Users.Get(ctx, owner)
	k.must(err)
	_, response, err = k.inst.Users.Get(ctx, "nobody")
	k.want("unknown user", status(response, err), http.StatusNotFound)
}

func deploymentOperations(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.As("maya").Deploy(shop, "0123456789012345678901234567890123456789", "production", "success", "checkout 2.4.0", k.Now()))
	list, _, err := k.inst.Repositories.ListDeployments(ctx, owner, repo, &github.DeploymentsListOptions{Environment: "production"})
	k.must(err)
	_, _, err = k.inst.Repositories.ListDeploymentStatuses(ctx, owner, repo, list[0].GetID(), nil)
	k.must(err)
}
