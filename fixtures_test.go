package firebreak_test

import (
	"bufio"
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is what the tests of one package say: their strings, and the names of
// their functions; and the files that they have.
type source struct{ strings, functions, files []string }

// TestNoFixtureIsUnused looks for the name of every file below a testdata
// directory in the tests of its package. A file that none of them names has
// outlived its test, or its test never ran.
func TestNoFixtureIsUnused(t *testing.T) {
	t.Parallel()
	fixtures, count := map[string][]string{}, 0
	for _, file := range tracked(t) {
		if dir, rest, found := strings.Cut(file, "/testdata/"); found {
			fixtures[dir] = append(fixtures[dir], rest)
			count++
		}
	}
	for dir, files := range fixtures {
		tests := testsOf(t, dir)
		tests.files = files
		for _, file := range files {
			if !tests.uses(file) {
				t.Errorf("%s/testdata/%s is used by no test of its package", dir, file)
			}
		}
	}
	if count < 50 {
		t.Errorf("only %d fixtures were found", count)
	}
}

// uses says whether a file of testdata is named, listed by a pattern, or a seed
// of a fuzz test that is there. A file that is made of another shares its name up
// to the extension.
func (s source) uses(file string) bool {
	dir, base := path.Split(file)
	if fuzz, ok := strings.CutPrefix(dir, "fuzz/"); ok {
		return slices.Contains(s.functions, strings.TrimSuffix(fuzz, "/"))
	}
	if path.Ext(base) == ".txtar" {
		return dir != "" && slices.Contains(s.strings, strings.TrimSuffix(dir, "/"))
	}
	stem := strings.TrimSuffix(base, path.Ext(base))
	return slices.ContainsFunc(s.strings, func(text string) bool {
		if pattern := strings.TrimPrefix(text, "testdata/"); strings.Contains(pattern, "*.") {
			origin := stem + path.Ext(pattern)
			listed, err := path.Match(pattern, dir+origin)
			return err == nil && listed && slices.Contains(s.files, dir+origin)
		}
		name := path.Base(text)
		return name == base || name == stem
	})
}

// testsOf reads the tests of a package.
func testsOf(t *testing.T, dir string) (s source) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests in %s: %v", dir, err)
	}
	for _, file := range files {
		ast.Inspect(parsed(t, file), func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil {
					s.strings = append(s.strings, text)
				}
			case *ast.FuncDecl:
				s.functions = append(s.functions, n.Name.Name)
			}
			return true
		})
	}
	return s
}

func parsed(t *testing.T, file string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// tracked lists the files of the module, but for what is fetched or built.
func tracked(t *testing.T) (files []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "bin") {
			return filepath.SkipDir
		}
		if !d.IsDir() {
			files = append(files, filepath.ToSlash(path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestNoTestSkipsOrSleeps keeps every test running wherever tests run, and
// waiting for what happens rather than for a while.
func TestNoTestSkipsOrSleeps(t *testing.T) {
	t.Parallel()
	forbidden := []string{"Skip", "Skipf", "SkipNow", "Sleep", "Short"}
	for _, file := range tracked(t) {
		switch {
		case strings.HasSuffix(file, "_test.go"):
			ast.Inspect(parsed(t, file), func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				if f, ok := call.Fun.(*ast.SelectorExpr); ok && slices.Contains(forbidden, f.Sel.Name) {
					t.Errorf("%s calls %s", file, f.Sel.Name)
				}
				return true
			})
		case strings.HasSuffix(file, ".txtar"):
			if line := skips(t, file); line != "" {
				t.Errorf("%s: %s", file, line)
			}
		}
	}
}

var isSkip = regexp.MustCompile(`^(\[[^\]]*\] *)*(skip|stop)\b`)

// skips returns the line of a script that ends it early; empty if there is none.
func skips(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		if isSkip.MatchString(lines.Text()) {
			return lines.Text()
		}
	}
	return ""
}
