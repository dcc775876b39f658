package wiki

import (
	"path"
	"slices"
	"strings"
)

// markup lists the extensions that make a file a wiki page (github/markup and
// gollum); files with others are attachments.
var markup = []string{
	".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".textile", ".rdoc", ".org", ".creole",
	".rst", ".rest", ".asciidoc", ".adoc", ".asc", ".pod", ".mediawiki", ".wiki",
}

// FileName is the file that holds a page: "Incident-42-x" is in
// "Incident-42-x.md".
func FileName(page string) string { return page + ".md" }

// SamePage tells whether two names, of pages or of their files, mean one page to
// a wiki: it ignores case, folders and the extension, and takes a hyphen for a
// space.
func SamePage(a, b string) bool { return pageKey(a) == pageKey(b) }

// PageName is the name of the page that a file holds: without folder and
// extension.
func PageName(file string) string {
	name := path.Base(file)
	if isPage(name) {
		name = strings.TrimSuffix(name, path.Ext(name))
	}
	return name
}

// IsPage says whether a wiki shows a file as a page.
func IsPage(file string) bool { return isPage(file) }

// Key is the same for the names, of pages or of their files, that are SamePage.
func Key(name string) string { return pageKey(name) }

// FindPage looks for the file that holds the named page, the page's own
// FileName first, and one in a folder last if pages are in the order of
// Snapshot.Pages. Files that are no pages are not considered.
func FindPage(pages []string, name string) (file string, ok bool) {
	if own := FileName(name); slices.Contains(pages, own) {
		return own, true
	}
	for _, file := range pages {
		if isPage(file) && SamePage(file, name) {
			return file, true
		}
	}
	return "", false
}

func isPage(file string) bool {
	return slices.Contains(markup, strings.ToLower(path.Ext(file)))
}

func pageKey(name string) string {
	name = name[strings.LastIndexByte(name, '/')+1:]
	if isPage(name) {
		name = strings.TrimSuffix(name, path.Ext(name))
	}
	return strings.ReplaceAll(strings.ToLower(name), "-", " ")
}
