package wiki

import (
	"context"
	"errors"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/capability"
)

func (s *snapshot) Since(ctx context.Context, commit string) (files []string, known bool, err error) {
	was, err := s.before(ctx, commit)
	if err != nil || was == nil {
		return nil, false, err
	}
	there := make(map[string]bool, len(was))
	for _, f := range was {
		there[f.path] = true
	}
	for _, f := range s.files {
		if !there[f.path] {
			files = append(files, f.path)
		}
	}
	return files, true, nil
}

// before lists the files of an earlier commit; nil if it cannot be had. Without
// a filter the answer would be that whole version, and is not asked for.
func (s *snapshot) before(ctx context.Context, commit string) ([]listed, error) {
	if !plumbing.IsHash(commit) || s.head.IsZero() || !s.caps.Supports(capability.Filter) {
		return nil, nil
	}
	hash := plumbing.NewHash(commit)
	if hash != s.head {
		if err := s.fetch(ctx, s.commitRequest(hash, true)); err != nil {
			return nil, s.unlessUnknown(ctx, err)
		}
	}
	root, err := s.treeOf(hash)
	if err != nil {
		return nil, nil
	}
	return s.list(root)
}

// unlessUnknown lets pass that a server does not hand something out: it may have
// forgotten a commit that no branch leads to, or be set up not to. A fault of the
// connection is none of that.
func (s *snapshot) unlessUnknown(ctx context.Context, err error) error {
	var f *fault
	if ctx.Err() != nil || errors.As(inner(err), &f) && f.kind() == faultPassing {
		return s.remote.explain(ctx, "look at earlier wiki", err)
	}
	return nil
}

func (s *snapshot) Fetch(ctx context.Context, files []string) error {
	var wants []plumbing.Hash
	for _, file := range files {
		hash, err := s.lookup(file)
		if err != nil {
			continue
		}
		if _, err := s.store.EncodedObject(plumbing.BlobObject, hash); err != nil {
			wants = append(wants, hash)
		}
	}
	if len(wants) == 0 {
		return nil
	}
	if err := s.fetchFiles(ctx, wants...); err != nil {
		return s.remote.explain(ctx, "read wiki pages", err)
	}
	return nil
}
