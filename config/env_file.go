package config

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

// withEnvFile adds the settings of the file that FIREBREAK_ENV_FILE names to a
// look-up. What the look-up knows itself wins; empty is as good as not set.
func withEnvFile(lookup func(string) (string, bool)) (func(string) (string, bool), error) {
	path, _ := lookup(EnvFile)
	if path == "" {
		return lookup, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", EnvFile, reason(err))
	}
	values, err := parseEnvFile(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", EnvFile, err)
	}
	return func(name string) (string, bool) {
		if v, _ := lookup(name); v != "" {
			return v, true
		}
		v, ok := values[name]
		return v, ok
	}, nil
}

// parseEnvFile reads NAME=value lines. A value in quotes may go over several
// lines, as a private key does, and ends with the quote at a line's end; a
// comment may follow. Lines that start with # are comments. No error shows any
// of the text: it may be a secret.
func parseEnvFile(text string) (map[string]string, error) {
	values := map[string]string{}
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\uFEFF")
	lines := strings.Split(text, "\n")
	for n := 0; n < len(lines); n++ {
		line := strings.TrimLeft(lines[n], " \t")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(strings.TrimPrefix(line, "export "), "=")
		if name = strings.TrimSpace(name); !ok || !isName.MatchString(name) {
			return nil, fmt.Errorf("line %d is not NAME=value", n+1)
		}
		text, more := unquote(strings.TrimLeft(value, " \t"), lines[n+1:])
		if more < 0 {
			return nil, fmt.Errorf("line %d opens a quote that is never closed", n+1)
		}
		values[name] = text
		n += more
	}
	return values, nil
}

var isName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// unquote returns a value, of more lines than the first if it is in quotes, and
// how many more; -1 if the quote is never closed.
func unquote(first string, rest []string) (text string, more int) {
	if !strings.HasPrefix(first, `"`) && !strings.HasPrefix(first, `'`) {
		return strings.TrimSpace(first), 0
	}
	quote, lines := first[0], []string{first[1:]}
	for {
		last := len(lines) - 1
		if end := closing(lines[last], quote); end >= 0 {
			lines[last] = lines[last][:end]
			return strings.Join(lines, "\n"), last
		}
		if last == len(rest) {
			return "", -1
		}
		lines = append(lines, rest[last])
	}
}

// closing returns where a line's closing quote is, at its end or before a
// comment; -1 if it has none.
func closing(line string, quote byte) int {
	end := strings.LastIndexByte(line, quote)
	if end < 0 {
		return -1
	}
	after := line[end+1:]
	if text := strings.TrimSpace(after); text == "" || text[0] == '#' && after[0] != '#' {
		return end
	}
	return -1
}
