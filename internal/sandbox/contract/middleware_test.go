package contract_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox/contract"
)

const label = `{"id":1,"node_id":"x","url":"https://api.github.com/repos/acme/shop/labels/P1","name":"P1","description":null,"color":"ff0000","default":false}`

func TestMiddlewareChangesNothing(t *testing.T) {
	s := serve(t, "/api/v3", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || string(body) != `{"name":"P1"}` {
			t.Errorf("handler read %q, %v", body, err)
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Kept", "yes")
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, label)
	})
	response, body := send(t, http.MethodPost, s.URL+"/api/v3/repos/acme/shop/labels", `{"name":"P1"}`)
	if response.StatusCode != http.StatusCreated || body != label || response.Header.Get("X-Kept") != "yes" {
		t.Errorf("answer came as %d %v %s", response.StatusCode, response.Header, body)
	}
	s.expect(t)
}

func TestMiddlewareReportsEachViolation(t *testing.T) {
	s := serve(t, "/api/v3/", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"nam":"P1"}`)
	})
	send(t, http.MethodPost, s.URL+"/api/v3/repos/acme/shop/labels?x=1", `{"name":"P1","colour":"red"}`)
	send(t, http.MethodGet, s.URL+"/api/v3/repos/acme/shop/labels/a%2Fb", "")
	s.expect(t,
		`GET /repos/{owner}/{repo}/labels/{name}: answer 200: content type "text/plain; charset=utf-8" is not described`,
		"POST /repos/{owner}/{repo}/labels: answer 200: status is not described for this operation",
		`POST /repos/{owner}/{repo}/labels: query: unknown query parameter "x"`,
		"POST /repos/{owner}/{repo}/labels: request body /colour: unknown field",
	)
}

func TestMiddlewareLooksBelowItsRootAlone(t *testing.T) {
	s := serve(t, "/api/v3", func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "page") })
	send(t, http.MethodGet, s.URL+"/acme/shop/issues/1", "")
	send(t, http.MethodGet, s.URL+"/api/v3000", "")
	s.expect(t)
}

func TestMiddlewareTakesAnswersWithoutBodies(t *testing.T) {
	s := serve(t, "", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	response, _ := send(t, http.MethodDelete, s.URL+"/repos/acme/shop/issues/comments/1", "")
	if response.StatusCode != http.StatusNoContent {
		t.Errorf("status %d", response.StatusCode)
	}
	s.expect(t)
}

func TestMiddlewareCountsSilenceAsAnEmptyAnswer(t *testing.T) {
	s := serve(t, "", func(http.ResponseWriter, *http.Request) {})
	send(t, http.MethodGet, s.URL+"/repos/acme/shop/labels/P1", "")
	s.expect(t, `GET /repos/{owner}/{repo}/labels/{name}: answer 200: content type "" is not described`)
}

// The client has the first half in hand before the handler writes the second.
func TestMiddlewarePassesStreamsOn(t *testing.T) {
	received := make(chan struct{})
	s := serve(t, "", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, label[:20])
		w.(http.Flusher).Flush()
		<-received
		_, _ = io.WriteString(w, label[20:])
	})
	response, err := http.Get(s.URL + "/repos/acme/shop/labels/P1")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	half := make([]byte, 20)
	if _, err := io.ReadFull(response.Body, half); err != nil || string(half) != label[:20] {
		t.Fatalf("read %q, %v", half, err)
	}
	close(received)
	rest, err := io.ReadAll(response.Body)
	if err != nil || string(rest) != label[20:] {
		t.Errorf("read %q, %v", rest, err)
	}
	s.expect(t)
}

func TestMiddlewareChecksRequestsWhoseConnectionIsDropped(t *testing.T) {
	drops := map[string]http.HandlerFunc{
		"by a panic": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"halfway": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "{")
			panic(http.ErrAbortHandler)
		},
		"by hijacking": func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Errorf("hijack: %v", err)
				return
			}
			_ = conn.Close()
		},
		"by a response controller": func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Errorf("hijack: %v", err)
				return
			}
			_ = conn.Close()
		},
	}
	for name, handler := range drops {
		t.Run(name, func(t *testing.T) {
			s := serve(t, "", handler)
			response, err := http.Get(s.URL + "/repos/acme/shop/labels/P1?x=1")
			if err == nil {
				_ = response.Body.Close()
			}
			s.expect(t, `GET /repos/{owner}/{repo}/labels/{name}: query: unknown query parameter "x"`)
		})
	}
}

// A handler that waits until the client has given up has not answered.
func TestMiddlewareTakesTimeoutsForNoAnswer(t *testing.T) {
	begun, done := make(chan struct{}), make(chan struct{})
	s := serve(t, "", func(_ http.ResponseWriter, r *http.Request) {
		close(begun)
		<-r.Context().Done()
		close(done)
	})
	request, err := http.NewRequest(http.MethodGet, s.URL+"/repos/acme/shop/labels/P1", nil)
	if err != nil {
		t.Fatal(err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	go func() {
		<-begun
		cancel()
	}()
	if response, err := http.DefaultClient.Do(request.WithContext(cancelled)); err == nil {
		_ = response.Body.Close()
		t.Fatal("the request was answered")
	}
	<-done
	s.expect(t)
}

func TestMiddlewareHandsReadErrorsOn(t *testing.T) {
	broken := errors.New("broken pipe")
	spec, err := contract.Load()
	if err != nil {
		t.Fatal(err)
	}
	handler := spec.Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if body, err := io.ReadAll(r.Body); string(body) != "{" || !errors.Is(err, broken) {
			t.Errorf("handler read %q, %v", body, err)
		}
		panic(http.ErrAbortHandler)
	}), "", func(error) {})
	body := io.MultiReader(strings.NewReader("{"), failing{broken})
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("the handler's panic did not come through")
		}
	}()
	handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/repos/acme/shop/labels", body))
}

func TestUsedNamesTheOperationsAskedFor(t *testing.T) {
	spec, err := contract.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, "", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	var calls sync.WaitGroup
	for range 8 {
		calls.Go(func() {
			response, err := http.Get(s.URL + "/repos/acme/shop/assignees/ada")
			if err != nil {
				t.Error(err)
				return
			}
			_ = response.Body.Close()
		})
	}
	calls.Wait()
	send(t, http.MethodGet, s.URL+"/nowhere", "")
	if want := "GET /repos/{owner}/{repo}/assignees/{assignee}"; !slices.Contains(spec.Used(), want) {
		t.Errorf("Used lacks %s: %v", want, spec.Used())
	}
	if slices.ContainsFunc(spec.Used(), func(name string) bool { return strings.Contains(name, "nowhere") }) {
		t.Errorf("Used has an operation that is none: %v", spec.Used())
	}
	s.expect(t, "GET /nowhere: request: unknown operation: no path in GitHub's description fits")
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
