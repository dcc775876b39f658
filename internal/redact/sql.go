package redact

import (
	"regexp"
	"slices"
	"strings"
)

// sqlCode finds statements of SQL: their literals are data, and often people's.
func sqlCode() block {
	return block{kind: "code", hints: []string{"select", "insert", "update", "delete", "create", "alter", "drop", "truncate", "merge", "grant", "replace", "with"}, spans: statements}
}

const (
	// name is that of a table or a column, perhaps in quotes and with its schema.
	sqlName  = "(?:[\"`\\[]?[A-Za-z_][\\w$]*[\"`\\]]?(?:\\.[\"`\\[]?[A-Za-z_*][\\w$]*[\"`\\]]?)*)"
	sqlSpace = `[ \t\r\n>]+`
)

// statementBegins are the beginnings of statements that no sentence has, the
// first in capitals, as people write SQL, the second in small letters with more
// to tell it by.
var statementBegins = []struct {
	// words are in every such text, in small letters.
	words  string
	begins *regexp.Regexp
}{
	{"select from", regexp.MustCompile(`\bSELECT` + sqlSpace + `[^;\x00]{1,600}?\bFROM` + sqlSpace + `[\w"` + "`" + `\[(.]`)},
	{"select from", regexp.MustCompile(`(?i)\bselect` + sqlSpace + `(?:distinct` + sqlSpace + `)?(?:\*|count\(|(?:[\w.]+|[\w.]*\([^()\n]{0,80}\))(?:[ \t]+as[ \t]+\w+)?(?:,[ \t\r\n]*[^;\x00\n]{1,200}?)?)` + sqlSpace + `from` + sqlSpace + sqlName +
		`(?:[ \t]+(?:as[ \t]+)?\w{1,12})?(?:;|` + sqlSpace + `(?:where\b[^;\n]{0,80}(?:[=<>]|\b(?:in|like|is|between)\b)|(?:inner |left |right |full |cross )?join\b|order` + sqlSpace + `by|group` + sqlSpace + `by|limit` + sqlSpace + `\d|having\b|for update))`)},
	{"into", regexp.MustCompile(`(?i)\b(?:insert(?:` + sqlSpace + `(?:ignore|overwrite))?|replace)` + sqlSpace + `into` + sqlSpace + sqlName + `[ \t\r\n]*(?:\(|values\b|select\b|set\b|default\b)`)},
	{"select from", regexp.MustCompile(`(?i)\bselect` + sqlSpace + `(?:distinct` + sqlSpace + `)?(?:\*|\w+\([^()\n]{0,80}\)|\w*_\w+)(?:,[^;\x00\n]{1,200}?)?` + sqlSpace + `from` + sqlSpace + sqlName)},
	{"update set =", regexp.MustCompile(`(?i)\bupdate` + sqlSpace + `(?:only` + sqlSpace + `)?` + sqlName + `(?:[ \t]+(?:as[ \t]+)?\w{1,12})?` + sqlSpace + `set` + sqlSpace + sqlName + `[ \t]*=`)},
	{"delete from", regexp.MustCompile(`\bDELETE` + sqlSpace + `FROM` + sqlSpace + sqlName)},
	{"delete from", regexp.MustCompile(`(?i)\bdelete` + sqlSpace + `from` + sqlSpace + sqlName + `(?:;|` + sqlSpace + `(?:where|using|limit|returning)\b[^;\n]{0,80}(?:[=<>;]|\b(?:in|like|is|between)\b))`)},
	{"", regexp.MustCompile(`\b(?:CREATE(?:` + sqlSpace + `OR` + sqlSpace + `REPLACE)?|ALTER|DROP|TRUNCATE)` + sqlSpace + `(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNIQUE|UNLOGGED|MATERIALIZED|EXTERNAL|CONCURRENTLY)` + sqlSpace + `)*` +
		`(?:TABLE|INDEX|VIEW|DATABASE|SCHEMA|SEQUENCE|FUNCTION|PROCEDURE|TRIGGER|TYPE|USER|ROLE|EXTENSION|POLICY|COLUMN)` + sqlSpace + `(?:CONCURRENTLY` + sqlSpace + `)?(?:IF` + sqlSpace + `(?:NOT` + sqlSpace + `)?EXISTS` + sqlSpace + `)?` + sqlName)},
	{"", regexp.MustCompile(`(?i)\b(?:create` + sqlSpace + `(?:temp(?:orary)?` + sqlSpace + `)?table` + sqlSpace + `(?:if not exists )?` + sqlName + `[ \t\r\n]*\(|` +
		`create` + sqlSpace + `(?:unique` + sqlSpace + `)?index` + sqlSpace + `[^;\n]{0,80}\bon` + sqlSpace + sqlName + `[ \t]*\(|` +
		`alter` + sqlSpace + `table` + sqlSpace + `(?:if exists )?` + sqlName + sqlSpace + `(?:add|drop|alter|rename|modify|change|set|enable|disable|owner)\b|` +
		`drop` + sqlSpace + `(?:table|index|view|database|schema)` + sqlSpace + `(?:if exists )?` + sqlName + `[ \t]*(?:cascade)?;|truncate` + sqlSpace + `table` + sqlSpace + sqlName + `|` +
		`drop` + sqlSpace + `(?:table|index|view|database)` + sqlSpace + `if` + sqlSpace + `exists\b)`)},
	{"truncate", regexp.MustCompile(`\bTRUNCATE` + sqlSpace + `[a-z_]\w*_?\w*[ \t]*;?`)},
	{"grant on", regexp.MustCompile(`\b(?:GRANT|REVOKE)` + sqlSpace + `[A-Z, ]{3,80}` + sqlSpace + `ON` + sqlSpace + `[^;\n]{1,80}\b(?:TO|FROM)\b`)},
	{"merge into", regexp.MustCompile(`\bMERGE` + sqlSpace + `INTO` + sqlSpace + sqlName)},
	{"with select as (", regexp.MustCompile(`(?i)\bwith` + sqlSpace + `(?:recursive` + sqlSpace + `)?\w+` + sqlSpace + `as` + sqlSpace + `(?:materialized` + sqlSpace + `)?\([ \t\r\n]*select\b`)},
}

