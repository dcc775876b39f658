package checklist

import "bytes"

// A scanner reads the one line of an item for its hidden comments.
type scanner struct {
	raw []byte // up to the end of the item's paragraph
	// unclosed says that no comment ends in what is left, so that no text makes it
	// look again and again.
	unclosed bool
}

// scan returns the HTML comments that begin on a line, from..end, and end there
// too; stop is the end of their paragraph. What a code span or a backslash makes
// text is none.
func scan(raw []byte, from, end, stop int) []span {
	s := scanner{raw: raw[:stop]}
	var found []span
	for at := from; at < end; {
		switch {
		case raw[at] == '\\':
			at += 2
		case raw[at] == '`':
			at = s.skipCode(at)
		case bytes.HasPrefix(raw[at:end], []byte("<!--")):
			c := s.comment(at)
			if c.end <= end && bytes.HasSuffix(raw[c.start:c.end], []byte("-->")) {
				found = append(found, c)
			}
			at = c.end
		default:
			at++
		}
	}
	return found
}

// comment returns the comment that opens at, or only what opens it if it has no
// end.
func (s *scanner) comment(at int) span {
	if s.unclosed {
		return span{at, at + 4}
	}
	length := bytes.Index(s.raw[at+4:], []byte("-->"))
	if length < 0 {
		s.unclosed = true
		return span{at, at + 4}
	}
	return span{at, at + 4 + length + 3}
}

// skipCode returns where the code span ends that backticks at open, or where the
// backticks end if none as long closes it. It looks in vain once for each number
// of backticks at most.
func (s *scanner) skipCode(at int) int {
	length := s.ticks(at)
	for next := at + length; next < len(s.raw); {
		skip := bytes.IndexByte(s.raw[next:], '`')
		if skip < 0 {
			break
		}
		next += skip
		run := s.ticks(next)
		next += run
		if run == length {
			return next
		}
	}
	return at + length
}

func (s *scanner) ticks(at int) int {
	n := 0
	for at+n < len(s.raw) && s.raw[at+n] == '`' {
		n++
	}
	return n
}
