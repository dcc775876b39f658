package wiki

import (
	"context"
	"fmt"
	"io"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/protocol/packp/capability"
	"github.com/go-git/go-git/v5/plumbing/transport"
	"github.com/go-git/go-git/v5/storage/memory"
)

// Snapshot is a wiki as it is at one commit. It is valid only inside the
// function it is handed to, and not for concurrent use.
type Snapshot interface {
	// Pages names the wiki's files, attachments included: those at the top first,
	// then those in folders by their path, each in git's order. Of a wiki beyond
	// any measure the deepest are left out.
	Pages() []string
	// Read gives the content of one of Pages, fetched when first asked for. A
	// file that is not there is fs.ErrNotExist.
	Read(ctx context.Context, file string) ([]byte, error)
	// Fetch gets several of Pages ready for Read in one request. Those that are
	// not there are passed over.
	Fetch(ctx context.Context, files []string) error
	// Holding returns the page that has the content of that ID.
	Holding(id string) (file string, ok bool)
	// Since returns those of Pages that an earlier commit did not have; known is
	// false if that commit cannot be had any more.
	Since(ctx context.Context, commit string) (files []string, known bool, err error)
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
	files []listed
	whole bool // every file was fetched with the commit

	// An earlier state is not asked for by its commit's id, which a server need not
	// hand out, but as one of so many commits up to the newest; zero is one.
	newest plumbing.Hash
	depth  int
}

func (s *snapshot) Head() string {
	if s.head.IsZero() {
		return ""
	}
	return s.head.String()
}

func (s *snapshot) Read(ctx context.Context, file string) ([]byte, error) {
	hash, err := s.lookup(file)
	if err != nil {
		return nil, err
	}
	if content, err := s.object(plumbing.BlobObject, hash); err == nil {
		return content, nil
	}
	if err := s.fetchFiles(ctx, hash); err != nil {
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
