package wiki

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/storer"
)

// draft is a commit that is not pushed yet.
type draft struct {
	hash plumbing.Hash
	// objects are those the server may lack: files, trees, commit.
	objects []plumbing.Hash
}

// draft applies a change. It gives nil if that changes nothing.
func (s *snapshot) draft(ch Change, by signature) (*draft, error) {
	if err := ch.check(); err != nil {
		return nil, err
	}
	d := &draft{}
	root, changed, err := s.edited(s.tree, ch, d)
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

// edited is a tree with the change applied to the files at its top and to those
// in its folders. Entries that the change does not name stay as they are, folders
// with all below them.
func (s *snapshot) edited(was tree, ch Change, d *draft) (now tree, changed bool, err error) {
	here, below := ch.divided()
	now = slices.Clone(was)
	for _, name := range here.Delete {
		i := now.find(name)
		if _, written := here.Write[name]; i < 0 || written {
			continue
		}
		if now[i].isDir() {
			return nil, false, fmt.Errorf("delete wiki file %q: it is a folder", name)
		}
		now, changed = slices.Delete(now, i, i+1), true
	}
	for _, name := range slices.Sorted(maps.Keys(here.Write)) {
		content, differs := here.Write[name], false
		hash := plumbing.ComputeHash(plumbing.BlobObject, content)
		if now, differs, err = now.with(name, hash); err != nil {
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
	for _, dir := range slices.Sorted(maps.Keys(below)) {
		differs := false
		if now, differs, err = s.editedFolder(now, dir, below[dir], d); err != nil {
			return nil, false, err
		}
		changed = changed || differs
	}
	return now, changed, nil
}

// editedFolder applies a change to one folder of a tree. Git knows no empty
// folder, so one whose last file goes does too.
func (s *snapshot) editedFolder(t tree, dir string, ch Change, d *draft) (_ tree, changed bool, err error) {
	i := t.find(dir)
	if i < 0 || !t[i].isDir() {
		if len(ch.Write) == 0 {
			return t, false, nil
		}
		return nil, false, fmt.Errorf("write wiki file in %q: %w", dir, errNotDir)
	}
	sub, err := s.subtree(t[i].hash)
	if err != nil {
		return nil, false, err
	}
	sub, changed, err = s.edited(sub, ch, d)
	switch {
	case err != nil || !changed:
		return t, false, err
	case len(sub) == 0:
		return slices.Delete(t, i, i+1), true, nil
	}
	t[i].hash, err = d.add(s.store, plumbing.TreeObject, sub.bytes())
	return t, true, err
}

// divided is the part of a change that is about files at the top, and the parts
// that are about each folder.
func (ch Change) divided() (here Change, below map[string]Change) {
	here, below = Change{Write: map[string][]byte{}}, map[string]Change{}
	in := func(dir string) Change {
		if sub, known := below[dir]; known {
			return sub
		}
		return Change{Write: map[string][]byte{}}
	}
	for name, content := range ch.Write {
		if dir, rest, deeper := strings.Cut(name, "/"); deeper {
			below[dir] = in(dir)
			below[dir].Write[rest] = content
		} else {
			here.Write[name] = content
		}
	}
	for _, name := range ch.Delete {
		if dir, rest, deeper := strings.Cut(name, "/"); deeper {
			sub := in(dir)
			sub.Delete = append(sub.Delete, rest)
			below[dir] = sub
		} else {
			here.Delete = append(here.Delete, name)
		}
	}
	return here, below
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