// sentenceTable are words that follow FROM in a sentence in capitals.
var sentenceTable = regexp.MustCompile(`\bFROM[ \t\r\n>]+(?i:the|a|an|our|your|this|that|all|one|my|their|its|it|here|now|each|any)\b`)

func statements(text string) []place {
	var places []place
	lower := lowerASCII(text)
	for _, s := range statementBegins {
		begins := s.begins
		if !hasAll(lower, strings.Fields(s.words)) {
			continue
		}
		for at := 0; at < len(text); {
			m := begins.FindStringIndex(text[at:])
			if m == nil {
				break
			}
			start, head := at+m[0], at+m[1]
			at = head
			first, _, _ := strings.Cut(text[start:], "\n")
			if sentenceTable.MatchString(text[start:min(len(text), head+12)]) && !strings.Contains(first, ";") {
				continue
			}
			end := statementEnd(text, start, head)
			places = append(places, place{start, end})
			at = max(end, head)
		}
	}
	return places
}

func hasAll(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

var statementGoesOn = regexp.MustCompile(`(?i)^[ \t>]*(?:from|where|and|or|on|(?:inner|left|right|full|cross|outer|natural)\b.*join|join|order|group|having|limit|offset|values|set|union|returning|using|when|then|else|end|select|insert|update|delete|for|with|as|add|modify|drop|alter|column|constraint|primary|foreign|references|engine|partition|window|fetch)\b|^[ \t>]*[(),;'"]|^[ \t>]*[\w"` + "`" + `.]+[ \t]*(?:,[ \t]*$|=)|^[ \t>]{2,}\S`)

// statementEnd is behind the semicolon, at the end of the code span that the
// statement stands in, or where lines no longer go on with it.
func statementEnd(text string, start, head int) int {
	rest := text[head:]
	stop := len(rest)
	if blank := blankLine.FindStringIndex(rest); blank != nil {
		stop = blank[0]
	}
	if spanned := strings.Count(text[strings.LastIndexByte(text[:start], '\n')+1:start], "`")%2 == 1; spanned {
		if tick := strings.IndexByte(rest[:stop], '`'); tick >= 0 {
			return head + tick
		}
	}
	end := 0
	for end < stop {
		line, _, more := strings.Cut(rest[end:stop], "\n")
		if end > 0 && !statementGoesOn.MatchString(line) {
			return head + end - 1
		}
		if semi := statementSemicolon(line); semi >= 0 {
			return head + end + semi
		}
		end += len(line)
		if !more {
			break
		}
		end++
	}
	return head + min(end, stop)
}

var blankLine = regexp.MustCompile(`\r?\n[ \t>]*\r?\n`)

// statementSemicolon gives the place behind the semicolon that ends a statement:
// not one within a literal.
func statementSemicolon(line string) int {
	quoted := false
	for i := range len(line) {
		switch line[i] {
		case '\'':
			quoted = !quoted
		case ';':
			if !quoted {
				return i + 1
			}
		}
	}
	if semi := strings.LastIndexByte(line, ';'); quoted && semi >= 0 {
		return semi + 1 // an apostrophe, not a literal
	}
	return -1
}
