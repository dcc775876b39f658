package markdown

import (
	"regexp"
	"strings"
)

// NoMention goes between an @ and what follows, so that GitHub finds nobody to
// notify: it is seen by no reader, and works in Markdown and in HTML alike.
const NoMention = "&#8203;"

var (
	// A bare URL stays as it is, since GitHub links it before it looks at escapes.
	// Only characters that mean nothing else wherever the text is set are taken,
	// and only hosts that every reader of Markdown takes for one.
	bareURL = regexp.MustCompile(`^https?://(?:[a-z0-9-]+\.)+[a-z]+(?::[0-9]+)?(?:[/?#][A-Za-z0-9\-._~:/?#=%+,&]*)?`)
	entity  = regexp.MustCompile(`^&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);`)
	ordinal = regexp.MustCompile(`^[0-9]{1,9}[.)]`)
)

// Inline returns plain text as one line of Markdown that shows it as it was
// typed, wherever it is set: in a paragraph, a heading, an item, at the start of
// a line, between HTML tags. Line breaks become spaces; bare http and https URLs
// still link; nobody is mentioned. Within a table use Cell.
func Inline(text string) string {
	return escape(oneLine(text), `\|`)
}

// Cell is Inline for a table cell. The pipe becomes an entity, so that no reader
// of tables, however it counts backslashes, ends the cell there.
func Cell(text string) string {
	return escape(oneLine(text), "&#124;")
}

func escape(line, pipe string) string {
	var b strings.Builder
	b.Grow(len(line) + len(line)/8)
	at := escapeStart(&b, line)
	for at < len(line) {
		if line[at] == 'h' && (at == 0 || line[at-1] == ' ' || line[at-1] == '(') {
			if url := bareURL.FindString(line[at:]); url != "" {
				b.WriteString(url)
				at += len(url)
				continue
			}
		}
		escapeByte(&b, line, at, pipe)
		at++
	}
	return b.String()
}

// escapeStart writes what would begin a block at the start of a line: a heading,
// an item, an underline, a table's delimiter row, a slash command for some bot.
// It returns how many bytes it took.
func escapeStart(b *strings.Builder, line string) int {
	if line == "" {
		return 0
	}
	switch line[0] {
	case '#', '-', '+', '=', '/', ':':
		b.WriteString(`\` + line[:1])
		return 1
	}
	if number := ordinal.FindString(line); number != "" {
		last := len(number) - 1
		b.WriteString(number[:last] + `\` + number[last:])
		return len(number)
	}
	return 0
}

func escapeByte(b *strings.Builder, line string, at int, pipe string) {
	switch c := line[at]; c {
	case '\\', '`', '*', '[', ']', '~', '$':
		b.WriteByte('\\')
		b.WriteByte(c)
	case '#': // at the end of a heading it would be taken for its closing sequence
		if at == len(line)-1 {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	case '_':
		if !within(line, at) {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	case '<':
		b.WriteString("&lt;")
	case '>':
		b.WriteString("&gt;")
	case '|':
		b.WriteString(pipe)
	case '&':
		b.WriteString(ampersand(line[at:]))
	case '@':
		b.WriteByte(c)
		if mentions(line, at) {
			b.WriteString(NoMention)
		}
	default:
		b.WriteByte(c)
	}
}

// within reports whether the byte at stands between letters or digits, where an
// underscore marks nothing.
func within(line string, at int) bool {
	return at > 0 && at+1 < len(line) && isAlnum(line[at-1]) && isAlnum(line[at+1])
}

func ampersand(rest string) string {
	if entity.MatchString(rest) {
		return "&amp;"
	}
	return "&"
}

// mentions reports whether the @ at could begin a mention. After a letter or
// digit it never does: that is an address or a version. Whatever follows counts,
// also nothing, since more text may follow what is escaped here.
func mentions[T string | []byte](text T, at int) bool {
	return at == 0 || !isAlnum(text[at-1])
}
