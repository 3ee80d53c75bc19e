package run

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/cmd/misstep/internal/say"
	"github.com/misstep/misstep/cmd/misstep/internal/settings"
	"github.com/misstep/misstep/internal/small"
	"github.com/misstep/misstep/model"
	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/summary"
)

func smallRun(t *testing.T, r settings.Run, arms ...string) (*cli.App, *Run, *bytes.Buffer) {
	t.Helper()
	var stderr bytes.Buffer
	data := small.YAML
	j := &Run{Name: "tiny", File: "tiny.yaml", Text: data, Arms: arms}
	if err := j.Load(experiment.Plan{Seed: 1, Draws: 3, Replicates: 20, BlockSize: 20}); err != nil {
		t.Fatal(err)
	}
	j.Settings = &settings.Settings{Run: r}
	return &cli.App{Out: &bytes.Buffer{}, Err: &stderr}, j, &stderr
}

// TestSimulateEqualsRun: without a precision it is the plan, for any workers.
func TestSimulateEqualsRun(t *testing.T) {
	_, direct, _ := smallRun(t, settings.Run{})
	sums, err := experiment.Run(context.Background(), direct.Plan, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := string(say.JSON(complete(summary.Of(sums))))
	for _, workers := range []int{0, 1, 3} {
		a, j, _ := smallRun(t, settings.Run{Workers: workers})
		_, s, err := Simulate(context.Background(), a, j)
		if s != nil {
			s.Headline.Other, s.Headline.Levers = summary.Estimate{}, nil // runs of their own
		}
		if err != nil || string(say.JSON(complete(s))) != want {
			t.Errorf("%d workers: %v", workers, err)
		}
	}
}

// TestAlone: without side runs the numbers are the same, what was not played is not there, the folder has another name,
// and no comparison takes the two for the same.
func TestAlone(t *testing.T) {
	a, j, _ := smallRun(t, settings.Run{})
	_, whole, err := Simulate(context.Background(), a, j)
	if err != nil {
		t.Fatal(err)
	}
	named := j.Describe(nil, nil).Folder()
	j.alone = true
	_, s, err := Simulate(context.Background(), a, j)
	if err != nil {
		t.Fatal(err)
	}
	none := summary.Estimate{Low: math.Inf(-1), High: math.Inf(1)}
	if h := &s.Headline; h.Other != none || h.Levers != nil || h.Prior != nil || s.Expectations != nil ||
		!s.Run.Alone || whole.Run.Alone || whole.Headline.Other == none {
		t.Errorf("%+v", s.Headline)
	}
	if diff := cmp.Diff(whole.Contrasts, s.Contrasts); diff != "" {
		t.Error(diff)
	}
	if now := j.Describe(nil, nil).Folder(); now == named {
		t.Errorf("both stand in %s", now)
	}
	again, err := Reload("x/manifest.json", j.Describe(nil, nil))
	if err != nil || !again.alone || again.Describe(nil, nil).Hash != j.Describe(nil, nil).Hash {
		t.Errorf("%v: it is not repeated as it was", err)
	}
}

// TestPrecision: the half-width ends below the target, by whole blocks, and the
// result is that of a plan of the length that was reached.
func TestPrecision(t *testing.T) {
	a, j, stderr := smallRun(t, settings.Run{Workers: 2, Precision: 0.1})
	j.Plan.Replicates, j.Plan.BlockSize = 7, 7
	_, s, err := Simulate(context.Background(), a, j)
	if err != nil {
		t.Fatal(err)
	}
	if s.Headline.Difference.MC >= 0.1 || j.Plan.Replicates%model.BlockSize != 0 || j.Plan.Replicates <= model.BlockSize ||
		j.Plan.BlockSize != model.BlockSize || strings.Contains(stderr.String(), "not reached") {
		t.Errorf("±%v after %d replicates in blocks of %d; %s", s.Headline.Difference.MC, j.Plan.Replicates,
			j.Plan.BlockSize, stderr)
	}
	_, again, _ := smallRun(t, settings.Run{})
	again.Plan.Replicates, again.Plan.BlockSize, again.Settings = j.Plan.Replicates, model.BlockSize, &settings.Settings{}
	_, direct, err := Simulate(context.Background(), a, again)
	if err != nil || !bytes.Equal(say.JSON(s), say.JSON(direct)) {
		t.Errorf("the result hangs on how the length was reached: %v", err)
	}
}

// TestPrecisionGivesUp: at the bound there is a result and a note.
func TestPrecisionGivesUp(t *testing.T) {
	a, j, stderr := smallRun(t, settings.Run{Workers: 2, Precision: 1e-9})
	j.Plan.Draws = 1
	_, s, err := Simulate(context.Background(), a, j)
	if err != nil || s.Run.Replicates != model.MaxExtension*model.BlockSize {
		t.Errorf("%v, %d replicates", err, s.Run.Replicates)
	}
	if !strings.Contains(stderr.String(), "--precision 1e-09 not reached: ±") ||
		!strings.Contains(stderr.String(), "start from more --replicates") {
		t.Errorf("%s", stderr)
	}
}

// TestPrecisionNeedsAContrast: one arm has no difference.
func TestPrecisionNeedsAContrast(t *testing.T) {
	a, j, _ := smallRun(t, settings.Run{Precision: 1}, "with")
	if _, _, err := Simulate(context.Background(), a, j); err == nil ||
		!strings.Contains(err.Error(), "with one arm there is none") {
		t.Errorf("%v", err)
	}
}

// TestInterrupted: a context that ends ends the run, also while it is extended.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	a, j, _ := smallRun(t, settings.Run{})
	if _, _, err := Simulate(ctx, a, j); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	ctx, cancel = context.WithCancel(context.Background())
	_, j, _ = smallRun(t, settings.Run{Precision: 1e-9})
	sums := experiment.NewSums(j.Plan)
	bar := cli.ProgressTo(io.Discard, true, time.Now)
	cancel()
	if err := sums.Extend(ctx, 0, 20, 1, bar.Update); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
