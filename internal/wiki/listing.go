package wiki

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

const (
	// maxListed bounds how many entries of trees a listing looks at: a tree that
	// holds itself many times over would go on for ever. GitHub's own wikis are
	// made for 5,000 files.
	maxListed = 50_000
	// maxDepth bounds how deep below one another folders are looked into.
	maxDepth = 16
)

// listed is one file of a wiki, folders and all.
type listed struct {
	path string
	hash plumbing.Hash
}

// folder is a tree still to be listed.
type folder struct {
	prefix string
	tree   tree
}

// list names the files of a tree that a change could name, those at the top
// first. What is beyond the bounds is left out, the deepest first.
func (s *snapshot) list(root tree) ([]listed, error) {
	l := listing{files: []listed{}, room: maxListed}
	level := []folder{{tree: root}}
	for depth := 0; len(level) > 0 && depth < maxDepth; depth++ {
		var below []folder
		for _, f := range level {
			for _, e := range l.take(f) {
				sub, err := s.subtree(e.hash)
				if err != nil {
					return nil, err
				}
				below = append(below, folder{f.prefix + e.name + "/", sub})
			}
		}
		level = below
	}
	return l.files, nil
}

// listing is what was found so far, and how many entries more may be looked at.
type listing struct {
	files []listed
	room  int
}

// take adds a folder's files and returns the folders in it.
func (l *listing) take(f folder) (folders []entry) {
	for _, e := range f.tree {
		if l.room--; l.room < 0 {
			return nil
		}
		switch {
		case checkName(e.name) != nil:
		case e.isFile():
			l.files = append(l.files, listed{f.prefix + e.name, e.hash})
		case e.isDir():
			folders = append(folders, e)
		}
	}
	return folders
}

// subtree takes a tree apart that was fetched.
func (s *snapshot) subtree(hash plumbing.Hash) (tree, error) {
	raw, err := s.object(plumbing.TreeObject, hash)
	if err != nil {
		return nil, err
	}
	return parseTree(raw)
}

// lookup finds a file by its path.
func (s *snapshot) lookup(path string) (plumbing.Hash, error) {
	t, name := s.tree, path
	for {
		dir, rest, deeper := strings.Cut(name, "/")
		i := t.find(dir)
		switch {
		case i < 0, deeper && !t[i].isDir(), !deeper && !t[i].isFile():
			return plumbing.ZeroHash, fmt.Errorf("read wiki page %q: %w", path, fs.ErrNotExist)
		case !deeper:
			return t[i].hash, nil
		}
		sub, err := s.subtree(t[i].hash)
		if err != nil {
			return plumbing.ZeroHash, fmt.Errorf("read wiki page %q: %w", path, err)
		}
		t, name = sub, rest
	}
}

func (s *snapshot) Pages() []string {
	names := make([]string, len(s.files))
	for i, f := range s.files {
		names[i] = f.path
	}
	return names
}

func (s *snapshot) Holding(id string) (file string, ok bool) {
	if !plumbing.IsHash(id) {
		return "", false
	}
	hash := plumbing.NewHash(id)
	for _, f := range s.files {
		if f.hash == hash && isPage(f.path) {
			return f.path, true
		}
	}
	return "", false
}

// ID is what git calls a file of that content.
func ID(content []byte) string { return plumbing.ComputeHash(plumbing.BlobObject, content).String() }

// treeOf reads a commit that was fetched, and its root tree.
func (s *snapshot) treeOf(commit plumbing.Hash) (tree, error) {
	raw, err := s.object(plumbing.CommitObject, commit)
	if err != nil {
		return nil, err
	}
	root, err := commitTree(raw)
	if err != nil {
		return nil, err
	}
	return s.subtree(root)
}

// errNotDir says that a name leads through what is no folder.
var errNotDir = errors.New("it leads into a folder that is not there")
