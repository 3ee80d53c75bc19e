package compare

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/model/outcome"
	"github.com/misstep/misstep/model/summary"
)

// TestReplayIsInterrupted: a context that ends leaves no comparison.
func TestReplayIsInterrupted(t *testing.T) {
	inCompareFolder(t)
	a := clitest.Parsed(t)
	a.Flags.Quiet = true
	c, err := openComparison(a, []string{storeTiny(t), storeTiny(t, "--set", "choice.rationality=30")}, true)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := replay(ctx, a, c); !errors.Is(err, context.Canceled) || c.others[0].changes != nil {
		t.Errorf("%v, %d changes", err, len(c.others[0].changes))
	}
}

// TestReplayWithAPosterior: a run drawn from a posterior is replayed with it, and its
// comparison with the priors' run says so.
func TestReplayWithAPosterior(t *testing.T) {
	clitest.InSmallFolder(t)
	prior, learned := storeTiny(t, "--prior"), storeTiny(t, "--posterior", "learned.txt")
	c := opened(t, true, prior, learned)
	text := inOneLine(c.inputLines(c.others[0]))
	if !strings.Contains(text, "posterior: none → learned.txt (sha256 ") || !strings.Contains(text, "by the posterior") {
		t.Error(text)
	}
	if c.standing() != "1 of 2 runs calibrated" {
		t.Error(c.standing())
	}
	moved := 0
	for _, x := range c.others[0].changes[0] {
		if x.Change.Value != 0 {
			moved++
		}
	}
	if moved < 20 {
		t.Errorf("a posterior moves %d of %d numbers", moved, len(c.others[0].changes[0]))
	}
}

// TestReplayOfSeveral: each run is paired with the first, as if it were alone with it.
func TestReplayOfSeveral(t *testing.T) {
	inCompareFolder(t)
	a, b, d := storeTiny(t), storeTiny(t, "--set", "choice.rationality=30"),
		storeTiny(t, "--set", "choice.rationality=90", "--contrast", "without,narrow")
	all := opened(t, true, a, b, d)
	for i, other := range []string{b, d} {
		one := opened(t, true, a, other)
		for k := range one.others[0].changes {
			for n, x := range one.others[0].changes[k] {
				if y := all.others[i].changes[k][n]; x != y {
					t.Errorf("%s: %+v with others, %+v alone", other, y, x)
				}
			}
		}
	}
	m := all.others[1].matches
	if len(m) != 2 || !m[0].Named() || m[0].Treatment != "with" || m[0].Other != 1 {
		t.Errorf("%+v", m)
	}
	if n := len(all.others[1].changes[0]); n != 3*len(outcome.All) ||
		all.others[1].change("cases", summary.OfBaseline) == nil {
		t.Errorf("%d changes", n)
	}
}
