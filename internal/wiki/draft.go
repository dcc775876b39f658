package wiki

import (
	"fmt"
	"maps"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/storer"
)

// draft is a commit that is not pushed yet.
type draft struct {
	hash plumbing.Hash
	// objects are those the server may lack: files, root tree, commit.
	objects []plumbing.Hash
}

// draft applies a change. It gives nil if that changes nothing.
func (s *snapshot) draft(ch Change, by signature) (*draft, error) {
	if err := ch.check(); err != nil {
		return nil, err
	}
	d := &draft{}
	root, changed, err := s.edited(ch, d)
	if err != nil || !changed {
		return nil, err
	}
	message, err := ch.message()
	if err != nil {
		return nil, err
	}
	commit := commitObject{parent: s.head, by: by, message: message}
	if commit.tree, err = d.add(s.store, plumbing.TreeObject, root.bytes()); err != nil {
		return nil, err
	}
	d.hash, err = d.add(s.store, plumbing.CommitObject, commit.bytes())
	return d, err
}

// edited is the root tree with the change applied. Entries that the change does
// not name stay as they are, folders with all below them.
func (s *snapshot) edited(ch Change, d *draft) (root tree, changed bool, err error) {
	root = slices.Clone(s.tree)
	for _, name := range ch.Delete {
		i := root.find(name)
		if _, written := ch.Write[name]; i < 0 || written {
			continue
		}
		if root[i].isDir() {
			return nil, false, fmt.Errorf("delete wiki file %q: it is a folder", name)
		}
		root, changed = slices.Delete(root, i, i+1), true
	}
	for _, name := range slices.Sorted(maps.Keys(ch.Write)) {
		content, differs := ch.Write[name], false
		hash := plumbing.ComputeHash(plumbing.BlobObject, content)
		if root, differs, err = root.with(name, hash); err != nil {
			return nil, false, err
		}
		if !differs {
			continue
		}
		changed = true
		if _, err := d.add(s.store, plumbing.BlobObject, content); err != nil {
			return nil, false, err
		}
	}
	return root, changed, nil
}

// with puts a file into the tree. One that is there keeps its mode; anything but
// a file, a symbolic link for one, gives way to a file, save for a folder.
func (t tree) with(name string, hash plumbing.Hash) (_ tree, differs bool, _ error) {
	i := t.find(name)
	switch {
	case i < 0:
		return append(t, entry{mode: modeRegular, name: name, hash: hash}), true, nil
	case t[i].isDir():
		return nil, false, fmt.Errorf("write wiki file %q: it is a folder", name)
	case !t[i].isFile():
		t[i].mode = modeRegular
	case t[i].hash == hash:
		return t, false, nil
	}
	t[i].hash = hash
	return t, true, nil
}

// add keeps an object to be pushed; the same content twice is one object, and a
// pack must not hold it twice.
func (d *draft) add(to storer.EncodedObjectStorer, kind plumbing.ObjectType, content []byte) (plumbing.Hash, error) {
	obj := to.NewEncodedObject()
	obj.SetType(kind)
	w, err := obj.Writer()
	if err != nil {
		return plumbing.ZeroHash, fmt.Errorf("write %s: %w", kind, err)
	}
	if _, err := w.Write(content); err != nil {
		return plumbing.ZeroHash, fmt.Errorf("write %s: %w", kind, err)
	}
	if err := w.Close(); err != nil {
		return plumbing.ZeroHash, fmt.Errorf("write %s: %w", kind, err)
	}
	hash, err := to.SetEncodedObject(obj)
	if err != nil {
		return plumbing.ZeroHash, fmt.Errorf("keep %s: %w", kind, err)
	}
	if !slices.Contains(d.objects, hash) {
		d.objects = append(d.objects, hash)
	}
	return hash, nil
}
