package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/firebreak-app/firebreak/internal/redact"
)

// RepositoryFile is where a repository says what it sets for itself, on its
// default branch.
const RepositoryFile = ".github/incident-response.yml"

// MaxRepositoryFile bounds that file, in bytes.
const MaxRepositoryFile = 64 << 10

// maxProblems bounds how many problems of one file are told.
const maxProblems = 20

// The stores of post-mortems.
const (
	StoreWiki       = "wiki"
	StoreRepository = "repository"
	StoreIssue      = "issue"
)

// Repository is what a repository sets for itself. DefaultRepository is what
// holds where nothing is set; the zero value is not it.
type Repository struct {
	// Zone is that of times written without one, shown beside UTC; nil is the
	// operator's.
	Zone       *time.Location
	Postmortem Postmortem
	// Redact is what is taken out of people's text besides; the zero value adds
	// nothing. A gate takes it as it is.
	Redact redact.Options
}

// Postmortem says where post-mortems go and what they start from.
type Postmortem struct {
	// Store is StoreWiki, StoreRepository or StoreIssue.
	Store string
	// Review asks for a pull request instead of a commit; with StoreRepository.
	Review bool
	// Path is the folder of the pages, without a slash at either end; with
	// StoreRepository.
	Path string
	// Template is the path of the template inside the repository. That there is
	// such a file is not said.
	Template string
}

// DefaultRepository is what holds for a repository that sets nothing.
func DefaultRepository() Repository {
	return Repository{Postmortem: Postmortem{
		Store: StoreWiki, Review: true, Path: "docs/incidents", Template: ".github/incident-postmortem.md",
	}}
}

// Problem is something in a repository's file that does not count, and why.
type Problem struct {
	// Line is where, from 1; 0 is the whole file.
	Line int
	// Key is what it is about, postmortem.store for one; empty is the whole file.
	// Like What it may quote the file, cut to a few words and not escaped.
	Key string
	// What says what is wrong, Remedy what to write instead: sentences.
	What, Remedy string
}

// ParseRepository reads a repository's file. What is wrong with it is told, in
// the order of the file, and falls back to its default; the rest counts. Of a
// file that is no YAML, or is too large, nothing counts.
func ParseRepository(text []byte) (Repository, []Problem) {
	r := &repositoryReader{settings: DefaultRepository()}
	root, problem := document(text)
	switch {
	case problem != nil:
		r.problems = append(r.problems, *problem)
	case root != nil:
		r.mapping("", root)
	}
	slices.SortStableFunc(r.problems, func(a, b Problem) int { return a.Line - b.Line })
	if more := len(r.problems) - maxProblems; more > 0 {
		r.problems = append(r.problems[:maxProblems], Problem{
			What: fmt.Sprintf("%d more things in it do not count.", more), Remedy: "Mend those above first.",
		})
	}
	return r.settings, r.problems
}

// TooLarge is the problem of a file that is larger than MaxRepositoryFile.
func TooLarge() Problem {
	return Problem{What: "The file is larger than 64 KiB and was not read; nothing of it counts.", Remedy: "Make it smaller."}
}

// document returns the file's one mapping; nil if it is empty.
func document(text []byte) (root *yaml.Node, problem *Problem) {
	if len(text) > MaxRepositoryFile {
		p := TooLarge()
		return nil, &p
	}
	if !utf8.Valid(text) {
		return nil, &Problem{What: "The file is not UTF-8; nothing of it counts.", Remedy: "Save it as UTF-8."}
	}
	defer func() {
		if recover() != nil { // the parser's own panics: the text is anybody's
			root, problem = nil, notYAML(errors.New("it cannot be read"))
		}
	}()
	var doc, second yaml.Node
	files := yaml.NewDecoder(bytes.NewReader(text))
	if err := files.Decode(&doc); err != nil && !errors.Is(err, io.EOF) {
		return nil, notYAML(err)
	}
	if err := files.Decode(&second); err == nil {
		return nil, &Problem{
			Line: second.Line, What: "A second document starts here; nothing of the file counts.", Remedy: "Take the line `---` out.",
		}
	} else if !errors.Is(err, io.EOF) {
		return nil, notYAML(err)
	}
	if len(doc.Content) == 0 || doc.Content[0].ShortTag() == "!!null" {
		return nil, nil
	}
	if top := doc.Content[0]; top.Kind != yaml.MappingNode {
		return nil, &Problem{
			Line: top.Line, What: "The file is " + kindOf(top) + ", not a mapping of keys; nothing of it counts.",
			Remedy: "Write keys such as `timezone: Europe/Berlin`, one a line.",
		}
	}
	return doc.Content[0], nil
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// notYAML tells of a file that the parser does not take, in the parser's words
// but for those that quote the file.
func notYAML(err error) *Problem {
	p := &Problem{Remedy: "Check indentation, colons and quotes."}
	said := err.Error()
	if m := yamlLine.FindStringSubmatch(said); m != nil {
		p.Line, _ = strconv.Atoi(m[1]) // none: the whole file
		said = said[len(m[0]):]
	}
	if strings.ContainsAny(said, "'\"`\n") {
		said = "an alias in it leads nowhere"
	}
	p.What = "The file is no YAML: " + said + ". Nothing of it counts."
	return p
}
