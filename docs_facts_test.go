package firebreak_test

import (
	"fmt"
	"go/ast"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/internal/inbox"
	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
	"github.com/firebreak-app/firebreak/workflow/command"
)

var checklistItem = regexp.MustCompile(`(?m)^>   - \[[ x]\] (\d\.\d) (.+)$`)

func TestChecklistExcerptIsTheDefinitions(t *testing.T) {
	texts := map[string]string{}
	for _, s := range checklist.Default().Steps {
		for _, i := range s.Items {
			texts[i.Number] = i.Text
		}
	}
	found := checklistItem.FindAllStringSubmatch(section(t, readme, "An incident"), -1)
	if len(found) == 0 {
		t.Errorf("%s shows no item of the checklist", readme)
	}
	for _, m := range found {
		if texts[m[1]] != m[2] {
			t.Errorf("%s has item %s as %q, the checklist as %q", readme, m[1], m[2], texts[m[1]])
		}
	}
}

// TestHeadingsOfTheIssuesTextAreThoseRead compares the headings with the names
// that the handler looks for.
func TestHeadingsOfTheIssuesTextAreThoseRead(t *testing.T) {
	var have []string
	for _, row := range rows(section(t, configuration, "What the issue's text says")) {
		for _, heading := range codes(cells(row)[1]) {
			have = append(have, strings.ToLower(heading))
		}
	}
	if diff := cmp.Diff(headingsRead(t), have); diff != "" {
		t.Errorf("%s, headings (-handlers/snapshot.go +table):\n%s", configuration, diff)
	}
}

// headingsRead are the strings that are passed on where the issue's text is read.
func headingsRead(t *testing.T) []string {
	t.Helper()
	var out []string
	ast.Inspect(parse(t, "handlers/snapshot.go"), func(n ast.Node) bool {
		if f, ok := n.(*ast.FuncDecl); ok && f.Name.Name != "readBody" {
			return false
		}
		call, ok := n.(*ast.CallExpr)
		if !ok || !strings.Contains("text list Find named", called(call)) {
			return true
		}
		for _, arg := range call.Args {
			if lit, ok := arg.(*ast.BasicLit); ok {
				out = append(out, strings.Trim(lit.Value, `"`))
			}
		}
		return true
	})
	return out
}

// called is the name of the function that a call is of, "-" for what has none.
func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return "-"
}

func TestLimitsAreThoseOfTheCode(t *testing.T) {
	var have []string
	for _, row := range rows(section(t, configuration, "Limits")) {
		have = append(have, cells(row)[1])
	}
	var want []string
	for _, n := range []int{
		inbox.MaxBody, command.MaxCommands, command.MaxEntries, command.MaxLine, command.MaxText, checklist.MaxLength, workflow.MaxFollowUps,
		store.DefaultRetry.Attempts, store.DefaultPace[0].Most, store.DefaultPace[1].Most,
	} {
		want = append(want, fmt.Sprint(n))
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("%s, limits (-code +table):\n%s", configuration, diff)
	}
}

var createTable = regexp.MustCompile(`(?m)^CREATE TABLE IF NOT EXISTS (\w+)`)

func TestWhatIsKeptIsWhatTheDatabaseHas(t *testing.T) {
	var want, have []string
	for _, m := range createTable.FindAllStringSubmatch(read(t, "internal/store/schema.sql"), -1) {
		want = append(want, m[1])
	}
	for _, row := range rows(section(t, readme, "Security")) {
		if c := cells(row); len(c) == 3 {
			have = append(have, codes(c[0])...)
		}
	}
	if diff := cmp.Diff(append(want, "river_job"), have); diff != "" {
		t.Errorf("%s, tables (-schema.sql +table):\n%s", readme, diff)
	}
}

