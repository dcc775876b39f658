package sandbox

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// wiki is a repository's wiki: a bare git repository, there once its first page
// was made on the web.
type wiki struct {
	dir string
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

// head is the commit that is shown; empty without any.
func (k *wiki) head() string {
	if !k.ready() {
		return ""
	}
	out, err := k.git("", nil, "rev-parse", "--verify", "--quiet", wikiBranch)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(out)
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

// files lists a commit's files.
func (k *wiki) files(commit string) ([]wikiFile, error) {
	if commit == "" {
		return nil, nil
	}
	out, err := k.git("", nil, "ls-tree", "-r", "-z", "--full-tree", commit)
	if err != nil {
		return nil, err
	}
	var files []wikiFile
	for _, line := range strings.Split(strings.TrimSuffix(out, "\x00"), "\x00") {
		about, name, _ := strings.Cut(line, "\t")
		if parts := strings.Fields(about); len(parts) == 3 {
			files = append(files, wikiFile{mode: parts[0], blob: parts[2], path: name})
		}
	}
	return files, nil
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
