package pgtest

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// childVar makes the test binary a process that starts a server, says where it
// is, and waits to be killed.
const childVar = "FIREBREAK_PGTEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childVar) != "" {
		child()
	}
	goleak.VerifyTestMain(m)
}

func child() {
	s, err := Start(context.Background(), Options{})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(s.dir, s.port)
	select {}
}

// ask runs a statement in a database and returns what it answers.
func ask(t *testing.T, address, statement string) string {
	t.Helper()
	bin, err := programs()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), bin+"/psql", "-X", "-A", "-t", "-q", "-c", statement, address).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", statement, err, out)
	}
	return strings.TrimSpace(string(out))
}

// Each test gets a database of its own, which is gone afterwards.
func TestDatabases(t *testing.T) {
	var gone string
	t.Run("used", func(t *testing.T) {
		one, other := Database(t), Database(t)
		gone = one
		ask(t, one, "CREATE TABLE things (id BIGINT)")
		if n := ask(t, other, "SELECT COUNT(*) FROM pg_tables WHERE tablename = 'things'"); n != "0" {
			t.Errorf("another test's table is there: %s", n)
		}
		if u, err := url.Parse(one); err != nil || !strings.HasPrefix(u.Host, "127.0.0.1:") {
			t.Errorf("it is at %s: %v", u.Host, err)
		}
	})
	name := gone[strings.LastIndex(gone, "/")+1 : strings.Index(gone, "?")]
	if n := ask(t, Database(t), "SELECT COUNT(*) FROM pg_database WHERE datname = '"+name+"'"); n != "0" {
		t.Errorf("%s is still there after its test", name)
	}
}

func TestDurable(t *testing.T) {
	t.Parallel()
	s, err := Start(t.Context(), Options{Durable: true})
	if err != nil {
		t.Fatal(err)
	}
	address, err := s.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if on := ask(t, address, "SHOW fsync"); on != "on" {
		t.Errorf("fsync is %s", on)
	}
	for range 2 {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(s.dir); !os.IsNotExist(err) {
		t.Errorf("its files are still there: %v", err)
	}
}

// A test process that is killed leaves no server behind.
func TestTheServerGoesWithItsProcess(t *testing.T) {
	t.Parallel()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVar+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	var dir string
	var port int
	if _, err := fmt.Sscan(line, &dir, &port); err != nil {
		t.Fatalf("it says %q: %v", line, err)
	}
	c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Fatalf("no server before the kill: %v", err)
	}
	_ = c.Close()
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		if _, err := os.Stat(dir); os.IsNotExist(err) {
			break
		}
		select {
		case <-ctx.Done():
			t.Fatal("its files are still there")
		case <-again.C:
		}
	}
	if _, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
		t.Error("the server is still there")
	}
}
