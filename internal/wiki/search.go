package wiki

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

const (
	// maxCandidates bounds how many pages Search reads, maxCandidate how many bytes
	// one of them may have to be the one.
	maxCandidates = 50
	maxCandidate  = 256 << 10
)

// Search describes a page that is not where it was: people rename pages, and move
// them into folders.
type Search struct {
	// ID is the page's content as it was last seen, and Commit the wiki's newest
	// commit then; empty: not known.
	ID, Commit string
	// Stem is what the page's name began or ended with: "Incident-42".
	Stem string
	// Is tells the page by its text.
	Is func(text string) bool
}

// Find looks for the page: for its content as it was last seen, then among the
// pages that are there since, then among those whose name has the stem, and in a
// small wiki among all. It reads at most fifty. Errors are those of Read; a page
// that is not found is none.
func (q Search) Find(ctx context.Context, now Snapshot) (file, text string, found bool, err error) {
	if file, ok := now.Holding(q.ID); ok {
		body, err := now.Read(ctx, file)
		if err != nil || q.Is(string(body)) {
			return file, string(body), err == nil, err
		}
	}
	since, _, err := now.Since(ctx, q.Commit)
	if err != nil {
		return "", "", false, err
	}
	files := q.candidates(since, now.Pages())
	if err := now.Fetch(ctx, files); err != nil && !errors.Is(err, ErrTooLarge) {
		return "", "", false, err
	}
	for _, file := range files {
		text, err := q.read(ctx, now, file)
		if err != nil {
			return "", "", false, err
		}
		if text != "" && q.Is(text) {
			return file, text, true, nil
		}
	}
	return "", "", false, nil
}

// read returns a page's text; none of one too large to be the one.
func (q Search) read(ctx context.Context, now Snapshot, file string) (string, error) {
	body, err := now.Read(ctx, file)
	switch {
	case errors.Is(err, ErrTooLarge):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("look into page: %w", err)
	case len(body) > maxCandidate:
		return "", nil
	}
	return string(body), nil
}

// candidates are the pages to look into, the likeliest first.
func (q Search) candidates(since, all []string) []string {
	var pages, named []string
	for _, file := range all {
		if isPage(file) {
			pages = append(pages, file)
			if q.named(file) {
				named = append(named, file)
			}
		}
	}
	lists := [][]string{since, named}
	if len(pages) <= maxCandidates {
		lists = append(lists, pages)
	}
	var out []string
	there := map[string]bool{}
	for _, list := range lists {
		for _, file := range list {
			if isPage(file) && !there[file] && len(out) < maxCandidates {
				there[file] = true
				out = append(out, file)
			}
		}
	}
	return out
}

// named says whether a page's name begins or ends with the stem, and not in the
// middle of a number.
func (q Search) named(file string) bool {
	stem, name := pageKey(q.Stem), pageKey(file)
	if stem == "" {
		return false
	}
	before, begins := strings.CutPrefix(name, stem)
	_, ends := strings.CutSuffix(name, stem)
	return ends || begins && !strings.ContainsAny(before[:min(len(before), 1)], "0123456789")
}
