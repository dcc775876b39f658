package store

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow"
)

// Every field of an incident comes back as it was: one that did not would be
// lost at the next event.
func TestAFullIncidentComesBack(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	var full workflow.Incident
	fill(reflect.ValueOf(&full).Elem(), 1)
	full.Key = key
	k.must(k.InTx(context.Background(), func(tx Tx) error {
		return save(context.Background(), tx, workflow.Incident{}, full)
	}))
	have, err := k.Incident(context.Background(), key)
	k.must(err)
	if diff := cmp.Diff(full, have); diff != "" {
		t.Errorf("incident (-kept +read):\n%s", diff)
	}
	t.Run("and its timeline", func(t *testing.T) {
		var e workflow.Entry
		fill(reflect.ValueOf(&e).Elem(), 1)
		e.Seq = 1
		k.must(k.InTx(context.Background(), func(tx Tx) error {
			return appendEntries(context.Background(), tx, key, []workflow.Entry{e})
		}))
		timeline, err := k.Timeline(context.Background(), key)
		k.must(err)
		if diff := cmp.Diff([]workflow.Entry{e}, timeline); diff != "" {
			t.Errorf("entry (-kept +read):\n%s", diff)
		}
	})
}

// fill gives every field a value that is not its zero value.
func fill(v reflect.Value, n int) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(noon.Add(time.Duration(n) * time.Millisecond)))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n+i)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n+1)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, n)
		fill(value, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d <b>\x00\u2028\u202e é 🔥", n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(1)<<53 + int64(n))
	default:
		panic("fill " + v.Type().String())
	}
}

func TestIncidentsOfARepository(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	for n, at := range []time.Duration{time.Hour, 0, 2 * time.Hour, 0} {
		s := declared("")
		s.Key.Issue = int64(n)
		s.Meta.Issue.Created = noon.Add(at)
		k.must(k.Record(context.Background(), "", s))
	}
	other := declared("")
	other.Key.Repository++
	k.must(k.Record(context.Background(), "", other))
	all, err := k.Incidents(context.Background(), key.Repository)
	k.must(err)
	var have []int64
	for _, inc := range all {
		have = append(have, inc.Key.Issue)
	}
	if !slices.Equal(have, []int64{2, 0, 3, 1}) {
		t.Errorf("issues %v, want the newest first", have)
	}
	for repository, want := range map[int64]bool{key.Repository: true, key.Repository + 1: true, key.Repository + 2: false} {
		if got, err := k.HasIncidents(context.Background(), repository); got != want || err != nil {
			t.Errorf("repository %d has incidents: %t, %v", repository, got, err)
		}
	}
	if _, err := k.Incident(context.Background(), workflow.Key{Repository: 1, Issue: 1}); !errors.Is(err, ErrNotFound) {
		t.Errorf("an incident that is not there: %v", err)
	}
}

func TestFollowUpsLeadToTheirIncident(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	before := workflow.Incident{Key: key, Declared: noon, Actions: []workflow.Action{{ID: "a"}, {ID: "b"}}}
	after := before
	after.Actions = []workflow.Action{{ID: "a", Issue: workflow.FollowUp{ID: 71, Number: 2}}, {ID: "b"}}
	for range 2 {
		k.must(k.InTx(context.Background(), func(tx Tx) error { return save(context.Background(), tx, before, after) }))
	}
	followUp := workflow.Key{Repository: key.Repository, Issue: 71}
	if got, err := k.IncidentOf(context.Background(), followUp); got != key || err != nil {
		t.Errorf("it belongs to %s: %v", got, err)
	}
	followUp.Issue++
	if _, err := k.IncidentOf(context.Background(), followUp); !errors.Is(err, ErrNotFound) {
		t.Errorf("an issue that is none: %v", err)
	}
}

func TestPagesAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	for _, text := range []string{"", "first", "second\r\n\x00"} {
		if text != "" {
			k.must(k.SetBase(context.Background(), key, text))
		}
		if have, err := k.Base(context.Background(), key); have != text || err != nil {
			t.Errorf("it is %q, want %q: %v", have, text, err)
		}
	}
}
