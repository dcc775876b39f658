package redact

import (
	"regexp"
	"strings"
)

// loneFrames are frames that show what they are one by one.
var loneFrames = []*regexp.Regexp{
	regexp.MustCompile(`^(?:from )?(?:\.{0,2}[\w@~.+-]*/)?[\w@~./+-]+\.(?:rb|rake|ru|erb):\d+:in ['"` + "`" + `].*['"]`), // Ruby
	regexp.MustCompile(`^#\d+ +(?:/|[A-Z]:\\|\[internal function\])[^\s()]*(?:\(\d+\))?: ?[\w\\:>{}$ -]+(?:\(.*\))?$`),   // PHP
	regexp.MustCompile(`^#\d+ +\{main\}$`),                                                             // PHP
	regexp.MustCompile(`^#\d+ +(?:0x[0-9a-f]+ in )?[\w:~<>*&, ]+ ?\(.*\) (?:at|from) \S+$`),            // C, C++ (gdb)
	regexp.MustCompile(`^#\d+ +0x[0-9a-f]+ (?:in )?\S+`),                                               // C, C++, sanitizers
	regexp.MustCompile(`^#\d+ +[\w.<>$ ]+ \((?:package|dart|file):[^)]+\)$`),                           // Dart
	regexp.MustCompile(`^\d+: +(?:0x[0-9a-f]+ - )?(?:<?[\w$]+(?: as [\w:<>]+>?)?::)+[\w$<>{}:# ]+$`),   // Rust
	regexp.MustCompile(`^at (?:/rustc/|\.{0,2}/|/)?[\w./@+-]+\.(?:rs|swift|c|cc|cpp|h):\d+(?::\d+)?$`), // Rust
	regexp.MustCompile(`^\(?(?:\([a-z_]\w* [\d.]+[\w.-]*\) )[\w./]+\.exs?:\d+: \S+`),                   // Elixir
	regexp.MustCompile(`^[\w./$<>]+@(?:https?|file|webpack|resource|app)[:/][^\s]+:\d+:\d+$`),          // Firefox, Safari
	regexp.MustCompile(`^at System\.[\w.<>` + "`" + `\[\],+|]+\(.*\)$`),                                // .NET without source
	regexp.MustCompile(`^--- End of (?:stack trace|inner exception stack trace)`),                      // .NET
	regexp.MustCompile(`^\d+ +[\w.?-]+ +0x[0-9a-f]{8,} .+ \+ \d+$`),                                    // macOS, iOS
	regexp.MustCompile(`^(?:.* called )?at [\w./-]+\.(?:pl|pm) line \d+\.?$`),                          // Perl
	regexp.MustCompile(`^\S+\(\S*\+0x[0-9a-f]+\) ?\[0x[0-9a-f]+\]$`),                                   // glibc
	regexp.MustCompile(`^[\w.]+(?:\.[\w$]+)+\([\w$]+\.(?:java|kt|scala|groovy|clj):\d+\)$`),            // JVM without "at"
	regexp.MustCompile(`^File "[^"]+", line \d+(?:, in \S+)?$`),                                        // Python, cut
}

// moreTrace counts frames of languages that have others than "at function". A
// single one of Python's could be quoted in a sentence of its own: it takes two.
func moreTrace(lines []string) int {
	n := 0
	for n < len(lines) && isLoneFrame(bare(lines[n])) {
		n++
	}
	if n == 0 || n == 1 && strings.HasPrefix(bare(lines[0]), "File ") {
		return 0
	}
	return n
}

// frameSigns are in every frame, and in few other lines.
var frameSigns = regexp.MustCompile(`:\d|^#\d|::|0x[0-9a-f]{4}|^---|^at System|line \d|^[\w.]+\(`)

func isLoneFrame(line string) bool {
	const shortest, longest = 8, 1000
	if len(line) < shortest || len(line) > longest || !frameSigns.MatchString(line) {
		return false
	}
	for _, f := range loneFrames {
		if f.MatchString(line) {
			return true
		}
	}
	return false
}
