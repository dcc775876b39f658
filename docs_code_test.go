package firebreak_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestTheTwoCommandsExist looks for what the README tells a newcomer to run.
func TestTheTwoCommandsExist(t *testing.T) {
	text := section(t, readme, "Try it")
	for _, want := range []string{"```sh\ngo run ./cmd/firebreak demo\n```", "```sh\nmake test\n```"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s does not tell to run\n%s", readme, want)
		}
	}
	if !regexp.MustCompile(`(?m)^test:`).MatchString(read(t, "Makefile")) {
		t.Error("the Makefile has no target test")
	}
}

var testName = regexp.MustCompile("`(Test\\w+)`")

// Every row says by which test it is shown.
func TestEachChangeOfTheWorldHasItsTest(t *testing.T) {
	var code strings.Builder
	for _, dir := range []string{"cmd/firebreak", "internal/effects"} {
		files, err := filepath.Glob(dir + "/*_test.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			code.WriteString(read(t, f))
		}
	}
	for _, row := range rows(section(t, readme, "When the world changes")) {
		m := testName.FindStringSubmatch(row)
		if m == nil || !strings.Contains(code.String(), "func "+m[1]+"(t *testing.T)") {
			t.Errorf("%s: no test shows %s", readme, row)
		}
	}
}

var subcommand = regexp.MustCompile("(?:`|/firebreak |\\n|=/usr/local/bin/)firebreak ([a-z]+)")

func TestSubcommandsExist(t *testing.T) {
	known := subcommands(t)
	for _, page := range pages(t) {
		for _, m := range subcommand.FindAllStringSubmatch(read(t, page), -1) {
			if !slices.Contains(known, m[1]) {
				t.Errorf("%s: firebreak has no subcommand %q, only %v", page, m[1], known)
			}
		}
	}
}

// subcommands are the fields of the program's command line.
func subcommands(t *testing.T) []string {
	t.Helper()
	var names []string
	ast.Inspect(parse(t, "cmd/firebreak/main.go"), func(n ast.Node) bool {
		if f, ok := n.(*ast.Field); ok && f.Tag != nil {
			if _, is := reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Lookup("cmd"); is {
				names = append(names, strings.ToLower(f.Names[0].Name))
			}
		}
		return true
	})
	return names
}

var (
	goFile     = regexp.MustCompile(`^[\w./-]+\.go$`)
	identifier = regexp.MustCompile(`^[A-Za-z]\w+$`)
)

// TestFollowOneDelivery looks for every function that the README names in the
// file that it names last before.
func TestFollowOneDelivery(t *testing.T) {
	file, found := "", 0
	for _, span := range codes(section(t, readme, "Follow one delivery")) {
		switch {
		case goFile.MatchString(span):
			file = span
		case identifier.MatchString(span):
			found++
			if !slices.Contains(functions(t, file), span) {
				t.Errorf("%s: there is no function %s in %s", readme, span, file)
			}
		}
	}
	if found < 20 {
		t.Errorf("%s names %d functions only", readme, found)
	}
}

func functions(t *testing.T, file string) []string {
	t.Helper()
	var names []string
	for _, d := range parse(t, file).Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			names = append(names, f.Name.Name)
		}
	}
	return names
}

func parse(t *testing.T, file string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var (
	demoTime = regexp.MustCompile(`^\d\d:\d\d  @\w+\s+`)
	demoURL  = regexp.MustCompile(`http://\S+`)
)

// TestTranscriptIsTheDemos looks for every line of the README's transcript among
// the texts that the demo prints.
func TestTranscriptIsTheDemos(t *testing.T) {
	_, block, _ := strings.Cut(section(t, readme, "An incident"), "```text\n")
	block, _, _ = strings.Cut(block, "```")
	texts := strings.ReplaceAll(strings.Join(literals(t, "cmd/firebreak/play*.go"), "\n"), "#%d, %s", "#3, Fail start-up when the pool size is not set")
	for _, line := range strings.Split(block, "\n") {
		said := demoTime.ReplaceAllString(line, "")
		said = strings.TrimPrefix(strings.TrimSpace(said), "firebreak  ")
		said = strings.TrimPrefix(demoURL.ReplaceAllString(said, ""), "comments: ")
		if ticked, ok := strings.CutPrefix(said, "ticks "); ok && !strings.Contains(ticked, " ") {
			said = ticked
		}
		if !strings.Contains(texts, said) {
			t.Errorf("%s: the demo does not say %q", readme, line)
		}
	}
}

// literals are the strings in the files of a pattern.
func literals(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || files == nil {
		t.Fatalf("no file %s: %v", pattern, err)
	}
	var out []string
	for _, file := range files {
		ast.Inspect(parse(t, file), func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					out = append(out, s)
				}
			}
			return true
		})
	}
	return out
}
