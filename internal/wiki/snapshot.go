package wiki

import (
	"context"
	"fmt"
	"io"
	"io/fs"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/capability"
	"github.com/go-git/go-git/v5/plumbing/transport"
	"github.com/go-git/go-git/v5/storage/memory"
)

// Snapshot is a wiki as it is at one commit. It is valid only inside the
// function it is handed to, and not for concurrent use.
type Snapshot interface {
	// Pages names the files at the top of the wiki, attachments included, in
	// git's order. Folders' files are not among them.
	Pages() []string
	// Read gives the content of one of Pages, fetched when first asked for. A
	// file that is not there is fs.ErrNotExist.
	Read(ctx context.Context, file string) ([]byte, error)
	// Head is the commit's id; empty for a wiki without any commit.
	Head() string
}

// snapshot is the newest commit of a wiki's live branch.
type snapshot struct {
	remote Remote
	max    int64

	up     transport.UploadPackSession
	caps   *capability.List
	branch plumbing.ReferenceName
	head   plumbing.Hash // zero: no commit yet

	store *memory.Storage
	tree  tree
	whole bool // every file was fetched with the commit
}

func (s *snapshot) Pages() []string { return s.tree.files() }

func (s *snapshot) Head() string {
	if s.head.IsZero() {
		return ""
	}
	return s.head.String()
}

func (s *snapshot) Read(ctx context.Context, file string) ([]byte, error) {
	i := s.tree.find(file)
	if i < 0 || !s.tree[i].isFile() {
		return nil, fmt.Errorf("read wiki page %q: %w", file, fs.ErrNotExist)
	}
	hash := s.tree[i].hash
	if content, err := s.object(plumbing.BlobObject, hash); err == nil {
		return content, nil
	}
	if err := s.fetchFile(ctx, hash); err != nil {
		return nil, s.remote.explain(ctx, "read wiki page", err)
	}
	content, err := s.object(plumbing.BlobObject, hash)
	if err != nil {
		return nil, s.remote.explain(ctx, "read wiki page", err)
	}
	return content, nil
}

// object reads an object that has been fetched.
func (s *snapshot) object(kind plumbing.ObjectType, hash plumbing.Hash) (content []byte, err error) {
	obj, err := s.store.EncodedObject(kind, hash)
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", kind, err)
	}
	r, err := obj.Reader()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", kind, err)
	}
	defer func() { _ = r.Close() }()
	if content, err = io.ReadAll(r); err != nil {
		return nil, fmt.Errorf("read %s: %w", kind, err)
	}
	return content, nil
}
