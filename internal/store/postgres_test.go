package store

import (
	"testing"

	"github.com/firebreak-app/firebreak/internal/store/pgtest"
)

// One connection is too few to set the database up: it would wait for itself.
func TestAPoolIsNeverTooSmall(t *testing.T) {
	t.Parallel()
	spec := pgtest.Database(t)
	db, err := Open(patient(t), spec+"&pool_max_conns=1", Options{Guest: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

// The server finds out that a process is gone, whatever its connection did last,
// and transactions see what was committed while they waited, whatever is usual.
func TestSessionsAreAsNeeded(t *testing.T) {
	t.Parallel()
	k := kitOn(t, pgtest.Database(t))
	for name, want := range map[string]string{
		"tcp_user_timeout": "11000", "tcp_keepalives_idle": "5", "default_transaction_isolation": "read committed", "synchronous_commit": "on",
	} {
		var have string
		k.must(scanOne(t.Context(), k.reads, []any{&have}, "SELECT current_setting($1)", name))
		if have != want {
			t.Errorf("%s is %q, want %q", name, have, want)
		}
	}
}
