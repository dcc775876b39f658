package main

import (
	"bufio"
	"bytes"
	"crypto/sha1"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/inbox"
	"github.com/firebreak-app/firebreak/internal/store"
)

// refusedCase is a delivery that is answered and forgotten.
type refusedCase struct {
	event  string // issues, if empty
	body   string // that of an incident, if empty
	alter  func(h http.Header)
	status int
	says   string
}

func set(name, value string) func(http.Header) { return func(h http.Header) { h.Set(name, value) } }
func drop(name string) func(http.Header)       { return func(h http.Header) { h.Del(name) } }

func TestBadInput(t *testing.T) {
	t.Parallel()
	const (
		badSignature = "X-Hub-Signature-256 does not fit the body: check that GitHub and this server have the same webhook secret"
		noSignature  = "X-Hub-Signature-256 is missing: set a webhook secret in the App's settings (SHA-1 is not taken)"
		noObject     = "the body is not a JSON object"
		noJSON       = "the body is not JSON"
		badType      = "deliveries are taken as application/json: set the webhook's content type to it"
		badEvent     = "X-GitHub-Event is missing, too long or not a plain word"
		badGUID      = "X-GitHub-Delivery is missing, too long or not a plain word"
	)
	other := string(incidentOpened(map[string]any{"title": "other"}))
	d := openDoor(t)
	t.Run("is refused", func(t *testing.T) {
		for name, tc := range map[string]refusedCase{
			"unsigned":               {alter: func(h http.Header) { h.Del("X-Hub-Signature"); h.Del("X-Hub-Signature-256") }, status: 401, says: noSignature},
			"signed with SHA-1 only": {alter: drop("X-Hub-Signature-256"), status: 401, says: noSignature},
			"an empty signature":     {alter: set("X-Hub-Signature-256", ""), status: 401, says: noSignature},
			"only its kind":          {alter: set("X-Hub-Signature-256", "sha256="), status: 401, says: badSignature},
			"garbage":                {alter: set("X-Hub-Signature-256", canary), status: 401, says: badSignature},
			"without its kind":       {alter: func(h http.Header) { h.Set("X-Hub-Signature-256", h.Get("X-Hub-Signature-256")[7:]) }, status: 401, says: badSignature},
			"SHA-1 in its place":     {alter: func(h http.Header) { h.Set("X-Hub-Signature-256", h.Get("X-Hub-Signature")) }, status: 401, says: badSignature},
			"half of it":             {alter: func(h http.Header) { h.Set("X-Hub-Signature-256", h.Get("X-Hub-Signature-256")[:40]) }, status: 401, says: badSignature},
			"by another secret":      {alter: func(h http.Header) { h.Set("X-Hub-Signature-256", "sha256="+mac(sha1.New, "other", nil)) }, status: 401, says: badSignature},
			"over other bytes": {alter: func(h http.Header) {
				h.Set("X-Hub-Signature-256", signed("issues", "g", []byte(other)).Get("X-Hub-Signature-256"))
			}, status: 401, says: badSignature},
			"no body":                  {body: " ", alter: func(http.Header) {}, status: 400, says: noJSON},
			"no JSON":                  {body: canary, status: 400, says: noJSON},
			"JSON cut off":             {body: `{"issue":`, status: 400, says: noJSON},
			"JSON twice":               {body: `{}{}`, status: 400, says: noJSON},
			"JSON too deep":            {body: strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000), status: 400, says: noJSON},
			"a list":                   {body: `[{"action":"opened"}]`, status: 400, says: noObject},
			"a text":                   {body: `"` + canary + `"`, status: 400, says: noObject},
			"a number":                 {body: `42`, status: 400, says: noObject},
			"null":                     {body: ` null `, status: 400, says: noObject},
			"null of an unknown event": {event: "fork", body: `null`, status: 400, says: noObject},
			"an id as a text":          {body: `{"issue":{"id":"` + canary + `"}}`, status: 400, says: "the payload's issue.id is of the wrong type: string"},
			"an issue as a text":       {body: `{"issue":"` + canary + `"}`, status: 400, says: "the payload's issue is of the wrong type: string"},
			"no time":                  {body: `{"issue":{"created_at":"` + canary + `"}}`, status: 400, says: "a time in the payload is none"},
			"an id too large":          {body: `{"repository":{"id":99999999999999999999}}`, status: 400, says: "the payload's repository.id is of the wrong type: number"},
			"a form":                   {body: "payload=%7B%7D", alter: set("Content-Type", "application/x-www-form-urlencoded"), status: 415, says: badType},
			"text":                     {alter: set("Content-Type", "text/plain"), status: 415, says: badType},
			"no content type":          {alter: drop("Content-Type"), status: 415, says: badType},
			"a broken content type":    {alter: set("Content-Type", "application/json; ="), status: 415, says: badType},
			"no event":                 {alter: drop("X-GitHub-Event"), status: 400, says: badEvent},
			"a long event":             {alter: set("X-GitHub-Event", strings.Repeat("e", 101)), status: 400, says: badEvent},
			"a strange event":          {alter: set("X-GitHub-Event", "issues "+canary), status: 400, says: badEvent},
			"no id":                    {alter: drop("X-GitHub-Delivery"), status: 400, says: badGUID},
			"a long id":                {alter: set("X-GitHub-Delivery", strings.Repeat("9", 101)), status: 400, says: badGUID},
			"a strange id":             {alter: set("X-GitHub-Delivery", "\u202e<script>"), status: 400, says: badGUID},
			"absurdly long headers":    {alter: set("X-Filler", strings.Repeat("x", 100<<10)), status: 431, says: "431 Request Header Fields Too Large"},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				d.answers(t, tc)
			})
		}
	})
	t.Run("is nothing for Firebreak", func(t *testing.T) {
		pull := string(incidentOpened(map[string]any{"pull_request": map[string]any{"url": "https://example.com"}}))
		for name, tc := range map[string]refusedCase{
			"a ping":                   {event: "ping", body: `{"zen":"` + canary + `","hook_id":1}`, status: 200},
			"an unknown event":         {event: "fork", status: 202},
			"an event of the future":   {event: "issue_hologram", status: 202},
			"a charset":                {event: "ping", alter: set("Content-Type", "application/json; charset=utf-8"), status: 200},
			"a pull request":           {body: pull, status: 200},
			"an issue that is null":    {body: `{"action":"opened","issue":null,"repository":{"id":7}}`, status: 200},
			"a comment that is null":   {event: "issue_comment", body: strings.Replace(string(incidentOpened(nil)), `"opened"`, `"created","comment":null`, 1), status: 200},
			"an empty object":          {body: `{}`, status: 200},
			"no action":                {body: strings.Replace(string(incidentOpened(nil)), `"opened"`, `""`, 1), status: 200},
			"a wiki of nobody's":       {event: "gollum", body: `{"repository":{"id":1}}`, status: 200},
			"an issue without a label": {body: string(incidentOpened(map[string]any{"labels": nil})), status: 200},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				d.answers(t, tc)
			})
		}
	})
	if n := d.rows(); n != 0 {
		t.Errorf("%d rows are kept of it", n)
	}
}

