package config

import (
	"fmt"
	"os"
	"strings"
)

// withEnvFile adds the settings of the file that FIREBREAK_ENV_FILE names to a
// look-up. What the look-up knows itself wins.
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
		if v, ok := lookup(name); ok {
			return v, true
		}
		v, ok := values[name]
		return v, ok
	}, nil
}

// parseEnvFile reads NAME=value lines. A value in double quotes may go over
// several lines, as a private key does; lines that start with # are comments.
func parseEnvFile(text string) (map[string]string, error) {
	values := map[string]string{}
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for n := 0; n < len(lines); n++ {
		line := strings.TrimSpace(lines[n])
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(strings.TrimPrefix(line, "export "), "=")
		if !ok {
			return nil, fmt.Errorf("line %d is not NAME=value", n+1)
		}
		start := n
		for strings.HasPrefix(value, `"`) && !closed(value) {
			if n++; n == len(lines) {
				return nil, fmt.Errorf("line %d opens a quote that is never closed", start+1)
			}
			value += "\n" + lines[n]
		}
		values[strings.TrimSpace(name)] = unquote(value)
	}
	return values, nil
}

func closed(value string) bool {
	v := strings.TrimRight(value, " \t")
	return len(v) > 1 && strings.HasSuffix(v, `"`)
}

func unquote(value string) string {
	v := strings.TrimSpace(value)
	for _, q := range []string{`"`, `'`} {
		if len(v) > 1 && strings.HasPrefix(v, q) && strings.HasSuffix(v, q) {
			return v[1 : len(v)-1]
		}
	}
	return v
}
