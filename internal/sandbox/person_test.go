package sandbox_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// TestPeopleMayDoWhatTheirRoleAllows goes through every act with every role, on
// an issue and a comment of somebody else's.
func TestPeopleMayDoWhatTheirRoleAllows(t *testing.T) {
	type scene struct {
		*kit
		p       *sandbox.Person
		n       int
		comment int64
	}
	acts := map[string]struct {
		from sandbox.Role
		do   func(s scene) error
	}{
		"open":           {sandbox.RoleRead, func(s scene) error { _, err := s.p.OpenIssue("acme/private", "x", ""); return err }},
		"comment":        {sandbox.RoleRead, func(s scene) error { _, err := s.p.Comment("acme/private", s.n, "x"); return err }},
		"react":          {sandbox.RoleRead, func(s scene) error { return s.p.React("acme/private", s.comment, "eyes") }},
		"label":          {sandbox.RoleTriage, func(s scene) error { return s.p.Label("acme/private", s.n, "P1") }},
		"unlabel":        {sandbox.RoleTriage, func(s scene) error { return s.p.Unlabel("acme/private", s.n, "P1") }},
		"close":          {sandbox.RoleTriage, func(s scene) error { return s.p.Close("acme/private", s.n) }},
		"assign":         {sandbox.RoleTriage, func(s scene) error { return s.p.Assign("acme/private", s.n, "author") }},
		"unassign":       {sandbox.RoleTriage, func(s scene) error { return s.p.Unassign("acme/private", s.n, "author") }},
		"edit issue":     {sandbox.RoleWrite, func(s scene) error { return s.p.EditIssue("acme/private", s.n, "new", "") }},
		"edit comment":   {sandbox.RoleWrite, func(s scene) error { return s.p.EditComment("acme/private", s.comment, "new") }},
		"tick":           {sandbox.RoleWrite, func(s scene) error { return s.p.Tick("acme/private", s.n, s.comment, "box") }},
		"delete comment": {sandbox.RoleWrite, func(s scene) error { return s.p.DeleteComment("acme/private", s.comment) }},
		"lock":           {sandbox.RoleWrite, func(s scene) error { return s.p.Lock("acme/private", s.n, "") }},
		"transfer":       {sandbox.RoleWrite, func(s scene) error { _, err := s.p.Transfer("acme/private", s.n, "acme/private"); return err }},
		"make label":     {sandbox.RoleWrite, func(s scene) error { return s.p.MakeLabel("acme/private", "new", "", "") }},
		"delete label":   {sandbox.RoleWrite, func(s scene) error { return s.p.DeleteLabel("acme/private", "P1") }},
		"edit wiki":      {sandbox.RoleWrite, func(s scene) error { return s.p.EditWiki("acme/private", "Home", "x", "") }},
		"deploy": {sandbox.RoleWrite, func(s scene) error {
			return s.p.Deploy("acme/private", "abc", "production", "success", "", s.Now())
		}},
		"merge": {sandbox.RoleWrite, func(s scene) error {
			pull, err := s.As("author").OpenPull("acme/private", "fix", "")
			s.must(err)
			return s.p.MergePull("acme/private", pull)
		}},
		"delete issue": {sandbox.RoleAdmin, func(s scene) error { return s.p.DeleteIssue("acme/private", s.n) }},
	}
	roles := []sandbox.Role{sandbox.RoleNone, sandbox.RoleRead, sandbox.RoleTriage, sandbox.RoleWrite, sandbox.RoleMaintain, sandbox.RoleAdmin}
	k := newKit(t, sandbox.Options{})
	k.must(k.AddRepo("acme/private", sandbox.RepoOptions{Private: true}))
	k.must(k.Grant("acme/private", "author", sandbox.RoleWrite))
	author := k.As("author")
	for act, c := range acts {
		for at, role := range roles {
			k.must(k.Grant("acme/private", "kim", role))
			_ = author.MakeLabel("acme/private", "P1", "", "") // where the last act deleted it
			_ = author.DeleteLabel("acme/private", "new")      // where the last act made it
			n, err := author.OpenIssue("acme/private", "x", "")
			k.must(err)
			id, err := author.Comment("acme/private", n, "- [ ] box")
			k.must(err)
			err = c.do(scene{k, k.As("kim"), n, id})
			if allowed := at >= slices.Index(roles, c.from); (err == nil) != allowed {
				t.Errorf("%s with role %s: %v", act, role, err)
			}
			var refused *sandbox.Error
			if err != nil && (!errors.As(err, &refused) || (refused.Status == 404) != (role == sandbox.RoleNone)) {
				t.Errorf("%s with role %s is refused as %v", act, role, err)
			}
		}
	}
}

func TestPeopleMayEditTheirOwn(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	p := k.As("stranger") // reads what is public
	n, err := p.OpenIssue(shop, "Broken", "- [ ] box", "incident")
	k.must(err)
	if i, _ := k.Issue(shop, n); len(i.Labels) != 0 {
		t.Errorf("labels of somebody without triage: %v", i.Labels)
	}
	k.must(p.EditIssue(shop, n, "Very broken", "- [ ] box"))
	k.must(p.Tick(shop, n, 0, "box"))
	k.must(p.Close(shop, n))
	k.must(p.Reopen(shop, n))
	id, err := p.Comment(shop, n, "please")
	k.must(err)
	k.must(p.EditComment(shop, id, "please!"))
	k.must(p.DeleteComment(shop, id))
	if err := p.Label(shop, n, "incident"); err == nil {
		t.Error("labels their own issue")
	}
	if i, _ := k.Issue(shop, n); i.Body != "- [x] box" || i.Title != "Very broken" || i.State != "open" || i.Comments != 0 {
		t.Errorf("issue = %+v", i)
	}
}

func TestAFormLabelsForAnyone(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n, err := k.As("stranger").SubmitForm(shop, "Broken", "", "incident")
	k.must(err)
	if i, _ := k.Issue(shop, n); !i.Has("Incident") {
		t.Errorf("labels = %v", i.Labels)
	}
}

func TestALockedIssueIsForWriters(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.issue()
	k.must(k.As("maya").Lock(shop, n, "too heated"))
	if _, err := k.As("jon").Comment(shop, n, "x"); err == nil {
		t.Error("triage comments")
	}
	k.said(n, "I may")
	k.must(k.As("maya").Unlock(shop, n))
	_, err := k.As("jon").Comment(shop, n, "now I may")
	k.must(err)
}

func TestNobodysHandsDoNothing(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	if _, err := k.As("nobody").OpenIssue(shop, "x", ""); err == nil {
		t.Error("somebody who does not exist acts")
	}
	if _, err := k.As("maya").OpenIssue("acme/none", "x", ""); err == nil {
		t.Error("acts in a repository that is not there")
	}
}

func TestOtherBotsAct(t *testing.T) {
	k, h := hooked(t, sandbox.Options{SyncWebhooks: true})
	k.AddBot("pager")
	k.must(k.Grant(shop, "pager[bot]", sandbox.RoleWrite))
	n, err := k.As("pager[bot]").OpenIssue(shop, "Alert", "")
	k.must(err)
	e := decode[github.IssuesEvent](t, h.received()[0].payload)
	if e.GetSender().GetType() != "Bot" || e.GetSender().GetLogin() == k.BotLogin() || e.GetIssue().GetNumber() != n {
		t.Errorf("event = %v", e)
	}
}
