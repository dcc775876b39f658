package contract_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/internal/sandbox/contract"
)

// stub serves a handler behind the middleware and gathers what is reported.
type stub struct {
	*httptest.Server
	mu       sync.Mutex
	reported []string
}

func serve(t *testing.T, root string, handler http.HandlerFunc) *stub {
	t.Helper()
	spec, err := contract.Load()
	if err != nil {
		t.Fatal(err)
	}
	s := &stub{}
	s.Server = httptest.NewServer(spec.Middleware(handler, root, func(err error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.reported = append(s.reported, err.Error())
	}))
	t.Cleanup(s.Close)
	return s
}

// violations closes the server, so that all are in, and returns them sorted.
func (s *stub) violations() []string {
	s.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.Sort(s.reported)
	return s.reported
}

func (s *stub) expect(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, s.violations()); diff != "" {
		t.Errorf("violations reported (-want +got):\n%s", diff)
	}
}

func send(t *testing.T, method, url, body string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(content)
}
