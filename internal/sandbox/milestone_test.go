package sandbox_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestAMilestoneIsReadBackAsWritten(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	made := must[*github.Milestone](t)(k.inst.Issues.CreateMilestone(k.ctx(), owner, name, &github.Milestone{
		Title: ptr("Week 49"), Description: ptr("after incident 1")}))
	n := made.GetNumber()
	must[*github.Issue](t)(k.inst.Issues.Edit(k.ctx(), owner, name, k.issue(), &github.IssueRequest{Milestone: &n}))
	must[*github.Milestone](t)(k.inst.Issues.EditMilestone(k.ctx(), owner, name, n, &github.Milestone{State: ptr("closed")}))
	got := must[*github.Milestone](t)(k.inst.Issues.GetMilestone(k.ctx(), owner, name, n))
	if got.GetTitle() != "Week 49" || got.GetState() != "closed" || got.GetOpenIssues() != 1 || got.ClosedAt == nil {
		t.Errorf("milestone = %v", got)
	}
	if list := must[[]*github.Milestone](t)(k.inst.Issues.ListMilestones(k.ctx(), owner, name, nil)); len(list) != 0 {
		t.Errorf("closed ones are listed: %v", list)
	}
	all := must[[]*github.Milestone](t)(k.inst.Issues.ListMilestones(k.ctx(), owner, name, &github.MilestoneListOptions{State: "all"}))
	if diff := cmp.Diff([]*github.Milestone{got}, all); diff != "" {
		t.Error(diff)
	}
	_, _, err := k.inst.Issues.CreateMilestone(k.ctx(), owner, name, &github.Milestone{Title: ptr("Week 49")})
	if status(err) != http.StatusUnprocessableEntity {
		t.Errorf("the title of a closed one again: %v", err)
	}
}

func TestDueDatesAreMidnightPacific(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	for given, want := range map[string]string{
		"2026-12-07T12:00:00Z": "2026-12-07T08:00:00Z", // standard time
		"2026-12-07T00:00:00Z": "2026-12-06T08:00:00Z", // the day before
		"2026-07-07T12:00:00Z": "2026-07-07T07:00:00Z", // summer time
	} {
		due, err := time.Parse(time.RFC3339, given)
		k.must(err)
		made := must[*github.Milestone](t)(k.inst.Issues.CreateMilestone(k.ctx(), owner, name, &github.Milestone{
			Title: &given, DueOn: &github.Timestamp{Time: due}}))
		if got := made.GetDueOn().UTC().Format(time.RFC3339); got != want {
			t.Errorf("%s became %s, want %s", given, got, want)
		}
	}
}
