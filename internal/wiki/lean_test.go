package wiki_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/firebreak-app/firebreak/internal/wiki"
)

// wire counts what goes over the wire.
type wire struct {
	requests, sent, received atomic.Int64
}

func (c *wire) RoundTrip(req *http.Request) (*http.Response, error) {
	c.requests.Add(1)
	c.sent.Add(max(req.ContentLength, 0))
	res, err := http.DefaultTransport.RoundTrip(req)
	if err == nil {
		res.Body = &counted{res.Body, &c.received}
	}
	return res, err
}

// counted is a body that counts what is read of it.
type counted struct {
	io.ReadCloser
	n *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.n.Add(int64(n))
	return n, err
}

var megabytes = flag.Int("megabytes", 20, "how much of pictures the large wiki has")

const (
	largePages = 2000
	leanPage   = "Incident-42-x.md"
)

// A publish in a wiki of 2,000 pages and many pictures costs its listing, down and
// up, and the pages that it changes, not what else there is: neither on the wire
// nor in memory.
func TestLean(t *testing.T) {
	s := host(t)
	page := []byte("# 42\n\n" + strings.Repeat("It broke.\n", 2000))
	files := map[string][]byte{leanPage: page, "Incidents.md": []byte("All of them\n")}
	empty := s.bare("empty", "master", filtering...)
	empty.imported("master", files)
	large := s.bare("large", "master", filtering...)
	large.imported("master", files)
	large.grow(*megabytes)

	least, most := empty.cost(client(t)), large.cost(client(t))
	listing, err := strconv.Atoi(strings.TrimSpace(large.run(large.dir, "cat-file", "-s", "master^{tree}")))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("an empty wiki: %+v; one of %d pages and %d MB: %+v; its listing has %d bytes", least, largePages, *megabytes, most, listing)
	const overhead, room = 16 << 10, 32 << 20
	if bound := int64(2*listing + len(page) + overhead); most.moved > bound || least.moved > bound {
		t.Errorf("moved %d bytes, %d in an empty wiki, want at most %d", most.moved, least.moved, bound)
	}
	if most.requests != least.requests {
		t.Errorf("%d requests, %d in an empty wiki", most.requests, least.requests)
	}
	if most.allocated > least.allocated+room {
		t.Errorf("allocated %d bytes, %d in an empty wiki", most.allocated, least.allocated)
	}
	large.sound()
}

// A server that cannot leave files out sends all of the newest version: what is
// beyond the bound is not even received.
func TestLean_ServerThatSendsEverything(t *testing.T) {
	const bound = 4 << 20
	r := host(t).bare("large", "master")
	r.imported("master", map[string][]byte{leanPage: []byte("# 42\n")})
	r.grow(12)
	w := &wire{}
	_, err := client(t, wiki.WithTransport(w), wiki.WithMaxBytes(bound)).Commit(t.Context(), r.remote(), bot, put(leanPage, "x"))
	if !errors.Is(err, wiki.ErrTooLarge) {
		t.Errorf("error = %v, want ErrTooLarge", err)
	}
	if got := w.received.Load(); got > bound+(64<<10) {
		t.Errorf("received %d bytes of a bound of %d", got, bound)
	}
}

// spent is what one publish cost.
type spent struct{ requests, moved, allocated int64 }

// cost publishes once: it reads page and index, and writes both.
func (r *repo) cost(c *wiki.Client) spent {
	r.t.Helper()
	w := &wire{}
	wiki.WithTransport(w)(c)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := c.Commit(r.t.Context(), r.remote(), bot, func(ctx context.Context, now wiki.Snapshot) (wiki.Change, error) {
		files := []string{leanPage, "Incidents.md"}
		if err := now.Fetch(ctx, files); err != nil {
			return wiki.Change{}, err
		}
		ch := wiki.Change{Message: "Publish", Write: map[string][]byte{}}
		for _, file := range files {
			text, err := now.Read(ctx, file)
			if err != nil {
				return wiki.Change{}, err
			}
			ch.Write[file] = append(text, "more\n"...)
		}
		return ch, nil
	})
	if err != nil {
		r.t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	return spent{w.requests.Load(), w.sent.Load() + w.received.Load(), int64(after.TotalAlloc - before.TotalAlloc)}
}

// grow adds pages at the top and pictures in a folder, which do not pack.
func (r *repo) grow(megabytes int) {
	r.t.Helper()
	in, out := io.Pipe()
	go func() { _ = out.CloseWithError(write(out, head(r, "master"), megabytes)) }()
	cmd := exec.Command("git", "-c", "core.compression=0", "-c", "pack.compression=0", "fast-import", "--quiet", "--date-format=raw")
	cmd.Dir, cmd.Env, cmd.Stdin, cmd.Stderr = r.dir, gitEnv(r.root), in, os.Stderr
	if err := cmd.Run(); err != nil {
		r.t.Fatalf("git fast-import: %v", err)
	}
}

func write(out io.Writer, parent string, megabytes int) error {
	const picture = 1 << 20
	_, err := fmt.Fprintf(out, "commit refs/heads/master\ncommitter maya <maya@example.com> 1795435200 +0000\ndata 4\nmany\nfrom %s\n", parent)
	for i := range largePages {
		text := fmt.Sprintf("# Page %d\n\n%s", i, strings.Repeat("Some words. ", 40))
		_, failed := fmt.Fprintf(out, "M 100644 inline Some-page-of-the-wiki-%d.md\ndata %d\n%s\n", i, len(text), text)
		err = errors.Join(err, failed)
	}
	noise := rand.NewChaCha8([32]byte{1})
	for i := range megabytes {
		_, failed := fmt.Fprintf(out, "M 100644 inline uploads/%d.png\ndata %d\n", i, picture)
		_, cut := io.CopyN(out, noise, picture)
		_, last := fmt.Fprintln(out)
		err = errors.Join(err, failed, cut, last)
	}
	return err
}
