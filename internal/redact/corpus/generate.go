package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// kind is something that is drawn at random and put into a sentence.
type kind struct {
	name  string
	value func(draw) value
	// sentences are where it is put, at {value}. A sentence says {NAME} or
	// {name} for the variable and {service} for whose it is.
	sentences []string
	variable  string
	service   string
}

// value is drawn text, and the parts of it that are looked for.
type value struct {
	text  string
	parts []string
}

// whole is a value that is looked for as it is.
func whole(text string) value { return value{text, []string{text}} }

// Generate returns n cases with values of their own. Every second is a look-alike;
// of the others, one in six is in disguise and one in four personal. The same
// seed gives the same cases.
func Generate(seed uint64, n int) []Case {
	d := draw{rand.New(rand.NewPCG(seed, 0))}
	token, other := cycle(tokenKinds()), cycle(append(namedKinds(), structuredKinds()...))
	person, lookAlike := cycle(personalKinds()), cycle(lookAlikeKinds())
	cases := make([]Case, n)
	for i := range cases {
		turn := i / 2
		switch {
		case i%2 == 0:
			cases[i] = d.dressed(lookAlike(), LookAlike)
		case turn%6 == 0:
			cases[i] = d.dressed(d.disguised(token()), Secret)
		case turn%4 == 1:
			cases[i] = d.dressed(person(), Personal)
		case turn%2 == 0:
			cases[i] = d.dressed(token(), Secret)
		default:
			cases[i] = d.dressed(other(), Secret)
		}
		cases[i].ID = fmt.Sprintf("%s-%d-%d", cases[i].Kind, seed, i)
	}
	return cases
}

// cycle gives the kinds one after the other, again and again.
func cycle(kinds []kind) func() kind {
	turn := -1
	return func() kind {
		turn++
		return kinds[turn%len(kinds)]
	}
}

// dressed draws a value and puts it into one of the sentences of its kind, now and
// then with lines around it.
func (d draw) dressed(k kind, class string) Case {
	drawn := k.value(d)
	text := strings.NewReplacer(
		"{value}", drawn.text,
		"{NAME}", k.variable,
		"{name}", strings.ToLower(k.variable),
		"{service}", k.service,
		"{clock}", d.clock(),
	).Replace(pick(d, k.sentences))
	if d.chance(4) {
		text = pick(d, before) + "\n\n" + text
	}
	if d.chance(4) {
		text += "\n\n" + pick(d, after)
	}
	c := Case{Kind: k.name, Class: class, Text: text, Find: drawn.parts}
	if class == LookAlike {
		c.Find, c.Keep = nil, drawn.parts
	}
	return c
}

// Lines that stand before a text, or after it, and have nothing to find.
var (
	before = []string{
		"What we know so far:",
		"@maya this is from the second node.",
		"### Notes of the bridge",
		"**Triage** is done, see below.",
		"> is it still failing?\n\nYes.",
		"- checkout is slow\n- orders are not concerned",
	}
	after = []string{
		"Nothing else in the log.",
		"/incident check 3.1",
		"More when the rollback is through. :fire_engine:",
		"Next update in half an hour.",
		"---\nposted from the runbook",
		"- [x] told the support team\n- [ ] told the partner",
	}
)