// answers sends a delivery and checks what it is answered.
func (d *door) answers(t *testing.T, tc refusedCase) {
	t.Helper()
	body := []byte(tc.body)
	if tc.body == "" {
		body = incidentOpened(nil)
	}
	if tc.event == "" {
		tc.event = "issues"
	}
	header := signed(tc.event, "guid-"+strings.ReplaceAll(t.Name(), "/", "."), body)
	header.Set("X-GitHub-Delivery", "a-guid")
	if tc.alter != nil {
		tc.alter(header)
	}
	status, text, _ := d.post(body, header)
	if status != tc.status || text != tc.says {
		t.Errorf("answered %d %q, want %d %q", status, text, tc.status, tc.says)
	}
}

func TestOtherMethodsAndPaths(t *testing.T) {
	t.Parallel()
	d := openDoor(t)
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		status, text, header := d.do(method, nil, http.Header{})
		if status != http.StatusMethodNotAllowed || header.Get("Allow") != http.MethodPost || method != http.MethodHead && text != "deliveries are POSTed here" {
			t.Errorf("%s is answered %d %q, allowed is %q", method, status, text, header.Get("Allow"))
		}
	}
	for path, want := range map[string]string{
		"/healthz": "200 ok", "/readyz": "200 ok", "/": "404 404 page not found", "/api/github/hook/x": "404 404 page not found",
		"/../etc/passwd": "404 404 page not found",
	} {
		d.gets(t, path, want)
	}
}

// padded is a JSON object of some size.
func padded(size int) []byte {
	body := bytes.Repeat([]byte(" "), size)
	copy(body, `{"zen":"`+canary+`"`)
	body[size-1] = '}'
	return body
}

