package summary

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/misstep/misstep/model/experiment"
)

// TestSampling: of draws that are known, by hand; and over many samples of a made-up world the interval holds the
// mean of the world as often as it says, where chance within draws alone would not.
func TestSampling(t *testing.T) {
	two := draws(2, 4, func(d int) [4]float64 { return [4]float64{1 + float64(d), 1, 3 * float64(d), 1} })
	got := samplingOf(two, 100)
	// levels 1 and 2, 0 and 3, differences −1 and +1: √(2·2·(x/4)²)·1.96·100 with the distance x
	for _, x := range [][2]float64{{got.Baseline, 1}, {got.Treatment, 3}, {got.Difference, 2}} {
		if want := 195.996398454 * x[1] / 2; math.Abs(x[0]-want) > 1e-6 {
			t.Errorf("±%v, want ±%v", x[0], want)
		}
	}
	if samplingOf(two[:1], 1) != nil {
		t.Error("one draw tells something of others")
	}
	const worlds, n = 400, 60
	next, held := rand.New(rand.NewPCG(11, 1)).Float64, 0
	for range worlds {
		var list []*experiment.Moments
		for range n {
			rate := 0.02 + 0.2*next()*next()
			m := &experiment.Moments{N: 12}
			for range 12 * 50 {
				if m.Sum[1]++; next() < rate {
					m.Sum[0]++
				}
			}
			m.Sum[2], m.Sum[3] = m.Sum[0], m.Sum[1]
			list = append(list, m)
		}
		var total experiment.Moments
		for _, m := range list {
			total.Merge(m)
		}
		if math.Abs(total.Sum[0]/total.Sum[1]-0.07) <= samplingOf(list, 1).Baseline {
			held++
		}
	}
	if share := float64(held) / worlds; share < 0.91 || share > 0.985 { // .95 ± four standard errors
		t.Errorf("the interval holds the truth in %.3f of %d worlds", share, worlds)
	}
}
