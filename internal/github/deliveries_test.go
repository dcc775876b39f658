package github

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// The list goes on where its cursor leads; only a status of OK is a success.
func TestAttempts(t *testing.T) {
	t.Parallel()
	const one = `{"id":%d,"guid":"g%d","event":"issues","status":%q,"status_code":%d,"delivered_at":"2026-11-23T12:00:00Z"}`
	page := ok("[" + fmt.Sprintf(one, 2, 2, "timed out", 0) + "," + fmt.Sprintf(one, 1, 1, "OK", 202) + "]")
	page.header = map[string]string{"Link": `<https://api.github.com/app/hook/deliveries?per_page=100&cursor=v1_7>; rel="next"`}
	f := start(t, map[string]answer{"GET /app/hook/deliveries": page})
	list, next, err := f.Attempts(patient(t), "")
	if err != nil || next != "v1_7" || len(list) != 2 {
		t.Fatalf("%+v, %q, %v", list, next, err)
	}
	if list[0].Arrived || !list[1].Arrived || list[0].GUID != "g2" || list[0].At.Hour() != 12 {
		t.Errorf("%+v", list)
	}
	f.set("GET /app/hook/deliveries", ok("[]"))
	if list, next, err = f.Attempts(patient(t), "v1_7"); err != nil || next != "" || len(list) > 0 {
		t.Errorf("after the last: %+v, %q, %v", list, next, err)
	}
}

func TestDeliverAgain(t *testing.T) {
	t.Parallel()
	f := start(t, map[string]answer{
		"POST /app/hook/deliveries/1/attempts": {status: http.StatusAccepted, body: "{}"},
		"POST /app/hook/deliveries/2/attempts": refuse(http.StatusNotFound),
		"POST /app/hook/deliveries/3/attempts": refuse(http.StatusTooManyRequests),
	})
	if err := f.DeliverAgain(patient(t), 1); err != nil {
		t.Errorf("accepted: %v", err)
	}
	if err := f.DeliverAgain(patient(t), 2); !Is(err, NotFound) {
		t.Errorf("forgotten: %v", err)
	}
	if err := f.DeliverAgain(patient(t), 3); Wait(err) == 0 {
		t.Errorf("limited: %v", err)
	}
}

// What cannot have incidents is left out, of installations, repositories and
// issues.
func TestWhatIsCovered(t *testing.T) {
	t.Parallel()
	const repo = `{"id":%d,"name":"r%d","owner":{"login":"acme"},"private":true,"has_issues":%t,"archived":%t}`
	f := start(t, map[string]answer{
		"GET /app/installations": ok(`[{"id":5},{"id":6,"suspended_at":"2026-11-23T12:00:00Z"},{"id":7}]`),
		"GET /installation/repositories": ok(`{"total_count":3,"repositories":[` +
			fmt.Sprintf(repo, 1, 1, true, false) + "," + fmt.Sprintf(repo, 2, 2, false, false) + "," + fmt.Sprintf(repo, 3, 3, true, true) + "]}"),
		"GET /repos/acme/r1/issues": ok(`[{"id":10,"user":{"id":1,"login":"maya"},"title":"Slow"},{"id":11,"pull_request":{}},{"id":12,"user":null}]`),
	})
	ids, err := f.Installations(patient(t))
	if err != nil || fmt.Sprint(ids) != "[5 7]" {
		t.Errorf("installations %v, %v", ids, err)
	}
	repos, err := f.Repositories(patient(t), 7)
	if err != nil || len(repos) != 1 || repos[0] != (Covered{ID: 1, Owner: "acme", Name: "r1", Private: true}) {
		t.Fatalf("repositories %+v, %v", repos, err)
	}
	issues, err := f.Labelled(patient(t), 7, repos[0], "incident")
	if err != nil || len(issues) != 2 || issues[0].ID != 10 || issues[1].ID != 12 {
		t.Fatalf("issues %+v, %v", issues, err)
	}
	if !strings.Contains(string(issues[0].Issue), `"title":"Slow"`) || !strings.Contains(string(issues[0].Author), "maya") {
		t.Errorf("issue %s by %s", issues[0].Issue, issues[0].Author)
	}
}