func TestTheLargestBody(t *testing.T) {
	t.Parallel()
	d := openDoor(t)
	body := padded(inbox.MaxBody)
	if status, text, _ := d.post(body, signed("ping", "at-the-limit", body)); status != http.StatusOK || text != "" {
		t.Errorf("at the limit it is answered %d %q", status, text)
	}
	t.Run("too large by its own word", func(t *testing.T) {
		answer := d.raw(t, fmt.Sprintf("Content-Length: %d\r\n\r\n", inbox.MaxBody+1))
		d.tooLarge(t, answer.StatusCode, answer.text)
	})
	t.Run("too large as it turns out", func(t *testing.T) {
		unending := io.LimitReader(spaces{}, inbox.MaxBody+1)
		status, text, _ := d.do(http.MethodPost, unending, signed("ping", "over", nil))
		d.tooLarge(t, status, text)
	})
	if n := d.rows(); n != 0 {
		t.Errorf("%d rows are kept of it", n)
	}
}

type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for n := range p {
		p[n] = ' '
	}
	return len(p), nil
}

func (d *door) tooLarge(t *testing.T, status int, text string) {
	t.Helper()
	if want := fmt.Sprintf("the body is over %d bytes", inbox.MaxBody); status != http.StatusRequestEntityTooLarge || text != want {
		t.Errorf("it is answered %d %q, want %q", status, text, want)
	}
}

// rawHead is how a delivery starts on the wire.
const rawHead = "POST /api/github/hook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
	"X-GitHub-Event: issues\r\nX-GitHub-Delivery: raw\r\nX-Hub-Signature-256: sha256=00\r\n"

type rawAnswer struct {
	*http.Response
	text string
}

// raw sends a delivery's headers as they are typed, ended or not, then what
// follows, and returns the answer; none if the connection was closed.
func (d *door) raw(t *testing.T, end string, then ...io.Reader) rawAnswer {
	t.Helper()
	conn, err := net.Dial("tcp", d.Addr())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	deadline, _ := patient(t).Deadline()
	if err := conn.SetDeadline(deadline); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, rawHead+end); err != nil {
		t.Fatal(err)
	}
	var sending sync.WaitGroup
	for _, r := range then {
		sending.Go(func() { _, _ = io.Copy(conn, r) }) // until the server hangs up
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		conn.Close()
		sending.Wait()
		if ne, ok := err.(net.Error); ok && ne.Timeout() {
			t.Fatal("the connection was never closed")
		}
		return rawAnswer{}
	}
	text, _ := io.ReadAll(res.Body)
	conn.Close()
	sending.Wait()
	d.leaksNothing("the answer", string(text))
	return rawAnswer{res, strings.TrimSpace(string(text))}
}

// drip gives a byte whenever it is asked, for ever.
type drip struct{ text string }

func (d drip) Read(p []byte) (int, error) { return copy(p, d.text), nil }

func TestHeadersThatNeverEnd(t *testing.T) {
	t.Parallel()
	d := openDoor(t, func(s *server) { s.http.ReadHeaderTimeout = 50 * time.Millisecond })
	if answer := d.raw(t, "X-Filler: x"); answer.Response != nil {
		t.Errorf("they are answered %d %q", answer.StatusCode, answer.text)
	}
	if answer := d.raw(t, "X-Filler: ", drip{"x"}); answer.Response != nil && answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("dripping, they are answered %d %q", answer.StatusCode, answer.text)
	}
}

func TestBodiesThatNeverEnd(t *testing.T) {
	t.Parallel()
	d := openDoor(t, func(s *server) { s.http.ReadTimeout = 50 * time.Millisecond })
	for name, end := range map[string]string{
		"of a length": "Content-Length: 1000\r\n\r\n{",
		"in chunks":   "Transfer-Encoding: chunked\r\n\r\n5\r\n{    \r\n",
	} {
		answer := d.raw(t, end)
		if answer.Response == nil {
			t.Errorf("%s: not answered", name)
		} else if answer.StatusCode != http.StatusRequestTimeout || answer.text != "the body did not arrive in time" {
			t.Errorf("%s: answered %d %q", name, answer.StatusCode, answer.text)
		}
	}
	if n := d.rows(); n != 0 {
		t.Errorf("%d rows are kept of it", n)
	}
}

