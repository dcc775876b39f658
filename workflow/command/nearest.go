package command

import (
	"fmt"
	"strings"
)

// unknownVerb refuses a word that is no verb, naming the verb that was likely meant.
func unknownVerb(word string, o Options) *Problem {
	if word == "" {
		return &Problem{
			Cause:    "`/incident` needs a verb after it.",
			Accepted: []string{"/incident status", "/incident severity P1", "/incident timeline TEXT | WHEN"},
			Next:     "Comment `/incident help` for all of them.",
		}
	}
	p := problem("`/incident` has no verb %s.", quote(word))
	p.Next = "Comment `/incident help` for the verbs there are."
	if d, ok := find(nearest(word, o)); ok {
		p.Nearest = d.verb
		p.Cause = fmt.Sprintf("`/incident` has no verb %s; the nearest is %s.", quote(word), codeSpan(d.name()))
		p.Accepted = d.examples
		p.Next = "If that was meant, comment it so; `/incident help` lists all verbs."
	}
	return p
}

// nearest gives the verb that word is a slip or the beginning of, or none.
func nearest(word string, o Options) Verb {
	word = strings.ToLower(strings.Trim(word, ":,.;!"))
	if _, ok := o.severity(word); ok {
		return severity.verb
	}
	if len(word) > 20 {
		return ""
	}
	best, verb := 1+min(2, len(word)/3), Verb("")
	for _, d := range registry {
		v := string(d.verb)
		distance := editDistance(word, v)
		if len(word) >= 3 && strings.HasPrefix(v, word) {
			distance = 1
		}
		if distance < best {
			best, verb = distance, d.verb
		}
	}
	return verb
}

// editDistance counts the letters to insert, delete, replace or swap with their neighbour to make b of a.
func editDistance(a, b string) int {
	before, row := []int(nil), countTo(len(b))
	for i := range len(a) {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(row[j]+cost, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}

func countTo(n int) []int {
	row := make([]int, n+1)
	for i := range row {
		row[i] = i
	}
	return row
}
