package summary

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/sim"
)

// Arms that are held against each other as if apart, futures that are counted twice, or a day that
// is another one would show here.
func TestCourseAgainstReplicates(t *testing.T) {
	f := played()
	base := f.sums.Baseline
	for i, other := range f.sums.Others {
		course := f.sum.Contrasts[i].Course
		if len(course) != sim.Bins/stride {
			t.Fatalf("%d moments", len(course))
		}
		for k, m := range course {
			end := float64(k+1) * stride / sim.Bins * f.sums.Horizon
			by := func(o *sim.Outcome) float64 {
				return one(o.First[0][sim.Misstep] < end || k == len(course)-1 && o.First[0][sim.Misstep] <= end)
			}
			value, variance, n := 0.0, 0.0, float64(len(f.raw)*len(f.raw[0]))
			for _, draw := range f.raw {
				mean, size := 0.0, float64(len(draw))
				for _, out := range draw {
					mean += (by(&out[other]) - by(&out[base])) / size
				}
				for _, out := range draw {
					d := by(&out[other]) - by(&out[base]) - mean
					variance += d * d / (size - 1) * size / (n * n)
				}
				value += mean * size / n
			}
			half := 1.959963984540054 * math.Sqrt(variance)
			if !near(m.Day, end) || !near(m.Difference.Value, value) || !near(m.Difference.MC, half) {
				t.Errorf("day %v: %v ±%v, recomputed %v ±%v", m.Day, m.Difference.Value, m.Difference.MC, value, half)
			}
		}
		last, whole := course[len(course)-1].Difference, f.sum.Contrasts[i].Measure("any_misstep").Difference
		if last != whole {
			t.Errorf("the course ends on %+v, and the outcome is %+v", last, whole)
		}
	}
}
