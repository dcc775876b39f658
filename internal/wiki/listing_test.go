package wiki

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/storage/memory"
)

// A tree that holds itself many times over, as no git program makes it, is listed
// within bounds, its top first; so is one of a great many files.
func TestList_Bounds(t *testing.T) {
	s, d := &snapshot{store: memory.NewStorage()}, &draft{}
	add := func(t tree) plumbing.Hash {
		hash, _ := d.add(s.store, plumbing.TreeObject, t.bytes())
		return hash
	}
	below := add(tree{{mode: modeRegular, name: "x.md"}})
	for range 40 {
		var dirs tree
		for i := range 10 {
			dirs = append(dirs, entry{mode: modeDir, name: fmt.Sprint("d", i), hash: below})
		}
		below = add(append(dirs, entry{mode: modeRegular, name: "y.md"}))
	}
	root := tree{{mode: modeDir, name: "a", hash: below}, {mode: modeRegular, name: "z.md"}, {mode: modeRegular, name: ".hidden.md"}}
	files, err := s.list(root)
	if err != nil || files[0].path != "z.md" || len(files) > maxListed {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		if strings.Count(f.path, "/") >= maxDepth || strings.Contains(f.path, "hidden") {
			t.Fatalf("listed %q", f.path)
		}
	}
	wide := make(tree, 2*maxListed)
	for i := range wide {
		wide[i] = entry{mode: modeRegular, name: fmt.Sprint(i)}
	}
	if files, err := s.list(wide); err != nil || len(files) != maxListed {
		t.Errorf("%d files, %v", len(files), err)
	}
}
