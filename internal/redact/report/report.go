// Package report measures the gate of package redact by the texts of package
// corpus: how much of what must go is found, and how much is taken that may stay.
package report

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/firebreak-app/firebreak/internal/redact/corpus"
)

// Clean takes out of a text what must not be written, as redact.Gate does.
type Clean func(text string) (string, error)

// Rate is how many of how many cases went right. The zero value is none of none.
type Rate struct{ Right, All int }

// Share is between 0 and 1; of no cases it is 1.
func (r Rate) Share() float64 {
	if r.All == 0 {
		return 1
	}
	return float64(r.Right) / float64(r.All)
}

func (r *Rate) add(right bool) {
	r.All++
	if right {
		r.Right++
	}
}

// Report is what came of a set of cases. Of a case's text it holds nothing.
type Report struct {
	// Classes are the rates by class: secrets and personal data that were found,
	// look-alikes that were kept.
	Classes map[string]Rate
	// Kinds are the same by class and kind, "secret/github-pat" for one.
	Kinds map[string]Rate
	// Failed are the ids of cases that went wrong, with their kind.
	Failed []Failure
}

// Failure names a case that went wrong.
type Failure struct {
	ID, Kind, Class string
	Hard            bool
}

// Measure runs the cases. An error of the gate's ends it: it names the case.
func Measure(clean Clean, cases []corpus.Case) (Report, error) {
	r := Report{Classes: map[string]Rate{}, Kinds: map[string]Rate{}}
	for _, c := range cases {
		text, err := clean(c.Text)
		if err != nil {
			return Report{}, fmt.Errorf("measure case %s: %w", c.ID, err)
		}
		right := len(c.Left(text)) == 0 && len(c.Lost(text)) == 0
		count(r.Classes, c.Class, right)
		count(r.Kinds, c.Class+"/"+c.Kind, right)
		if !right {
			r.Failed = append(r.Failed, Failure{c.ID, c.Kind, c.Class, c.Hard})
		}
	}
	return r, nil
}

func count(rates map[string]Rate, name string, right bool) {
	rate := rates[name]
	rate.add(right)
	rates[name] = rate
}

// The least that Firebreak holds itself to.
const (
	LeastSecrets    = 0.99
	LeastPersonal   = 0.97
	MostFalseAlarms = 0.02
)

// Enough tells whether the rates are what Firebreak holds itself to, and else
// which one is not.
func (r Report) Enough() error {
	for _, class := range []struct {
		name  string
		least float64
	}{{corpus.Secret, LeastSecrets}, {corpus.Personal, LeastPersonal}, {corpus.LookAlike, 1 - MostFalseAlarms}} {
		if rate := r.Classes[class.name]; rate.Share() < class.least {
			return fmt.Errorf("of the class %q, %d of %d went right, %.1f %% where %.0f %% are asked for",
				class.name, rate.Right, rate.All, 100*rate.Share(), 100*class.least)
		}
	}
	return nil
}

// Write tells the rates by class and by kind, the worst kinds first, and names
// the cases that went wrong.
func (r Report) Write(w io.Writer) {
	secrets, people, kept := r.Classes[corpus.Secret], r.Classes[corpus.Personal], r.Classes[corpus.LookAlike]
	fmt.Fprintf(w, "secrets found        %6.2f %%  %d of %d\n", 100*secrets.Share(), secrets.Right, secrets.All)
	fmt.Fprintf(w, "personal data found  %6.2f %%  %d of %d\n", 100*people.Share(), people.Right, people.All)
	fmt.Fprintf(w, "false alarms         %6.2f %%  %d of %d\n", 100*(1-kept.Share()), kept.All-kept.Right, kept.All)
	names := slices.SortedFunc(maps.Keys(r.Kinds), func(a, b string) int {
		return cmp.Or(cmp.Compare(r.Kinds[a].Share(), r.Kinds[b].Share()), cmp.Compare(a, b))
	})
	fmt.Fprintf(w, "\nby kind, the worst first:\n")
	for _, name := range names {
		rate := r.Kinds[name]
		fmt.Fprintf(w, "  %6.1f %%  %4d of %-4d  %s\n", 100*rate.Share(), rate.Right, rate.All, name)
	}
	if len(r.Failed) > 0 {
		fmt.Fprintf(w, "\nwent wrong:\n")
	}
	for _, f := range r.Failed {
		hard := ""
		if f.Hard {
			hard = "  (hard)"
		}
		fmt.Fprintf(w, "  %s  %s/%s%s\n", f.ID, f.Class, f.Kind, hard)
	}
}
