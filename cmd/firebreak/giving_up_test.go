package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// says is a refusal of GitHub's.
func says(method, path string, status int) sandbox.Fault {
	return sandbox.Fault{Method: method, Path: path, Status: status, Times: -1,
		Body: fmt.Sprintf(`{"message":%q,"documentation_url":"https://docs.github.com/rest"}`, http.StatusText(status))}
}

// What can never succeed is not tried again, what may is tried for long, and
// either is made up for when GitHub lets it.
func TestRefusedEffects(t *testing.T) {
	t.Parallel()
	const comments = "/repos/acme/shop/issues/*/comments"
	for status, tries := range map[int]int{
		http.StatusNotFound: 1, http.StatusGone: 1, http.StatusUnauthorized: 12,
		// The second is the comment that would say so.
		http.StatusForbidden: 2, http.StatusUnprocessableEntity: 2,
	} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, withWiki)
			refused := w.Inject(says("POST", comments, status))
			n := w.declare("Checkout times out", "It is slow.")
			if got := refused.Hits(); got != tries {
				t.Errorf("asked %d times, want %d", got, tries)
			}
			refused.Remove()
			w.comment("jon", n, "/incident severity P1")
			if body := w.checklist(n).Body; !strings.Contains(body, "P1 · triage") {
				t.Errorf("the checklist says:\n%s", body)
			}
		})
	}
}

// Where GitHub does not say what somebody may do, a command is not run on a
// guess, and whoever gave it is told once no attempt is left.
func TestRefusedPermissionLookUps(t *testing.T) {
	t.Parallel()
	for status, tc := range map[int]struct {
		tries             int
		failure, reaction string
	}{
		http.StatusNotFound:     {1, "", "confused"},
		http.StatusForbidden:    {1, "403", "-1"},
		http.StatusUnauthorized: {12, "401", "-1"},
	} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, withWiki)
			n := w.declare("Checkout times out", "It is slow.")
			refused := w.Inject(says("GET", permissionPath, status))
			id := w.comment("jon", n, "/incident severity P1")
			if got := refused.Hits(); got != tc.tries {
				t.Errorf("asked %d times, want %d", got, tc.tries)
			}
			d, err := w.server.db.Delivery(t.Context(), w.last("issue_comment", "created", "severity P1"))
			w.must(err)
			if d.Completed == (tc.failure != "") || !strings.Contains(d.Failure, tc.failure) {
				t.Errorf("it is kept as completed=%t with the failure %q", d.Completed, d.Failure)
			}
			if got := w.reactions(id); !strings.HasSuffix(got, tc.reaction) {
				t.Errorf("reactions %q, want %q at the end", got, tc.reaction)
			}
			w.labels(n, "incident", "incident/classify")
		})
	}
}

// An account that takes the App away ends what is under way for it, and nothing
// else.
func TestAnInstallationThatIsGone(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	w.must(w.AddRepo("globex/site", sandbox.RepoOptions{}))
	w.must(w.Grant("globex/site", "maya", sandbox.RoleAdmin))
	n := w.declare("Checkout times out", "It is slow.")
	w.must(w.Suspend("acme", true))
	_, err := w.As("jon").Comment(shop, n, "/incident severity P1")
	w.must(err)
	other, err := w.As("maya").OpenIssue("globex/site", "Down", "It is down.", "incident")
	w.must(err)
	w.settle()
	if c := w.Comments("globex/site", other); len(c) != 1 {
		t.Errorf("%d comments on the other account's incident, want its checklist", len(c))
	}
	w.must(w.Suspend("acme", false))
	w.comment("jon", n, "/incident severity P2")
	w.labels(n, "incident", "P2", "incident/triage")
}
