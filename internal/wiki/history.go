package wiki

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/go-git/go-git/v5/plumbing"
)

// ErrForgotten means that a commit is not among the newest of the wiki's branch.
var ErrForgotten = errors.New("commit is not among the wiki's newest")

// How many commits back a commit is looked for: most are among the first.
const (
	near = 4
	far  = 100
)

// History is a wiki's newest state and the edits that led to it. It is valid only
// inside the function it is handed to, and not for concurrent use.
type History struct {
	now *snapshot
	// depth is how many commits are there.
	depth int
}

// Trace hands the wiki's newest state and its past to read. Errors are those of
// Read.
func (c *Client) Trace(ctx context.Context, from Remote, read func(ctx context.Context, h *History) error) error {
	s, err := c.open(ctx, from)
	if err != nil {
		return err
	}
	return read(ctx, &History{now: s, depth: 1})
}

// Now is the wiki's newest state.
func (h *History) Now() Snapshot { return h.now }

// Edit returns the wiki as it was before a commit, empty before the first, and
// with it. The commit is looked for behind the newest one, never by its id: what a
// server keeps besides its branch is not the wiki. One that is not among the
// newest hundred is ErrForgotten; the other errors are those of Read.
func (h *History) Edit(ctx context.Context, commit string) (before, after Snapshot, err error) {
	if !plumbing.IsHash(commit) || h.now.head.IsZero() {
		return nil, nil, ErrForgotten
	}
	hash := plumbing.NewHash(commit)
	for _, depth := range []int{1, near, far} {
		if err := h.deepen(ctx, depth); err != nil {
			return nil, nil, h.now.remote.explain(ctx, "fetch the wiki's history", err)
		}
		if was, is, err := h.edit(hash); !errors.Is(err, ErrForgotten) {
			return was, is, err
		}
	}
	return nil, nil, ErrForgotten
}

// Past hands the wiki as it was before a commit's parent to read, from there back
// until read has enough, n commits at most and as far as the newest hundred go.
func (h *History) Past(ctx context.Context, commit string, n int, read func(then Snapshot) (more bool, err error)) error {
	if err := h.deepen(ctx, far); err != nil {
		return h.now.remote.explain(ctx, "fetch the wiki's history", err)
	}
	at := h.parent(h.parent(plumbing.NewHash(commit)))
	for range n {
		if at.IsZero() {
			return nil
		}
		then, err := h.at(at)
		if err != nil {
			return err
		}
		if more, err := read(then); err != nil || !more {
			return err
		}
		at = h.parent(at)
	}
	return nil
}

// parent is a commit's first parent; zero if it has none or that was not fetched.
func (h *History) parent(commit plumbing.Hash) plumbing.Hash {
	raw, err := h.now.object(plumbing.CommitObject, commit)
	if err != nil {
		return plumbing.ZeroHash
	}
	parent := commitParent(raw)
	if _, err := h.now.object(plumbing.CommitObject, parent); err != nil {
		return plumbing.ZeroHash
	}
	return parent
}

// deepen fetches so many commits with their trees.
func (h *History) deepen(ctx context.Context, depth int) error {
	if depth <= h.depth {
		return nil
	}
	h.depth = depth
	deep := *h.now
	deep.depth = depth
	return h.now.fetch(ctx, deep.commitRequest(h.now.head, true))
}

// edit finds a commit and its first parent among what is there.
func (h *History) edit(hash plumbing.Hash) (before, after Snapshot, err error) {
	raw, err := h.now.object(plumbing.CommitObject, hash)
	if err != nil {
		return nil, nil, ErrForgotten
	}
	is, err := h.at(hash)
	if err != nil {
		return nil, nil, err
	}
	parent := commitParent(raw)
	if parent.IsZero() {
		return &snapshot{store: h.now.store}, is, nil
	}
	if _, err := h.now.object(plumbing.CommitObject, parent); err != nil {
		return nil, nil, ErrForgotten // it is the last one that was fetched
	}
	was, err := h.at(parent)
	return was, is, err
}

// at is the wiki at a commit that was fetched.
func (h *History) at(commit plumbing.Hash) (*snapshot, error) {
	s := h.now
	then := *s
	then.head, then.depth = commit, h.depth
	var err error
	if then.tree, err = s.treeOf(commit); err != nil {
		return nil, fmt.Errorf("read wiki at %s: %w", commit, err)
	}
	then.files, err = s.list(then.tree)
	return &then, err
}

// commitParent reads the first parent out of a commit object, its second header;
// zero if it has none.
func commitParent(raw []byte) plumbing.Hash {
	_, rest, _ := bytes.Cut(raw, []byte{'\n'})
	line, _, _ := bytes.Cut(rest, []byte{'\n'})
	hash, ok := bytes.CutPrefix(line, []byte("parent "))
	if !ok || !plumbing.IsHash(string(hash)) {
		return plumbing.ZeroHash
	}
	return plumbing.NewHash(string(hash))
}