func TestABodyThatBreaksOff(t *testing.T) {
	t.Parallel()
	answer := openDoor(t).raw(t, "Transfer-Encoding: chunked\r\n\r\nno chunk\r\n")
	if answer.Response == nil || answer.StatusCode != http.StatusBadRequest || answer.text != "the body could not be read" {
		t.Errorf("it is answered %+v", answer)
	}
}

// A body that is on its way while the server stops is not waited for beyond
// what is granted, and ending is no failure.
func TestStoppingAmidABody(t *testing.T) {
	t.Parallel()
	var d *door
	var conn net.Conn
	t.Cleanup(func() { // after the server has stopped
		if conn.Close(); !strings.Contains(d.log.String(), "connections cut off") {
			t.Errorf("nothing was cut off:\n%s", d.log)
		}
	})
	d = openDoor(t, func(s *server) { s.answerWithin = time.Millisecond })
	conn, err := net.Dial("tcp", d.Addr())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, rawHead+"Expect: 100-continue\r\nContent-Length: 10\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	// The server asks for the body once it reads it.
	if line, err := bufio.NewReader(conn).ReadString('\n'); !strings.Contains(line, "100 Continue") {
		t.Fatalf("the server says %q: %v", line, err)
	}
}

func TestManyAtOnceAreAllKept(t *testing.T) {
	t.Parallel()
	d := openDoor(t)
	const many = 60
	var wg sync.WaitGroup
	for n := range 2 * many {
		wg.Go(func() {
			body := incidentOpened(map[string]any{"id": 1000 + n%many})
			status, text, _ := d.post(body, signed("issues", fmt.Sprint("many-", n%many), body))
			if status != http.StatusOK || text != "" {
				t.Errorf("answered %d %q", status, text)
			}
		})
	}
	wg.Wait()
	if n := d.rows(); n != many {
		t.Errorf("%d rows, want one for each of %d ids", n, many)
	}
}

// exec runs a statement on the database's one writing connection.
func (d *door) exec(t *testing.T, query string) {
	t.Helper()
	if err := d.db.InTx(patient(t), func(tx store.Tx) error {
		_, err := tx.Exec(patient(t), query)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// What cannot be kept is never acknowledged, and is kept when it is delivered
// again once there is a remedy.
func TestWhatCannotBeKeptIsNoSuccess(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ breaks, mends, why string }{
		"a full disk":       {"PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000", "full"}, // 1: as many pages as there are
		"a broken database": {"ALTER TABLE deliveries RENAME TO gone", "ALTER TABLE gone RENAME TO deliveries", "no such table"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := openDoor(t)
			d.gets(t, "/readyz", "200 ok")
			body := incidentOpened(map[string]any{"body": strings.Repeat(canary, 20_000)})
			d.exec(t, tc.breaks)
			status, text, _ := d.post(body, signed("issues", "a-guid", body))
			if status != http.StatusServiceUnavailable || text != "the delivery could not be kept; deliver it again. Delivery a-guid" {
				t.Errorf("answered %d %q", status, text)
			}
			if log := d.log.String(); !strings.Contains(log, "delivery not kept") || !strings.Contains(log, tc.why) {
				t.Errorf("the log does not say why:\n%s", log)
			}
			d.exec(t, tc.mends)
			if n := d.rows(); n != 0 {
				t.Errorf("%d rows are kept", n)
			}
			if status, text, _ := d.post(body, signed("issues", "a-guid", body)); status != http.StatusOK || text != "" {
				t.Errorf("with a remedy it is answered %d %q", status, text)
			}
			if n := d.rows(); n != 1 {
				t.Errorf("%d rows are kept, want one", n)
			}
		})
	}
}

func TestReadyOnlyIfItCanBeWritten(t *testing.T) {
	t.Parallel()
	d := openDoor(t)
	d.gets(t, "/readyz", "200 ok")
	d.exec(t, "ALTER TABLE pings RENAME TO gone")
	d.gets(t, "/readyz", "503 the database cannot be written")
	d.gets(t, "/healthz", "200 ok")
	d.exec(t, "ALTER TABLE gone RENAME TO pings")
	d.gets(t, "/readyz", "200 ok")
}

// gets checks what a path is answered.
func (d *door) gets(t *testing.T, path, want string) {
	t.Helper()
	hook := d.url
	defer func() { d.url = hook }()
	d.url = "http://" + d.Addr() + path
	if status, text, _ := d.do(http.MethodGet, nil, http.Header{}); fmt.Sprint(status, " ", text) != want {
		t.Errorf("%s is answered %d %q, want %s", path, status, text, want)
	}
}
