package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// hostileTitle has 10,000 characters that mean something somewhere.
var hostileTitle = func() string {
	tricks := "../../x [[Home|y]] `code` ``` <script>alert(1)</script> <!-- step:triage.data --> --> | # @maya #1 \x00\x1b[31m \u202egnp.exe\u2066 " +
		"%2e%2e%2f %s \\ \"quoted\" 'x' $(rm -rf /) ; --upload-pack=x ~~~ - [x] done **b** _i_ ![i](http://x) https://x/?a=b&c .git CON é 🔥 "
	return cut(strings.Repeat(tricks, 1+10_000/utf8.RuneCountInString(tricks)), 10_000)
}()

func TestHostileTitles(t *testing.T) {
	t.Parallel()
	for name, title := range map[string]string{
		"all tricks at once": cut(hostileTitle, 256), "a way up": "../../../", "only marks": "\u202e\u2066\x00", "another page": "Incidents",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, withWiki)
			w.survives(w.declare(title, "It is slow."), title)
		})
	}
}

// A title of 10,000 characters, which GitHub would not take, comes in a delivery
// of its own making.
func TestAnEndlessTitle(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n, err := w.As("maya").OpenIssue(shop, "Slow", "It is slow.")
	w.must(err)
	w.settle()
	var opened map[string]any
	for _, d := range w.Deliveries() {
		if d.Event == "issues" && d.Action == "opened" {
			w.must(json.Unmarshal(d.Payload, &opened))
		}
	}
	issue := opened["issue"].(map[string]any)
	issue["title"] = hostileTitle
	issue["labels"] = []any{map[string]any{"name": "incident"}}
	if status := w.deliver("issues", opened); status != http.StatusOK {
		t.Fatalf("it is answered %d", status)
	}
	w.settle()
	w.must(w.As("maya").MakeLabel(shop, "incident", "ff0000", ""))
	w.must(w.As("maya").Label(shop, n, "incident"))
	w.settle()
	w.survives(n, hostileTitle)
}

// deliver sends a delivery signed as GitHub's and returns the answer's status.
func (w *world) deliver(event string, payload any) int {
	w.t.Helper()
	body, err := json.Marshal(payload)
	w.must(err)
	r, err := http.NewRequestWithContext(patient(w.t), http.MethodPost, "http://"+w.server.Addr()+"/api/github/hook", bytes.NewReader(body))
	w.must(err)
	r.Header = signed(event, "made-up-"+event, body)
	r.Header.Set("X-Hub-Signature-256", "sha256="+mac(sha256.New, w.WebhookSecret(), body))
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(r)
	w.must(err)
	w.must(res.Body.Close())
	return res.StatusCode
}

// survives checks that an incident works as any other, whatever its title.
func (w *world) survives(n int, title string) {
	w.t.Helper()
	for item, ticked := range checklist.Read(checklist.Default(), w.checklist(n).Body).Ticked {
		if ticked {
			w.t.Errorf("the title ticked %s", item)
		}
	}
	w.comment("jon", n, "/incident severity P1\n/incident action Fix the pool @jon")
	w.reacted(w.comment("jon", n, "/postmortem"), "eyes +1")
	w.opened("Fix the pool")
	w.safePages(title)
}

func cut(s string, n int) string { return string([]rune(s)[:n]) }

var safePage = regexp.MustCompile(`^(Home|Incidents|Incident-1(-[a-z0-9-]+)?)$`)

// safePages checks that no title got out of its page: neither by its name nor
// by its text.
func (w *world) safePages(title string) {
	w.t.Helper()
	pages := w.WikiPages(shop)
	if len(pages) != 3 {
		w.t.Errorf("pages %q, want the first, the post-mortem and the index", pages)
	}
	for _, page := range pages {
		if !safePage.MatchString(page) || len(page) > 100 {
			w.t.Errorf("a page is named %q", page)
		}
		text := w.page(page)
		for _, trick := range []string{"<script>", "\x00", "\x1b", "\u202e", "\u2066", "[[Home"} {
			if strings.Contains(text, trick) && strings.Contains(title, trick) {
				w.t.Errorf("page %s holds %q", page, trick)
			}
		}
	}
}

