package study

import (
	"context"
	"io"
	"testing"

	"github.com/misstep/misstep/cmd/misstep/internal/cli"
	"github.com/misstep/misstep/model/experiment"
)

// TestAScanPlaysWhatItHasOnce: along a number of the forum the arm without one is played at the first point alone, on
// a grid once for each value of the numbers that touch it, and along a number of everybody nothing is kept.
func TestAScanPlaysWhatItHasOnce(t *testing.T) {
	for _, c := range []struct {
		vary   []string
		points int // of a scatter
		plays  int // of one arm or the other; 0 where nothing is kept
	}{
		{[]string{"strength.delay=0.1:0.9:5"}, 0, 5 + 1},
		{[]string{"strength.delay=0.1:0.9:3", "choice.rationality=20:60:2"}, 0, 6 + 2},
		{[]string{"strength.delay=0.1:0.9", "strength.fragility=0.1:0.9"}, 4, 4 + 1},
		{[]string{"strength.delay=0.1:0.9", "choice.rationality=20:60"}, 4, 0},
		{[]string{"choice.rationality=20:60:3"}, 0, 0},
	} {
		j := tinyJob(t)
		s, err := openScan(j, "sweep", c.vary, ranges{scatter: c.points > 0}, c.points)
		if err != nil {
			t.Fatal(err)
		}
		s.pair = true
		a := &cli.App{Out: io.Discard, Err: io.Discard}
		err = s.play(context.Background(), a, &longFlags{}, "sweep", c.vary,
			func(int, []float64, *experiment.Sums) any { return 0 })
		if err != nil {
			t.Fatal(err)
		}
		s.points.Done()
		if s.memo == nil {
			if c.plays != 0 {
				t.Errorf("%v: nothing is kept", c.vary)
			}
			continue
		}
		if want := c.plays * j.Plan.Draws * j.Plan.Replicates; s.memo.Played() != want {
			t.Errorf("%v: %d replicates are played, want %d", c.vary, s.memo.Played(), want)
		}
	}
}
