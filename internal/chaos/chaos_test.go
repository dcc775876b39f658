package chaos

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/firebreak-app/firebreak/internal/store/pgtest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.Cleanup(func(status int) {
		if built != "" {
			_ = os.RemoveAll(built)
		}
		os.Exit(status)
	}))
}

var seed = flag.Uint64("seed", 0, "the seed of the chaos tests; 0 is another each time")

// built is the directory of the program.
var built string

// binary is the program, built once for all tests.
var binary = sync.OnceValues(func() (_ string, err error) {
	if built, err = os.MkdirTemp("", "firebreak-chaos-"); err != nil {
		return "", err
	}
	return Build(context.Background(), built)
})

// short is a run that is worth its time in every test: make chaos runs long.
func short(t *testing.T, name, database string, replicas int) {
	t.Helper()
	program, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	s := *seed
	if s == 0 {
		s = uint64(time.Now().UnixNano()) % 1_000_000
	}
	report, err := Run(t.Context(), Options{
		Name: name, Binary: program, Dir: t.TempDir(), Database: database, Replicas: replicas, Seed: s,
		Issues: 40, Deliveries: 500, Kills: 5, Faults: 15, Within: 8 * time.Minute,
	})
	t.Logf("%s", report)
	if err != nil {
		t.Errorf("%v; the same again: go test ./internal/chaos -run %s -seed %d", err, t.Name(), s)
	}
	if report.Lost()+report.Doubled() > 0 {
		t.Errorf("lost %d, doubled %d; the same again: go test ./internal/chaos -run %s -seed %d", report.Lost(), report.Doubled(), t.Name(), s)
	}
	if report.Kills < 5 || report.Acknowledged < 500 {
		t.Errorf("%d kills and %d deliveries show little", report.Kills, report.Acknowledged)
	}
}

func TestKilledOnSQLite(t *testing.T) {
	t.Parallel()
	short(t, "SQLite", "sqlite:"+filepath.Join(t.TempDir(), "firebreak.db"), 1)
}

func TestKilledOnPostgreSQL(t *testing.T) {
	t.Parallel()
	short(t, "PostgreSQL", pgtest.Database(t), 2)
}
