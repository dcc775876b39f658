// Command report measures the redaction and prints what came of it. It ends with
// status 1 if that is less than Firebreak holds itself to.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/internal/redact/corpus"
	"github.com/firebreak-app/firebreak/internal/redact/report"
)

func main() {
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano())%1_000_000, "what the generated cases are drawn from")
	cases := flag.Int("cases", 5000, "how many cases are generated")
	flag.Parse()
	if err := run(*seed, *cases); err != nil {
		fmt.Fprintf(os.Stderr, "redaction: %v\nthe same again: make redaction-report SEED=%d\n", err, *seed)
		os.Exit(1)
	}
}

func run(seed uint64, n int) error {
	gate, err := redact.New()
	if err != nil {
		return err
	}
	clean := func(text string) (string, error) {
		out, _, err := gate.Clean(text)
		return out, err
	}
	kept, err := corpus.Read()
	if err != nil {
		return err
	}
	fmt.Printf("The corpus, %d cases:\n\n", len(kept))
	err = show(clean, kept)
	fmt.Printf("\nGenerated, %d cases, seed %d:\n\n", n, seed)
	return errors.Join(err, show(clean, corpus.Generate(seed, n)))
}

func show(clean report.Clean, cases []corpus.Case) error {
	r, err := report.Measure(clean, cases)
	if err != nil {
		return err
	}
	r.Write(os.Stdout)
	return r.Enough()
}