// secrets has made-up examples of kinds that the documents say are found.
var secrets = map[string]string{
	"github-token": "ghp_" + drawn(36), "gitlab-token": "glpat-" + drawn(20), "aws-key": "AKIA" + strings.Repeat("A1", 8),
	"slack-token": "xoxb-" + drawn(12), "stripe-key": "sk_live_" + drawn(16), "google-key": "AIza" + drawn(35),
	"anthropic-key": "sk-ant-" + drawn(24), "openai-key": "sk-B" + drawn(30), "npm-token": "npm_" + drawn(36), "pypi-token": "pypi-" + drawn(60),
	"sendgrid-key": "SG." + drawn(20) + "." + drawn(20), "telegram-token": "123456789:AA" + drawn(33),
	"age-key": "AGE-SECRET-KEY-1" + strings.Repeat("A1", 15), "jwt": "eyJ" + drawn(12) + ".eyJ" + drawn(12) + "." + drawn(12),
	"slack-webhook":   "https://hooks.slack.com/services/T0/B0/" + drawn(12),
	"discord-webhook": "https://discord.com/api/webhooks/1234/" + drawn(12),
	"teams-webhook":   "https://acme.webhook.office.com/webhookb2/" + drawn(12),
	"private-key":     "-----BEGIN PRIVATE KEY-----\n" + drawn(64) + "\n-----END PRIVATE KEY-----",
	"authorization":   "Authorization: Bearer " + drawn(20), "cookie": "Cookie: id=" + drawn(8),
	"url-password": "postgres://maya:hunter2@db.acme.example/orders", "url-secret": "https://acme.example/?token=" + drawn(12),
	"password": "password=hunter2", "secret": "api_key=" + drawn(20), "aws-secret": "secret_access_key=" + drawn(40),
	"e-mail": "maya@acme.example", "phone": "+49 30 1234567", "card": "4111 1111 1111 1111", "iban": "DE89 3704 0044 0532 0130 00",
	"national-id": "SSN 536-90-4399", "ip-address": "93.184.216.34", "code": "```\nx := 1\n```", "stack-trace": "\tat com.acme.Pay.go(Pay.java:12)\n",
}

// drawn is something that looks drawn at random.
func drawn(n int) string { return strings.Repeat("a1", n)[:n] }

func TestRedactionKindsAreThoseOfTheGate(t *testing.T) {
	gate := newGate(t)
	var have []string
	for _, row := range rows(section(t, redaction, "What is found")) {
		have = append(have, codes(cells(row)[0])...)
	}
	slices.Sort(have)
	if diff := cmp.Diff(gate.Kinds(), have); diff != "" {
		t.Errorf("%s, kinds (-gate +table):\n%s", redaction, diff)
	}
	for kind, text := range secrets {
		if kind != "code" && kind != "stack-trace" {
			text = "It was " + text
		}
		if _, found, err := gate.Clean(text); err != nil || found[kind] == 0 {
			t.Errorf("%s says that %s is found; found %v, %v", redaction, kind, found, err)
		}
	}
}

func TestRedactionKeepsWhatItSays(t *testing.T) {
	gate := newGate(t)
	for _, text := range []string{
		"Maya Jones", "customer 4711", "hunter2 opens the door", "10.0.0.7 and ::1", "v1.2.3.4", "`x := 1`", "`kubectl rollout undo`",
		"@maya and @acme/support", "#42", "12:01 UTC, 20 min", "8f3c1d2", "${DB_PASSWORD}", "token: <token>", "maya@users.noreply.github.com",
	} {
		if _, found, err := gate.Clean(text); err != nil || found.Total() > 0 {
			t.Errorf("%s says that %q is kept; found %v, %v", redaction, text, found, err)
		}
	}
}

func newGate(t *testing.T) *redact.Gate {
	t.Helper()
	gate, err := redact.New()
	if err != nil {
		t.Fatal(err)
	}
	return gate
}

func TestDecisionsAreListedAndWhole(t *testing.T) {
	index := read(t, "docs/decisions/README.md")
	files, err := os.ReadDir("docs/decisions")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Name() == "README.md" {
			continue
		}
		if !strings.Contains(index, "("+f.Name()+")") {
			t.Errorf("docs/decisions/README.md does not list %s", f.Name())
		}
		for _, part := range []string{"Context", "Decision", "Rejected", "Consequences"} {
			section(t, "docs/decisions/"+f.Name(), part)
		}
	}
}
