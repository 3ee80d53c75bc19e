package decision

import (
	"math"
	"testing"

	"github.com/misstep/misstep/model/elem"
	"github.com/misstep/misstep/model/random"
)

// mixed is a lumpy world in which what one strength does is both good and bad: cases for the better weigh
// 1, and three times as many for the worse 0.5.
func mixed() *world {
	rates := func(u []float64) (better, worse float64) { // per 100 cases
		if u[0] < 0.5 {
			return 0, 0
		}
		size := math.Exp(elem.NormalQuantile(u[1]) - 1.5)
		return 2 * size * u[2], 3 * size * u[3]
	}
	const hundreds = 6.0
	return &world{4, func(u []float64) float64 { a, b := rates(u); return a - 0.5*b },
		func(u []float64, chance *random.Replicate, d int) (float64, float64) {
			better, worse := rates(u)
			a, b := poisson(chance, better*hundreds, 11, d), poisson(chance, worse*hundreds, 12, d)
			return (a - 0.5*b) / hundreds, (a + 0.25*b) / (hundreds * hundreds)
		}}
}

// TestMixedWeights is TestLumpy where cases weigh differently and gains and losses come together: shares
// are within their intervals in 17 of 20 samples, and regret is right to a third on the mean.
func TestMixedWeights(t *testing.T) {
	const delta, samples, draws = 0.05, 20, 300
	held, ratio := 0, 0.0
	for seed := range samples {
		s, truth := mixed().sampled(draws, seed)
		b := s.under(0, delta)[0]
		x := sharesOf(b.rates())
		worse, better := above(negative(truth), delta), above(truth, delta)
		if x.Worse.Low <= worse && worse <= x.Worse.High && x.Better.Low <= better && better <= x.Better.High {
			held++
		}
		known := [][]float64{make([]float64, draws), truth}
		ratio += regrets([]shrunken{b.shrink()})[1].Mean / average(regretOf(known, 1)) / samples
	}
	if held < 17 || ratio < 0.67 || ratio > 1.33 {
		t.Errorf("shares held in %d of %d, regret %.2f of the truth", held, samples, ratio)
	}
}
