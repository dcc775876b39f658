package sandbox

import (
	"os"
	"path/filepath"
	"strings"
)

// head is the commit that is shown; empty without any. It is read from git's file
// where there is one, since whoever waits asks for it at every change.
func (k *wiki) head() string {
	if !k.ready() {
		return ""
	}
	if text, err := os.ReadFile(filepath.Join(k.dir, wikiBranch)); err == nil {
		return strings.TrimSpace(string(text))
	}
	out, err := k.git("", nil, "rev-parse", "--verify", "--quiet", wikiBranch)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(out)
}

// files lists a commit's files. The last commit's are remembered.
func (k *wiki) files(commit string) ([]wikiFile, error) {
	if commit == "" {
		return nil, nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if files, known := k.known[commit]; known {
		return files, nil
	}
	out, err := k.git("", nil, "ls-tree", "-r", "-z", "--full-tree", commit)
	if err != nil {
		return nil, err
	}
	files := readTreeList(out)
	k.known = map[string][]wikiFile{commit: files}
	return files, nil
}

func readTreeList(out string) (files []wikiFile) {
	for line := range strings.SplitSeq(out, "\x00") {
		about, name, _ := strings.Cut(line, "\t")
		if parts := strings.Fields(about); len(parts) == 3 {
			files = append(files, wikiFile{mode: parts[0], blob: parts[2], path: name})
		}
	}
	return files
}

// text is a blob's content.
func (k *wiki) text(blob string) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if text, known := k.texts[blob]; known {
		return text, nil
	}
	text, err := k.git("", nil, "cat-file", "blob", blob)
	if err != nil {
		return "", err
	}
	if k.texts == nil {
		k.texts = map[string]string{}
	}
	k.texts[blob] = text
	return text, nil
}