func TestALongText(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	body := strings.Repeat("It is slow, and nobody knows why. | <b>\n", 5_000) + "\n### Action items\n\n- process Deploy configuration apart @sam\n" +
		strings.Repeat("- [ ] item of many\n", 500)
	if len(body) < 200_000 {
		t.Fatalf("only %d bytes", len(body))
	}
	n := w.declare("Checkout times out", body)
	w.labels(n, "incident", "incident/classify")
	if size := utf8.RuneCountInString(w.checklist(n).Body); size > 65_536 {
		t.Errorf("the checklist has %d characters", size)
	}
	w.comment("jon", n, "/incident severity P1")
	w.labels(n, "incident", "P1", "incident/triage")
}

// A delivery that was given up keeps its reason, and is handled when it is
// delivered again.
func TestDeliveredAgainAfterItWasGivenUp(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declare("Checkout times out", "It is slow.", "P2")
	w.Inject(sandbox.Fault{Method: "GET", Path: "/repos/acme/shop/collaborators/*/permission", Status: http.StatusForbidden, Body: `{"message":"Resource not accessible by integration"}`})
	w.must(w.As("jon").Label(shop, n, "P1"))
	w.settle()
	guid := w.last("issues", "labeled", "P1")
	d, err := w.server.db.Delivery(t.Context(), guid)
	w.must(err)
	if d.Completed || !strings.Contains(d.Failure, "ask for a permission") || !strings.Contains(d.Failure, "403") {
		t.Errorf("it is kept as completed=%t with the failure %q", d.Completed, d.Failure)
	}
	w.must(w.Redeliver(guid))
	w.settle()
	if d, err = w.server.db.Delivery(t.Context(), guid); !d.Completed || d.Failure != "" || err != nil {
		t.Errorf("delivered again, it is kept as %+v: %v", d, err)
	}
	w.labels(n, "incident", "P1", "incident/triage")
	rows, err := w.server.db.Deliveries(t.Context())
	w.must(err)
	seen := map[string]bool{}
	for _, r := range rows {
		if seen[r.GUID] {
			t.Errorf("%s is kept twice", r.GUID)
		}
		seen[r.GUID] = true
	}
}

// last returns the id of the last delivery of an event and action that says
// something.
func (w *world) last(event, action, says string) (guid string) {
	w.t.Helper()
	for _, d := range w.Deliveries() {
		if d.Event == event && d.Action == action && strings.Contains(string(d.Payload), says) {
			guid = d.GUID
		}
	}
	if guid == "" {
		w.t.Fatalf("no delivery of %s %s about %s", event, action, says)
	}
	return guid
}

// The same delivery again and again, at once and later, is one row and is
// handled once.
func TestTheSameDeliveryManyTimes(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declare("Checkout times out", "It is slow.")
	w.HoldWebhooks()
	_, err := w.As("jon").Comment(shop, n, "/incident timeline Rolled back\n/incident status")
	w.must(err)
	w.Release(func(int) []int { return []int{0, 0, 0, 0} })
	w.settle()
	guid := w.last("issue_comment", "created", "Rolled back")
	w.must(w.Redeliver(guid))
	w.settle()
	if got := len(w.replies(n)); got != 1 {
		t.Errorf("%d replies, want one", got)
	}
	key, err := w.server.db.Delivery(t.Context(), guid)
	w.must(err)
	timeline, err := w.server.db.Timeline(t.Context(), key.Key)
	w.must(err)
	count := 0
	for _, e := range timeline {
		if e.What == "Rolled back" {
			count++
		}
	}
	if count != 1 {
		t.Errorf("%d entries on the timeline, want one:\n%+v", count, timeline)
	}
}
