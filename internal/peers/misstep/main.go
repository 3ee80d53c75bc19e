// Command misstep plays the reduced model with this program's engine, as the other programs of internal/peers do:
//
//	misstep REPLICATES SEED        by the engine alone
//	misstep REPLICATES SEED run    by a whole run of the library, with its sums and its summary
//	misstep exact                  the means, by enumeration
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"

	"github.com/misstep/misstep/internal/peers"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 1 && args[0] == "exact" {
		return exact()
	}
	if len(args) < 2 {
		return fmt.Errorf("want a number of replicates and a seed, or exact")
	}
	n, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	seed, err := strconv.ParseUint(args[1], 10, 64)
	if err != nil {
		return err
	}
	m, err := peers.Load(n, seed)
	if err != nil {
		return err
	}
	if len(args) == 2 {
		t := peers.Play(m)
		t.Write(os.Stdout)
		return nil
	}
	r, err := m.Run(context.Background())
	if err != nil {
		return err
	}
	h := r.Summary.Headline
	fmt.Println(n, h.Baseline.Value, h.Treatment.Value, h.Difference.Value, h.Difference.MC)
	return nil
}

// exact prints the means of both arms, in the order of a row.
func exact() error {
	p, err := peers.Parse(peers.Text)
	if err != nil {
		return err
	}
	without, with, _ := peers.Exact(p, 9)
	for _, m := range []peers.Means{without, with} {
		fmt.Println(m.Incidents, m.Steps, m.Missteps, m.Replies)
	}
	return nil
}
