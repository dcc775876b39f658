package redact

import (
	"regexp"
	"strings"
)

var stackTrace = block{kind: "stack-trace", hints: []string{"at ", "traceback", "goroutine ", ":in ", "#", "0x", "::", ".ex", "@", "(", "line "}, measure: trace, margin: quoteMargin}

// quoteMargin drops the indentation that frames have: Markdown would take a line
// so far in for code.
func quoteMargin(first string) string {
	margin := quotes.FindString(first)
	if at := strings.LastIndexByte(margin, '>'); at >= 0 {
		return margin[:at+1] + " "
	}
	return ""
}

// trace measures the stack trace that the first line begins, in the forms of the
// JVM, .NET, Node, Python and Go. What failed, the exception's own line, stays:
// it is what people read.
func trace(lines []string) int {
	total := 0
	for total < len(lines) {
		rest := lines[total:]
		n := max(frames(rest), pythonTrace(rest), goTrace(rest), moreTrace(rest))
		if n == 0 {
			break
		}
		total += n
	}
	return total
}

var (
	// jvmFrame is sure enough to be found behind a log's time stamp.
	jvmFrame    = regexp.MustCompile(`(?:^|\s)at (?:[\w.@-]+/)*[\w$.<>]+\((?:[\w$.-]+\.[a-z]+:\d+|Native Method|Unknown Source|<generated>)\)`)
	nodeFrame   = regexp.MustCompile(`^at (?:[^()]+ )?\(?(?:[^\s()]*[/\\.:])[^\s()]*[A-Za-z>)][^\s()]*:\d+:\d+\)?,?$`)
	dotnetFrame = regexp.MustCompile(`^at [\w.<>` + "`" + `\[\],+|]+\(.*\) in .+:line \d+$`)
	moreFrames  = regexp.MustCompile(`^\.\.\. \d+ (?:more|common frames omitted)`)
)

// frames counts the lines of the form "at function (file:line)".
func frames(lines []string) int {
	n := 0
	for n < len(lines) && isFrame(bare(lines[n]), n > 0) {
		n++
	}
	return n
}

func isFrame(line string, within bool) bool {
	if within && (moreFrames.MatchString(line) || line == "at <anonymous>") {
		return true
	}
	if !strings.HasPrefix(line, "at ") && !(strings.Contains(line, "at ") && strings.HasSuffix(line, ")")) {
		return false
	}
	return jvmFrame.MatchString(line) || nodeFrame.MatchString(line) || dotnetFrame.MatchString(line)
}

// bare is a line without the marks of quotes, indentation and line end.
func bare(line string) string {
	return strings.TrimRight(strings.TrimLeft(line, " \t>"), " \t\r\n")
}

var pythonFrame = regexp.MustCompile(`^File ".*", line \d+`)

// pythonTrace counts the lines from "Traceback" up to the exception's, which is
// the first one not indented more.
func pythonTrace(lines []string) int {
	if !strings.HasPrefix(bare(lines[0]), "Traceback (most recent call last)") {
		return 0
	}
	margin, n := indent(lines[0]), 1
	for n < len(lines) && bare(lines[n]) != "" && (indent(lines[n]) > margin || pythonFrame.MatchString(bare(lines[n]))) {
		n++
	}
	return n
}

// indent measures the blanks behind the marks of quotes.
func indent(line string) int {
	line = line[strings.LastIndexByte(quotes.FindString(line), '>')+1:]
	return len(line) - len(strings.TrimLeft(line, " \t"))
}

var (
	goHeader = regexp.MustCompile(`^goroutine \d+ .*\[.+\]:$`)
	goCall   = regexp.MustCompile(`^(?:created by )?[\w./*()\[\]{}$·,%~-]+(?:\(.*\)$| in goroutine \d+$|$)`)
	goPlace  = regexp.MustCompile(`^\S.*\.(?:go|s):\d+(?: \+0x[0-9a-f]+)?$`)
)

// goTrace counts the lines of one goroutine, and the empty line before the next.
func goTrace(lines []string) int {
	if !goHeader.MatchString(bare(lines[0])) {
		return 0
	}
	n := 1
	for n < len(lines) && isGoFrame(bare(lines[n])) {
		n++
	}
	if n+1 < len(lines) && bare(lines[n]) == "" && goHeader.MatchString(bare(lines[n+1])) {
		n++
	}
	return n
}

func isGoFrame(line string) bool {
	return goPlace.MatchString(line) || strings.HasPrefix(line, "created by ") ||
		strings.Contains(line, "(") && goCall.MatchString(line) || strings.HasPrefix(line, "...additional frames")
}
