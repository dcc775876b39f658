package wiki

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/storage/memory"
)

// packed is one object of a hand-made pack. An offset makes it a delta of the
// object that many bytes before it.
type packed struct {
	kind    plumbing.ObjectType
	claims  int
	offset  byte
	content []byte
}

func makePack(t testing.TB, objects ...packed) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("PACK")
	_ = binary.Write(&b, binary.BigEndian, []uint32{2, uint32(len(objects))})
	for _, o := range objects {
		size := o.claims
		first := byte(o.kind)<<4 | byte(size&0x0f)
		for size >>= 4; size > 0; size >>= 7 {
			b.WriteByte(first | 0x80)
			first = byte(size & 0x7f)
		}
		b.WriteByte(first)
		if o.offset > 0 {
			b.WriteByte(o.offset)
		}
		z := zlib.NewWriter(&b)
		_, _ = z.Write(o.content)
		_ = z.Close()
	}
	sum := sha1.Sum(b.Bytes())
	return append(b.Bytes(), sum[:]...)
}

func number(n uint64) []byte { return binary.AppendUvarint(nil, n) }

func blob(n int) packed {
	return packed{kind: plumbing.BlobObject, claims: n, content: make([]byte, n)}
}

// delta claims a result of that size, of a base of ten bytes.
func delta(size uint64) packed {
	content := append(append(number(10), number(size)...), 0x90, 10)
	return packed{kind: plumbing.OFSDeltaObject, claims: len(content), offset: 14, content: content}
}

func TestUnpack_Bound(t *testing.T) {
	many := makePack(t)
	binary.BigEndian.PutUint32(many[8:], maxObjects+1)
	lies := blob(10)
	lies.claims = math.MaxInt32
	cases := map[string]struct {
		pack []byte
		max  int64
		want error
	}{
		"fits":                       {makePack(t, blob(10), blob(20)), 30, nil},
		"one too large":              {makePack(t, blob(31)), 30, ErrTooLarge},
		"together too large":         {makePack(t, blob(10), blob(21)), 30, ErrTooLarge},
		"claims more than it has":    {makePack(t, lies), 30, ErrTooLarge},
		"more objects than any wiki": {many, math.MaxInt64, ErrTooLarge},
		"delta's result":             {makePack(t, blob(10), delta(1<<40)), 30, ErrTooLarge},
		"delta's endless result":     {makePack(t, blob(10), delta(math.MaxUint64)), math.MaxInt64, ErrTooLarge},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if err := unpack(memory.NewStorage(), c.pack, c.max); !errors.Is(err, c.want) {
				t.Errorf("error = %v, want %v", err, c.want)
			}
		})
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add(makePack(f, blob(10), delta(10)))
	f.Add(makePack(f, blob(3), blob(4)))
	f.Add([]byte("PACK\x00\x00\x00\x02\x00\x00\x00\x01"))
	f.Fuzz(func(t *testing.T, pack []byte) {
		store := memory.NewStorage()
		if err := unpack(store, pack, 1<<12); err != nil {
			return
		}
		var total int64
		for _, obj := range store.Objects {
			total += obj.Size()
		}
		if total > 1<<12 {
			t.Errorf("unpacked %d bytes", total)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	cases := map[string]time.Duration{
		"": 0, "0": 0, "90": 90 * time.Second, "-1": 0, "soon": 0, "4294967295": 24 * time.Hour, "99999999999": 0,
		"Mon, 23 Nov 2026 12:00:30 GMT": 30 * time.Second,
		"Mon, 23 Nov 2026 11:00:00 GMT": 0,
		"Tue, 23 Nov 2027 12:00:00 GMT": 24 * time.Hour,
	}
	for value, want := range cases {
		if got := retryAfter(value, now); got != want {
			t.Errorf("retryAfter(%q) = %v, want %v", value, got, want)
		}
	}
}

func TestJittered_GrowsAndStaysBounded(t *testing.T) {
	for attempt := 1; attempt < 100; attempt++ {
		if d := jittered(attempt); d < 50*time.Millisecond || d > 2*time.Second {
			t.Errorf("pause after attempt %d is %v", attempt, d)
		}
	}
	if jittered(20) <= jittered(1) {
		t.Error("the pause does not grow")
	}
}
