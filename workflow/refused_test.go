package workflow_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow"
)

// notes are what the checklist's head says of what cannot be done.
func (s *story) notes() []string { return s.rules.View(s.inc, s.entries, s.now, "").Notes }

// outcome lets an effect tell what came of it.
func (s *story) outcome(ev workflow.Event) []workflow.EffectKind {
	s.inc, s.last = s.rules.Apply(s.inc, workflow.Meta{Delivery: "effect", At: s.now, Now: s.now}, ev)
	s.entries = append(s.entries, s.last.Entries...)
	var kinds []workflow.EffectKind
	for _, e := range s.last.Effects {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func refused(effect workflow.EffectKind, kind workflow.RefusalKind) workflow.EffectRefused {
	return workflow.EffectRefused{Effect: effect, Kind: kind}
}

// A refusal is told once, stands in the checklist for as long as it holds, and
// goes with it.
func TestARefusalIsToldUntilItIsOver(t *testing.T) {
	s := declared(t)
	kinds := s.outcome(refused(workflow.EffectLabels, workflow.RefusedPermission))
	if !slices.Equal(kinds, []workflow.EffectKind{workflow.EffectChecklist}) {
		t.Errorf("it asks for %v, want the checklist refreshed", kinds)
	}
	const want = "Labels cannot be written: the installation lacks Issues: write. An owner can grant it in the App's installation settings."
	if have := s.notes(); !slices.Equal(have, []string{want}) {
		t.Errorf("the checklist notes %q", have)
	}
	entries := len(s.entries)
	if kinds = s.outcome(refused(workflow.EffectLabels, workflow.RefusedPermission)); len(kinds) != 0 || len(s.entries) != entries {
		t.Errorf("told again: %v and %d more entries", kinds, len(s.entries)-entries)
	}
	kinds = s.outcome(workflow.EffectDone{Effect: workflow.EffectLabels})
	if have := s.notes(); len(have) != 0 || !slices.Equal(kinds, []workflow.EffectKind{workflow.EffectChecklist}) {
		t.Errorf("once they can be written: %q and %v", have, kinds)
	}
	if kinds = s.outcome(workflow.EffectDone{Effect: workflow.EffectLabels}); len(kinds) != 0 {
		t.Errorf("once more: %v", kinds)
	}
}

// A checklist that cannot be written is not asked for again by its own refusal;
// only where comments are taken one says so, and says so when it is over.
func TestARefusedChecklist(t *testing.T) {
	for kind, want := range map[workflow.RefusalKind][]workflow.EffectKind{
		workflow.RefusedLocked: nil, workflow.RefusedArchived: nil, workflow.RefusedPermission: nil,
		workflow.RefusedUninstalled: nil, workflow.RefusedMissing: nil, workflow.RefusedIssuesOff: nil, workflow.RefusedUnanswered: nil,
		workflow.RefusedInvalid: {workflow.EffectNotice}, workflow.RefusedForbidden: {workflow.EffectNotice},
	} {
		s := declared(t)
		if have := s.outcome(refused(workflow.EffectChecklist, kind)); !slices.Equal(have, want) {
			t.Errorf("%s asks for %v, want %v", kind, have, want)
		}
		if have := s.outcome(workflow.EffectDone{Effect: workflow.EffectChecklist}); !slices.Equal(have, want) {
			t.Errorf("%s, over, asks for %v, want %v", kind, have, want)
		}
		if len(s.inc.Refused) != 0 {
			t.Errorf("%s, over, is still kept: %v", kind, s.inc.Refused)
		}
	}
}

// Where nobody on the issue could read it nothing is said, and it is kept.
func TestRefusalsThatNobodyCanRead(t *testing.T) {
	for _, kind := range []workflow.RefusalKind{workflow.RefusedUninstalled, workflow.RefusedMissing, workflow.RefusedIssuesOff} {
		s := declared(t)
		before := len(s.entries)
		if have := s.outcome(refused(workflow.EffectReply, kind)); len(have) != 0 || len(s.notes()) != 0 || len(s.entries) != before {
			t.Errorf("%s is told: %v, %q", kind, have, s.notes())
		}
		if s.inc.Refused[workflow.EffectReply].Kind != kind {
			t.Errorf("%s is not kept: %v", kind, s.inc.Refused)
		}
	}
}

// Every sentence names the next step and fits the checklist's head whole.
func TestSentencesOfRefusals(t *testing.T) {
	for _, kind := range []workflow.RefusalKind{
		workflow.RefusedLocked, workflow.RefusedArchived, workflow.RefusedPermission, workflow.RefusedForbidden, workflow.RefusedInvalid, workflow.RefusedUnanswered,
	} {
		for _, effect := range []workflow.EffectKind{
			workflow.EffectChecklist, workflow.EffectLabels, workflow.EffectFeedback, workflow.EffectReply, workflow.EffectPublish,
		} {
			if text := kind.Sentence(effect); len([]rune(text)) > 200 || strings.Count(text, ". ") != 1 || !strings.HasSuffix(text, ".") {
				t.Errorf("%s of %s: %q", kind, effect, text)
			}
		}
	}
}

// Whoever was told that there will be no post-mortem gets it all the same when
// what stood in the way is gone.
func TestAPublishThatIsRetried(t *testing.T) {
	s := publishing(t)
	requests := s.inc.Postmortem.Requests
	s.outcome(workflow.PublishFailed{Answered: requests, Reason: "no"})
	if len(s.inc.Postmortem.Requests) != 0 {
		t.Fatalf("still waiting: %+v", s.inc.Postmortem.Requests)
	}
	s.outcome(workflow.PublishRetried{})
	s.outcome(published(s))
	if kinds := s.outcome(workflow.PublishRetried{}); len(kinds) != 0 || len(s.inc.Postmortem.Requests) != 0 {
		t.Errorf("answered, it is taken up once more: %v", kinds)
	}
	s.outcome(workflow.PublishFailed{Answered: requests, Reason: "no"})
	if len(s.inc.Postmortem.Failed) != 0 {
		t.Errorf("one that was answered failed: %+v", s.inc.Postmortem.Failed)
	}
}
