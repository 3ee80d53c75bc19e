package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

func smallRun(t *testing.T, r settings.Run, arms ...string) (*cli.App, *job, *bytes.Buffer) {
	t.Helper()
	var stderr bytes.Buffer
	data, err := os.ReadFile("testdata/tiny.yaml")
	if err != nil {
		t.Fatal(err)
	}
	j := &job{name: "tiny", file: "tiny.yaml", text: data, arms: arms}
	if err := j.load(experiment.Plan{Seed: 1, Draws: 3, Replicates: 20, BlockSize: 20}); err != nil {
		t.Fatal(err)
	}
	j.settings = &settings.Settings{Run: r}
	return &cli.App{Out: &bytes.Buffer{}, Err: &stderr}, j, &stderr
}

// TestSimulateEqualsRun: without a precision it is the plan, for any workers.
func TestSimulateEqualsRun(t *testing.T) {
	_, direct, _ := smallRun(t, settings.Run{})
	sums, err := experiment.Run(context.Background(), direct.plan, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := string(say.JSON(complete(summary.Of(sums))))
	for _, workers := range []int{0, 1, 3} {
		a, j, _ := smallRun(t, settings.Run{Workers: workers})
		_, s, err := simulate(a, context.Background(), j)
		if err != nil || string(say.JSON(complete(s))) != want {
			t.Errorf("%d workers: %v", workers, err)
		}
	}
}

// TestPrecision: the half-width ends below the target, by whole blocks, and the
// result is that of a plan of the length that was reached.
func TestPrecision(t *testing.T) {
	a, j, stderr := smallRun(t, settings.Run{Workers: 2, Precision: 0.1})
	j.plan.Replicates, j.plan.BlockSize = 7, 7
	_, s, err := simulate(a, context.Background(), j)
	if err != nil {
		t.Fatal(err)
	}
	if s.Headline.Difference.MC >= 0.1 || j.plan.Replicates%blockSize != 0 || j.plan.Replicates <= blockSize || j.plan.BlockSize != blockSize || stderr.Len() > 0 {
		t.Errorf("±%v after %d replicates in blocks of %d; %s", s.Headline.Difference.MC, j.plan.Replicates, j.plan.BlockSize, stderr)
	}
	_, again, _ := smallRun(t, settings.Run{})
	again.plan.Replicates, again.plan.BlockSize, again.settings = j.plan.Replicates, blockSize, &settings.Settings{}
	_, direct, err := simulate(a, context.Background(), again)
	if err != nil || !bytes.Equal(say.JSON(s), say.JSON(direct)) {
		t.Errorf("the result hangs on how the length was reached: %v", err)
	}
}

// TestPrecisionGivesUp: at the bound there is a result and a note.
func TestPrecisionGivesUp(t *testing.T) {
	a, j, stderr := smallRun(t, settings.Run{Workers: 2, Precision: 1e-9})
	j.plan.Draws = 1
	_, s, err := simulate(a, context.Background(), j)
	if err != nil || s.Run.Replicates != maxExtension*blockSize {
		t.Errorf("%v, %d replicates", err, s.Run.Replicates)
	}
	if !strings.Contains(stderr.String(), "--precision 1e-09 not reached: ±") || !strings.Contains(stderr.String(), "start from more --replicates") {
		t.Errorf("%s", stderr)
	}
}

// TestPrecisionNeedsAContrast: one arm has no difference.
func TestPrecisionNeedsAContrast(t *testing.T) {
	a, j, _ := smallRun(t, settings.Run{Precision: 1}, "with")
	if _, _, err := simulate(a, context.Background(), j); err == nil || !strings.Contains(err.Error(), "with one arm there is none") {
		t.Errorf("%v", err)
	}
}

// TestInterrupted: a context that ends ends the run, also while it is extended.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	a, j, _ := smallRun(t, settings.Run{})
	if _, _, err := simulate(a, ctx, j); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	ctx, cancel = context.WithCancel(context.Background())
	_, j, _ = smallRun(t, settings.Run{Precision: 1e-9})
	sums := experiment.NewSums(j.plan)
	bar := cli.ProgressTo(io.Discard, true, time.Now)
	cancel()
	if err := sums.Extend(ctx, 0, 20, 1, bar.Update); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestProbe: the probe scales to the plan and does not change it.
func TestProbe(t *testing.T) {
	_, j, _ := smallRun(t, settings.Run{Workers: 1})
	before := j.plan
	p, err := probe(context.Background(), j)
	if err != nil || j.plan != before {
		t.Fatal(err)
	}
	if p.replicates < 1 || p.took <= 0 || p.perFuture <= 0 {
		t.Errorf("%+v", p)
	}
	one := p.expected(j)
	j.plan.Replicates *= 10
	if ten := p.expected(j); ten < 9*one || ten > 11*one {
		t.Errorf("ten times the replicates take %v, not ten times %v", ten, one)
	}
	if p.events(j) <= 0 {
		t.Error(p.events(j))
	}
}

func TestRounded(t *testing.T) {
	for x, want := range map[float64]string{12: "12", 9999: "9,999", 12345: "12,000", 1.19e7: "11.9 million", 2.5e9: "2.5 billion"} {
		if got := rounded(x); got != want {
			t.Errorf("rounded(%v) = %q", x, got)
		}
	}
}

// TestReached: an error of zero is no knowledge while nothing has differed.
func TestReached(t *testing.T) {
	s := func(mc float64, identical bool) *summary.Summary {
		return &summary.Summary{Headline: summary.Headline{Difference: summary.Estimate{MC: mc}},
			Contrasts: []summary.Contrast{{Pairing: summary.Pairing{Identical: identical}}}}
	}
	for _, c := range []struct {
		mc        float64
		identical bool
		want      bool
	}{{.2, false, false}, {.1, false, false}, {.09, false, true}, {0, false, false}, {0, true, true}} {
		if got := reached(s(c.mc, c.identical), .1); got != c.want {
			t.Errorf("±%v, identical %v: %v", c.mc, c.identical, got)
		}
	}
	if got := nextLength(20, 0, .1); got != 80 {
		t.Errorf("nothing known: %d", got)
	}
}
