package summary

import (
	"cmp"
	"encoding/json"
	"testing"

	"github.com/misstep/misstep/model/experiment"
	"github.com/misstep/misstep/model/sim"
)

// TestCurveOfAFinerEstimator: an estimator with a quarter of the variance of counting has half of its band. Catches the
// noise of counting for every estimator.
func TestCurveOfAFinerEstimator(t *testing.T) {
	s := crafted(t, 2, func(_ int, x *experiment.ArmSums) { x.Series.Expected[3][7] = x.N / 2 })
	steps := gather(s.Arms[0], 1, func(x *experiment.ArmSums, _ int) [sim.Bins]float64 { return x.Series.Expected[3] })[0]
	counted, finer := curve(s, replicatesOf(s, 0), steps, 1), curve(s, replicatesOf(s, 0), steps, 0.25)
	for b, p := range counted.Value {
		wide, narrow := counted.MCHigh[b]-p, finer.MCHigh[b]-p
		if !near(narrow, wide/2) || (wide > 0) != (b >= 7) {
			t.Fatalf("bin %d: ±%v, and ±%v with a quarter of the variance", b, wide, narrow)
		}
	}
}

// TestBandsOfOneReplicate: a draw of one replicate tells no error, and draws of one no range; where parameters are
// fixed the range is the value. JSON has null, and gives it back.
func TestBandsOfOneReplicate(t *testing.T) {
	for _, draws := range []int{1, 4} {
		s := summarise(t, small, true, draws, 1)
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var read Summary
		if err := cmp.Or(json.Unmarshal(data, &read), read.Check()); err != nil {
			t.Error(err)
		}
		for _, a := range append(s.Arms, read.Arms...) {
			c, n := &a.Curves[0], &a.Counts[0]
			if c.MCLow != nil || c.MCHigh != nil || (c.Low == nil) != (draws > 1) || (c.High == nil) != (draws > 1) ||
				a.PeaksMC != nil || n.MC != nil || c.Low.At(0) != nil && *c.Low.At(0) != c.Value[0] {
				t.Errorf("%d draws: %v to %v, %v to %v, peaks ±%v, counts ±%v", draws, c.MCLow, c.MCHigh, c.Low, c.High,
					a.PeaksMC, n.MC)
			}
		}
	}
}
