// Package checklist is the checklist comment of an incident: Markdown to steps
// and back.
//
// The comment is people's as much as Firebreak's. Whatever it holds is found by
// hidden comments at its place in the source, never by counting: an item by
// <!-- step:id --> on its own line, a part that Firebreak writes by a pair of
// region markers. All other text is people's and is kept byte for byte.
package checklist

// Item is one box of a checklist.
type Item struct {
	// ID never changes: "triage.systems". Wording, order and language may. It
	// consists of letters and digits with single ._- between them, at most a
	// hundred.
	ID string
	// Number is what people see and name it by: "2.1". Empty for the definition
	// of done.
	Number string
	// Text is one line of Markdown.
	Text string
}

// Step is one of the steps, in the order in which an incident goes through them.
type Step struct {
	// ID is also the name of the phase that the incident is in until the step is
	// complete.
	ID     string
	Number string
	Title  string
	// Note follows the title; empty for most.
	Note  string
	Items []Item
}

// Severity is one of the choices of the classify step. Its name is part of an
// item's id.
type Severity struct{ Name, Means, Examples string }

// Definition is what a checklist asks for. The first step is complete by a
// severity, the others by their items.
type Definition struct {
	// Severities run from the gravest to the least.
	Severities []Severity
	Steps      []Step
	// Done is the definition of done: it guards closing, and no phase.
	Done []Item
}

// Classify is the id of the step that only a severity completes; a severity's
// box is classify.NAME.
const Classify = "classify"

// SeverityID returns the id of a severity's box: "classify.P1".
func SeverityID(name string) string { return Classify + "." + name }

// Default returns the workflow of six steps that Firebreak runs unless
// configured otherwise.
func Default() Definition {
	return Definition{Severities: severities(), Steps: steps(), Done: done()}
}

func severities() []Severity {
	return []Severity{
		{"P0", "complete outage, data loss, security breach", "app unusable, auth down, data exposed"},
		{"P1", "major degradation, significant user impact", "sync failing, billing broken, more than 1 % errors"},
		{"P2", "partial degradation, limited impact", "single flow broken, slow"},
		{"P3", "minor, workaround available", "cosmetic, edge case"},
	}
}

func steps() []Step {
	return []Step{
		{ID: Classify, Number: "1", Title: "Classify severity"},
		{ID: "triage", Number: "2", Title: "Triage", Items: []Item{
			{"triage.systems", "2.1", "Affected systems: front end, back end, database, auth, payment, third parties?"},
			{"triage.users", "2.2", "User impact: how many, which flows, which plans?"},
			{"triage.blast-radius", "2.3", "Blast radius: contained or spreading?"},
			{"triage.data", "2.4", "Data: corruption, loss, exposure?"},
			{"triage.timeline", "2.5", "Timeline: since when; deploys, configuration, dependencies before it?"},
		}},
		{ID: "mitigate", Number: "3", Title: "Mitigate", Note: "stabilise first, perfect later", Items: []Item{
			{"mitigate.act", "3.1", "Acted: rollback, flag off, revert, scale up or hotfix"},
			{"mitigate.verify", "3.2", "Verified: error rate down, flow recovered"},
			{"mitigate.communicate", "3.3", "Communicated: stakeholders know (P0/P1)"},
		}},
		{ID: "root-cause", Number: "4", Title: "Root cause", Items: []Item{
			{"root-cause.chain", "4.1", "Failure chain: what changed, what failed, why"},
			{"root-cause.evidence", "4.2", "Logs (correlation id, user id) and metrics read"},
			{"root-cause.changes", "4.3", "Deploy history read"},
			{"root-cause.context", "4.4", "Architecture decisions that bear on it"},
		}},
		{ID: "post-mortem", Number: "5", Title: "Post-mortem", Items: []Item{
			{"post-mortem.published", "5.1", "Published: comment `/postmortem`"},
		}},
		{ID: "follow-up", Number: "6", Title: "Follow-up issues", Items: []Item{
			{"follow-up.opened", "6.1", "One issue per action item, with owner and date"},
		}},
	}
}

func done() []Item {
	return []Item{
		{ID: "done.mitigated", Text: "Mitigated and verified"},
		{ID: "done.post-mortem", Text: "Post-mortem written, with timeline, root cause and action items"},
		{ID: "done.follow-up", Text: "Follow-up issues open"},
		{ID: "done.notified", Text: "Stakeholders notified"},
		{ID: "done.clean", Text: "No secrets, personal data or code in post-mortem or logs"},
	}
}
