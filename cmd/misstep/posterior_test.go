package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/run"
	"github.com/misstep/misstep/cmd/misstep/internal/run/runtest"
)

// TestNoMatchChangesNothing: a posterior that updates no number leaves the manifest as
// it is without one, and a note says so of an own one.
func TestNoMatchChangesNothing(t *testing.T) {
	p := clitest.InSmallFolder(t)
	runtest.Ships(t, p, nil)
	fixed := []string{"--draws", "4", "--set", "choice.price=0.1", "--set", "choice.rationality=40", "--set",
		"assumptions.onset.Borland>Aland.rate=2"}
	with, err := run.Open(clitest.Parsed(t, fixed...), "tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	without, err := run.Open(clitest.Parsed(t, append(fixed, "--prior")...), "tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(with.Describe(nil, nil), without.Describe(nil, nil)); diff != "" {
		t.Error(diff)
	}
	own := append([]string{"run", "tiny.yaml", "--replicates", "2", "--no-figures", "--posterior", "learned.txt"},
		fixed...)
	if status, _, stderr := call(own...); status != 0 ||
		!strings.Contains(stderr, "learned.txt updates no number of this scenario") {
		t.Errorf("%d, %s", status, stderr)
	}
}
