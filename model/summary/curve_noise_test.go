package summary

import (
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
