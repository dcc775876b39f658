package store

import (
	"context"
	"slices"
	"testing"

	"github.com/firebreak-app/firebreak/workflow"
)

// movingTx is a transaction that another overtakes, which moves the incident: it
// has another key once its lock is had.
type movingTx struct {
	Tx
	to     workflow.Key
	locked []workflow.Key
}

func (m *movingTx) LockIncident(_ context.Context, k workflow.Key) error {
	m.locked = append(m.locked, k)
	return nil
}

func (m *movingTx) Query(_ context.Context, _ string, args ...any) (Rows, error) {
	if len(m.locked) == 0 || args[1] != key.Issue {
		return &oneRow{}, nil
	}
	return &oneRow{left: 1, key: m.to}, nil
}

type oneRow struct {
	left int
	key  workflow.Key
}

func (r *oneRow) Next() bool { r.left--; return r.left == 0 }
func (r *oneRow) Scan(dest ...any) error {
	*dest[0].(*int64), *dest[1].(*int64) = r.key.Repository, r.key.Issue
	return nil
}
func (*oneRow) Close() error { return nil }
func (*oneRow) Err() error   { return nil }

// An incident that moves while its lock is waited for is locked where it is then:
// what is told of it there would be lost otherwise.
func TestAnIncidentThatMovesMeanwhileIsLocked(t *testing.T) {
	t.Parallel()
	tx := &movingTx{to: workflow.Key{Repository: 8, Issue: 80}}
	if err := lockAll(t.Context(), tx, []Step{{Key: key}, {Key: key}}); err != nil {
		t.Fatal(err)
	}
	if want := []workflow.Key{key, tx.to}; !slices.Equal(tx.locked, want) {
		t.Errorf("locked %v, want %v", tx.locked, want)
	}
}
