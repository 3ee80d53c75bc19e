package main

import (
	"strings"
	"testing"

	"github.com/misstep/misstep/model/experiment"
)

// TestNoFutureIsRefused: a stored plan of nothing is said to be one. Catches a
// division by its replicates.
func TestNoFutureIsRefused(t *testing.T) {
	for _, p := range []experiment.Plan{{Draws: 1}, {Replicates: 1}, {Draws: -1, Replicates: 1}} {
		j := &job{name: "x", file: "x.yaml", text: []byte("misstep: 1\n")}
		if err := j.load(p); err == nil || !strings.Contains(err.Error(), "are no future; take at least one of each") {
			t.Errorf("%d × %d: %v", p.Draws, p.Replicates, err)
		}
	}
}
