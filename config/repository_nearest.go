package config

import (
	"slices"
	"strings"
	"unicode"
)

// isSection says whether a name has keys of its own.
func isSection(name string) bool {
	return slices.ContainsFunc(RepositoryKeys, func(k RepositoryKey) bool { return strings.HasPrefix(k.Name, name+".") })
}

// keysOf lists a section's keys for people; all of them where there is no such
// section.
func keysOf(section string) string {
	var names []string
	for _, k := range RepositoryKeys {
		if !isSection(section) {
			names = append(names, "`"+k.Name+"`")
		} else if name, ok := strings.CutPrefix(k.Name, section+"."); ok {
			names = append(names, "`"+name+"`")
		}
	}
	return strings.Join(names, ", ")
}

// nearestKey returns the key or section that an unknown one was likely meant to
// be, also where it is written another way or belongs into another section; empty
// if there is none.
func nearestKey(name string) string {
	best, nearest := 3, ""
	last := plainKey(name[strings.LastIndexByte(name, '.')+1:])
	for _, known := range knownNames() {
		own := plainKey(known[strings.LastIndexByte(known, '.')+1:])
		distance := editDistance(last, own)
		if distance > len(own)/3 {
			continue
		}
		if sectionOf(known) != sectionOf(name) {
			distance++ // as good, but where it was written goes first
		}
		if distance < best {
			best, nearest = distance, known
		}
	}
	return nearest
}

func knownNames() []string {
	var names []string
	for _, k := range RepositoryKeys {
		if s := sectionOf(k.Name); s != "" && !slices.Contains(names, s) {
			names = append(names, s)
		}
		names = append(names, k.Name)
	}
	return names
}

func sectionOf(name string) string {
	section, _, ok := strings.Cut(name, ".")
	if !ok {
		return ""
	}
	return section
}

// plainKey is a key without how it is written: inlineCode, inline_code and
// inline-code are one.
func plainKey(key string) string {
	return strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(key))
}

// editDistance counts the letters to insert, delete or replace to make b of a.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost = 1 + min(before, row[j], row[j+1])
			}
			before, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

// printable keeps what people can see and a space, and drops the rest: control
// characters, and those that turn or hide the text around them.
func printable(c rune) rune {
	if unicode.IsSpace(c) {
		return ' '
	}
	if !unicode.IsPrint(c) {
		return -1
	}
	return c
}
