package compare

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli/clitest"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
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
	if err := replay(ctx, a, c); !errors.Is(err, context.Canceled) || c.Others[0].Contrasts[0].Changes != nil {
		t.Errorf("%v, %+v", err, c.Others[0].Contrasts)
	}
}

// TestReplayWithAPosterior: a run drawn from a posterior is replayed with it, and its
// comparison with the priors' run says so.
func TestReplayWithAPosterior(t *testing.T) {
	clitest.InSmallFolder(t)
	prior, learned := storeTiny(t, "--prior"), storeTiny(t, "--posterior", "learned.txt")
	c := opened(t, true, prior, learned)
	var s say.Screen
	c.showInputs(&s, c.Others[0])
	text := inOneLine(s.Lines())
	if !strings.Contains(text, "posterior: none → learned.txt (sha256 ") || !strings.Contains(text, "by the posterior") {
		t.Error(text)
	}
	if c.standing() != "1 of 2 runs calibrated" {
		t.Error(c.standing())
	}
	moved := 0
	for _, x := range c.Others[0].Contrasts[0].Changes {
		if x.Change.Value != 0 {
			moved++
		}
	}
	if moved < 20 {
		t.Errorf("a posterior moves %d of %d numbers", moved, len(c.Others[0].Contrasts[0].Changes))
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
		for k := range one.Others[0].Contrasts {
			for n, x := range one.Others[0].Contrasts[k].Changes {
				if y := all.Others[i].Contrasts[k].Changes[n]; x != y {
					t.Errorf("%s: %+v with others, %+v alone", other, y, x)
				}
			}
		}
	}
	m := all.Others[1].Contrasts
	if len(m) != 2 || !m[0].Named() || m[0].Treatment != "with" || m[0].Other != 1 {
		t.Errorf("%+v", m)
	}
	if n := len(all.Others[1].Contrasts[0].Changes); n != 3*len(outcome.All) ||
		all.Others[1].change("cases", summary.OfBaseline) == nil {
		t.Errorf("%d changes", n)
	}
}
