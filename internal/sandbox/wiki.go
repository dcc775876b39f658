package sandbox

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
)

// wiki is a repository's wiki: a bare git repository, there once its first page
// was made on the web.
type wiki struct {
	dir string

	mu    sync.Mutex
	known map[string][]wikiFile // by commit; the last one only
	texts map[string]string     // by blob
}

// wikiBranch is the only branch of a wiki that GitHub shows.
const wikiBranch = "refs/heads/master"

// ready says whether the wiki was ever initialised.
func (k *wiki) ready() bool {
	_, err := os.Stat(k.dir)
	return err == nil
}

// wikiSettings let clients push and, where allowed, fetch in part. Housekeeping is
// off, since it would go on behind a push's back.
const wikiSettings = `[http]
	receivepack = true
[gc]
	auto = 0
[receive]
	autogc = false
[maintenance]
	auto = false
[uploadpack]
	allowFilter = %[1]t
	allowAnySHA1InWant = %[1]t
`

// create makes the bare repository.
func (k *wiki) create(filter bool) error {
	if _, err := k.git("", nil, "init", "--quiet", "--bare", "--initial-branch=master", k.dir); err != nil {
		return err
	}
	settings, err := os.OpenFile(filepath.Join(k.dir, "config"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("open the wiki's settings: %w", err)
	}
	_, err = fmt.Fprintf(settings, wikiSettings, filter)
	if err := errors.Join(err, settings.Close()); err != nil {
		return fmt.Errorf("write the wiki's settings: %w", err)
	}
	return nil
}

// wikiFile is one file of a wiki.
type wikiFile struct {
	mode, blob, path string
}

// page is the file's name as a page: without folder and extension.
func (f wikiFile) page() string {
	base := path.Base(f.path)
	return strings.TrimSuffix(base, path.Ext(base))
}

// isPage tells pages from images and the like.
func (f wikiFile) isPage() bool {
	switch path.Ext(f.path) {
	case ".md", ".markdown", ".mdown", ".mkd", ".textile", ".rst", ".adoc", ".asciidoc", ".org", ".mediawiki", ".wiki", ".pod", ".creole":
		return true
	}
	return false
}

// sameTitle folds what GitHub takes for one title: case, and hyphen for space.
func sameTitle(a, b string) bool {
	key := func(s string) string { return strings.ReplaceAll(fold(s), " ", "-") }
	return key(a) == key(b)
}

// find gives the file of a page; folders do not tell pages apart.
func find(files []wikiFile, name string) (wikiFile, bool) {
	for _, f := range files {
		if f.isPage() && sameTitle(f.page(), name) {
			return f, true
		}
	}
	return wikiFile{}, false
}
