package wiki_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/firebreak-app/firebreak/internal/wiki"
)

func TestRemote_BadURLs(t *testing.T) {
	for _, url := range []string{
		"", "o.wiki.git", "ssh://git@host/o.wiki.git", "file:///etc", "https://", "https://user:hunter2@host/o.wiki.git",
		"https://ghs_secret@host/o.wiki.git", "https://host/o.wiki.git?x=1", "https://host/%zz",
	} {
		_, err := commit(t, client(t), wiki.Remote{URL: url, Token: "ghs_secret"}, put("A.md", "a"))
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("URL %q: error = %v", url, err)
		}
	}
}

func TestRemote_PrintsWithoutToken(t *testing.T) {
	r := wiki.Remote{URL: "https://u:hunter2@host/o.wiki.git", Token: "ghs_secret"}
	for _, text := range []string{fmt.Sprint(r), fmt.Sprintf("%+v", r), fmt.Sprintf("%#v", r), fmt.Sprint(&r)} {
		if strings.Contains(text, "ghs_secret") || strings.Contains(text, "hunter2") {
			t.Errorf("printed as %s", text)
		}
	}
}

// counting notes what passes through it.
type counting struct {
	requests atomic.Int32
	leaks    atomic.Int32
}

func (c *counting) RoundTrip(req *http.Request) (*http.Response, error) {
	c.requests.Add(1)
	if strings.Contains(req.URL.String(), "ghs_") {
		c.leaks.Add(1)
	}
	return http.DefaultTransport.RoundTrip(req)
}

func TestCommit_TakesFourRequestsAndNoTokenInAURL(t *testing.T) {
	r, through := host(t).bare("o", "master", filtering...), &counting{}
	r.seed("master", map[string]string{"Home.md": "hi\n"})
	if _, err := commit(t, client(t, wiki.WithTransport(through)), r.remote(), put("A.md", "a")); err != nil {
		t.Fatal(err)
	}
	if through.requests.Load() != 4 || through.leaks.Load() != 0 {
		t.Errorf("%d requests, %d with the token in the URL", through.requests.Load(), through.leaks.Load())
	}
}
