package wiki

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/go-git/go-git/v5/plumbing"
)

// commitObject is what this package needs to know of a commit. go-git's own type
// brings its OpenPGP and diff libraries along.
type commitObject struct {
	tree    plumbing.Hash
	parent  plumbing.Hash // zero: the first commit
	by      signature
	message string
}

// bytes is the object as git stores it: headers by line, an empty line, message.
func (c commitObject) bytes() []byte {
	var raw bytes.Buffer
	fmt.Fprintf(&raw, "tree %s\n", c.tree)
	if !c.parent.IsZero() {
		fmt.Fprintf(&raw, "parent %s\n", c.parent)
	}
	fmt.Fprintf(&raw, "author %s\ncommitter %s\n\n%s", c.by, c.by, c.message)
	return raw.Bytes()
}

// commitTree reads the root tree out of a commit object, its first header.
func commitTree(raw []byte) (plumbing.Hash, error) {
	line, _, _ := bytes.Cut(raw, []byte{'\n'})
	hash, ok := bytes.CutPrefix(line, []byte("tree "))
	if !ok || !plumbing.IsHash(string(hash)) {
		return plumbing.ZeroHash, errors.New("read commit: it names no tree")
	}
	return plumbing.NewHash(string(hash)), nil
}
