package sandbox_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestWebhooksOfPeople(t *testing.T) {
	const other = "acme/other"
	for behaviour, c := range map[string]struct {
		do   func(k *kit, p *sandbox.Person, n int) error
		want []string
	}{
		"opened with labels sends labeled for each": {func(k *kit, p *sandbox.Person, _ int) error {
			_, err := p.OpenIssue(shop, "down", "", "incident", "P1")
			return err
		}, []string{"issues.opened", "issues.labeled incident", "issues.labeled P1"}},
		"edited": {func(k *kit, p *sandbox.Person, n int) error { return p.EditIssue(shop, n, "new", "text") },
			[]string{"issues.edited"}},
		"an edit that changes nothing is silent": {func(k *kit, p *sandbox.Person, n int) error {
			return p.EditIssue(shop, n, "", "since 11:52")
		}, nil},
		"labeled and unlabeled": {func(k *kit, p *sandbox.Person, n int) error {
			k.must(p.Label(shop, n, "P1"))
			return p.Unlabel(shop, n, "P1", "incident")
		}, []string{"issues.labeled P1", "issues.unlabeled P1"}},
		"closed and reopened": {func(k *kit, p *sandbox.Person, n int) error {
			k.must(p.CloseAs(shop, n, "not_planned"))
			return p.Reopen(shop, n)
		}, []string{"issues.closed", "issues.reopened"}},
		"assigned and unassigned": {func(k *kit, p *sandbox.Person, n int) error {
			k.must(p.Assign(shop, n, "jon"))
			return p.Unassign(shop, n, "jon")
		}, []string{"issues.assigned jon", "issues.unassigned jon"}},
		"locked and unlocked": {func(k *kit, p *sandbox.Person, n int) error {
			k.must(p.Lock(shop, n, "resolved"))
			return p.Unlock(shop, n)
		}, []string{"issues.locked", "issues.unlocked"}},
		"deleted": {func(k *kit, _ *sandbox.Person, n int) error { return k.As("root").DeleteIssue(shop, n) },
			[]string{"issues.deleted"}},
		"transferred is opened elsewhere": {func(k *kit, p *sandbox.Person, n int) error {
			_, err := p.Transfer(shop, n, other)
			return err
		}, []string{"issues.transferred", "issues.opened"}},
		"comments": {func(k *kit, p *sandbox.Person, n int) error {
			id, err := p.Comment(shop, n, "looking")
			k.must(err)
			k.must(p.EditComment(shop, id, "found"))
			return p.DeleteComment(shop, id)
		}, []string{"issue_comment.created", "issue_comment.edited", "issue_comment.deleted"}},
		"of a pull request only its comments": {func(k *kit, p *sandbox.Person, _ int) error {
			n, err := p.OpenPull(shop, "fix", "", "incident")
			k.must(err)
			_, err = p.Comment(shop, n, "review")
			return err
		}, []string{"issue_comment.created"}},
		"repository labels": {func(k *kit, p *sandbox.Person, n int) error {
			k.must(p.MakeLabel(shop, "P0", "ff0000", "worst"))
			k.must(p.PaintLabel(shop, "P0", "00ff00"))
			k.must(p.Label(shop, n, "P0"))
			k.must(p.RenameLabel(shop, "P0", "worst"))
			return p.DeleteLabel(shop, "worst")
		}, []string{"label.created P0", "label.edited P0", "issues.labeled P0", "label.edited worst", "issues.unlabeled", "label.deleted worst"}},
		"sub-issues tell both": {func(k *kit, p *sandbox.Person, n int) error { return p.AddSubIssue(shop, n, k.issue()) },
			[]string{"issues.opened", "sub_issues.sub_issue_added", "sub_issues.parent_issue_added"}},
		"wiki edits, but not deletions": {func(k *kit, p *sandbox.Person, _ int) error {
			k.must(p.EditWiki(shop, "Run book", "a", "first"))
			k.must(p.EditWiki(shop, "run-book", "b", "second"))
			return p.DeleteWikiPage(shop, "Run book")
		}, []string{"gollum created Run-book", "gollum edited Run-book"}},
		"installations": {func(k *kit, _ *sandbox.Person, _ int) error {
			k.must(k.Uninstall(other))
			k.must(k.Install(other))
			k.must(k.Suspend(owner, true))
			return k.Suspend(owner, false)
		}, []string{"installation_repositories.removed", "installation_repositories.added", "installation.suspend", "installation.unsuspend"}},
		"a new owner is a new installation": {func(k *kit, _ *sandbox.Person, _ int) error {
			return k.AddRepo("globex/web", sandbox.RepoOptions{})
		}, []string{"installation.created"}},
		"nothing where the App is not": {func(k *kit, p *sandbox.Person, _ int) error {
			k.must(k.Uninstall(other))
			_, err := p.OpenIssue(other, "down", "")
			return err
		}, []string{"installation_repositories.removed"}},
		"ping": {func(k *kit, _ *sandbox.Person, _ int) error { k.Ping(); return nil }, []string{"ping"}},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k, h := hooked(t, sandbox.Options{})
			k.SetWebhook("")
			k.must(k.AddRepo(other, sandbox.RepoOptions{}))
			k.must(k.Grant(other, "maya", sandbox.RoleWrite))
			k.must(k.Grant(shop, "root", sandbox.RoleAdmin))
			for _, l := range []string{"incident", "P1"} {
				k.must(k.As("maya").MakeLabel(shop, l, "ededed", ""))
			}
			n := k.issue()
			k.SetWebhook(h.URL)
			k.must(c.do(k, k.As("maya"), n))
			if diff := cmp.Diff(c.want, k.events(h)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheAppHearsItsOwnWrites(t *testing.T) {
	k, h := hooked(t, sandbox.Options{})
	n := k.issue()
	k.label(n, "P1")
	must[*github.IssueComment](t)(k.inst.Issues.CreateComment(k.ctx(), owner, name, n, &github.IssueComment{Body: github.String("hello")}))
	want := []string{"issues.opened", "label.created P1", "issues.labeled P1", "issue_comment.created"}
	if diff := cmp.Diff(want, k.events(h)); diff != "" {
		t.Error(diff)
	}
	got := h.received()[3]
	e := decode[github.IssueCommentEvent](t, got.payload)
	bot := must[*github.User](t)(k.inst.Users.Get(k.ctx(), k.BotLogin()))
	if e.GetSender().GetID() != bot.GetID() || e.GetSender().GetType() != "Bot" || bot.GetID() == k.AppID() {
		t.Errorf("sender = %v, bot = %v", e.GetSender(), bot)
	}
	if e.GetInstallation().GetID() != k.InstallationID(owner) || e.GetRepo().GetFullName() != shop {
		t.Errorf("installation = %v, repository = %v", e.GetInstallation(), e.GetRepo())
	}
}

func TestWebhookHeadersAreGitHubs(t *testing.T) {
	k, h := hooked(t, sandbox.Options{})
	k.issue()
	k.events(h)
	header := h.received()[0].header
	for name, want := range map[string]string{
		"Content-Type": "application/json", "User-Agent": "GitHub-Hookshot/8f4a2c1", "X-Github-Event": "issues",
		"X-Github-Hook-Installation-Target-Id": "4242", "X-Github-Hook-Installation-Target-Type": "integration",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	for _, name := range []string{"X-Hub-Signature", "X-Hub-Signature-256", "X-Github-Delivery", "X-Github-Hook-Id"} {
		if header.Get(name) == "" {
			t.Errorf("no %s", name)
		}
	}
}

func TestChangesSayWhatWas(t *testing.T) {
	type changed struct {
		Changes struct{ Title, Body *struct{ From string } }
	}
	for behaviour, c := range map[string]struct {
		empty bool
		want  string
	}{
		"with the old body":            {want: "since 11:52"},
		"or empty, as GitHub's may be": {empty: true},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k, h := hooked(t, sandbox.Options{EmptyIssueChanges: c.empty, SyncWebhooks: true})
			k.must(k.As("maya").EditIssue(shop, k.issue(), "", "since 11:40"))
			got := decode[changed](t, h.received()[1].payload).Changes
			if c.empty && got.Body != nil || !c.empty && (got.Body == nil || got.Body.From != c.want) {
				t.Errorf("changes = %+v", got)
			}
		})
	}
}

func TestARefusedWebhookIsLoggedAndNotRepeated(t *testing.T) {
	k, h := hooked(t, sandbox.Options{SyncWebhooks: true})
	h.fail(http.StatusServiceUnavailable)
	k.issue()
	log := k.Deliveries()
	if len(log) != 1 || log[0].StatusCode != 503 || log[0].Status == "OK" {
		t.Fatalf("deliveries = %+v", log)
	}
	h.fail(0)
	k.must(k.Redeliver(log[0].GUID))
	k.events(h)
	if got := h.received(); len(got) != 1 || got[0].guid != log[0].GUID {
		t.Errorf("received %+v", got)
	}
}
