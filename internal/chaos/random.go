package chaos

import (
	"hash/fnv"
	"math/rand/v2"
)

// stream returns a source of chance of its own for each use, so that how often
// one is asked does not change what the others say.
func stream(seed uint64, use string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(use))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// pick returns one of several.
func pick[T any](random *rand.Rand, of []T) T { return of[random.IntN(len(of))] }

// weighted is something that happens so often among others.
type weighted[T any] struct {
	weight int
	what   T
}

// choose returns one of several by their weights.
func choose[T any](random *rand.Rand, of []weighted[T]) T {
	sum := 0
	for _, w := range of {
		sum += w.weight
	}
	n := random.IntN(sum)
	for _, w := range of {
		if n -= w.weight; n < 0 {
			return w.what
		}
	}
	panic("weights that do not add up")
}
