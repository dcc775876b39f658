package wiki

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strconv"

	"github.com/go-git/go-git/v5/plumbing"
)

const (
	modeDir     = "40000"
	modeRegular = "100644"
)

// entry is one line of a git tree. The mode stays as written: go-git's own type
// rounds historic modes, which would rewrite entries that nobody touched.
type entry struct {
	mode string
	name string
	hash plumbing.Hash
}

// kind is the file type in the mode's upper bits; zero if it cannot be read.
func (e entry) kind() uint64 {
	mode, err := strconv.ParseUint(e.mode, 8, 32)
	if err != nil {
		return 0
	}
	return mode & 0o170000
}

func (e entry) isDir() bool  { return e.kind() == 0o040000 }
func (e entry) isFile() bool { return e.kind() == 0o100000 }

// sortName orders entries as git does, a folder as if its name ended in a slash.
func (e entry) sortName() string {
	if e.isDir() {
		return e.name + "/"
	}
	return e.name
}

// tree is a git tree object, taken apart.
type tree []entry

var errTree = errors.New("malformed tree")

// parseTree reads a tree object: for each entry the mode, a space, the name, a
// zero byte and the hash in binary.
func parseTree(raw []byte) (tree, error) {
	var t tree
	for len(raw) > 0 {
		mode, rest, ok := bytes.Cut(raw, []byte{' '})
		if !ok {
			return nil, errTree
		}
		name, rest, ok := bytes.Cut(rest, []byte{0})
		if !ok || len(name) == 0 || len(rest) < len(plumbing.ZeroHash) {
			return nil, errTree
		}
		e := entry{mode: string(mode), name: string(name)}
		raw = rest[copy(e.hash[:], rest):]
		if e.kind() == 0 {
			return nil, errTree
		}
		t = append(t, e)
	}
	return t, nil
}

// bytes is the tree object again, in git's order.
func (t tree) bytes() []byte {
	slices.SortStableFunc(t, func(a, b entry) int { return cmp.Compare(a.sortName(), b.sortName()) })
	var raw bytes.Buffer
	for _, e := range t {
		raw.WriteString(e.mode + " " + e.name + "\x00")
		raw.Write(e.hash[:])
	}
	return raw.Bytes()
}

// find gives the place of the entry of that name, or -1.
func (t tree) find(name string) int {
	return slices.IndexFunc(t, func(e entry) bool { return e.name == name })
}
