package summary

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/misstep/misstep/model/experiment"
)

// draws builds the moments of draws × replicates from a generator of four-vectors.
func draws(n, replicates int, of func(d int) [4]float64) []*experiment.Moments {
	out := make([]*experiment.Moments, n)
	for d := range out {
		m := &experiment.Moments{}
		for range replicates {
			x := of(d)
			m.N++
			for i := range x {
				m.Sum[i] += x[i]
				for j := i; j < 4; j++ {
					m.Sq[i][j] += x[i] * x[j]
				}
			}
		}
		out[d] = m
	}
	return out
}

func TestGradientsMatchFiniteDifferences(t *testing.T) {
	at := [4]float64{0.7, 3, 0.5, 2.5}
	for name, f := range map[string]effect{"baseline": baselineRatio, "treatment": treatmentRatio,
		"difference": difference, "relative": relative} {
		_, g, ok := f(at)
		if !ok {
			t.Fatalf("%s is not defined at %v", name, at)
		}
		for i := range at {
			h := 1e-6
			up, down := at, at
			up[i] += h
			down[i] -= h
			a, _, _ := f(up)
			b, _, _ := f(down)
			if want := (a - b) / (2 * h); math.Abs(g[i]-want) > 1e-8 {
				t.Errorf("%s: derivative %d is %v, want %v", name, i, g[i], want)
			}
		}
	}
}

func TestEffectsWithoutCasesAreAbsent(t *testing.T) {
	for name, f := range map[string]effect{"baseline": baselineRatio, "treatment": treatmentRatio,
		"difference": difference, "relative": relative} {
		if _, _, ok := f([4]float64{}); ok {
			t.Errorf("%s of nothing is a number", name)
		}
	}
	if e, _ := estimate(draws(3, 5, func(int) [4]float64 { return [4]float64{} }), difference, 1,
		true); e != open(0, 0) {
		t.Errorf("an estimate of nothing is %+v", e)
	}
}

// The 95 % Monte Carlo interval of a difference of ratios covers the truth in
// 95 % of experiments. Over 1,500 of them the count has standard deviation 8.4;
// level 1e-6 allows 41, and a coverage of 90 % or 99 % would be seen.
func TestMonteCarloIntervalCovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const experiments = 1500
	covered := 0
	for range experiments {
		sample := draws(4, 60, func(int) [4]float64 {
			shared := rng.Float64()
			n := 2 + 3*rng.Float64()
			return [4]float64{n*0.5 + shared, n, n*0.4 + shared*0.8, n}
		})
		e, _ := estimate(sample, difference, 1, false)
		truth := -0.1 - 0.2*0.5/3.5
		if math.Abs(e.Value-truth) <= e.MC {
			covered++
		}
	}
	if math.Abs(float64(covered)-0.95*experiments) > 41 {
		t.Errorf("%d of %d intervals cover", covered, experiments)
	}
}

func TestIdenticalDrawsHaveNoParameterInterval(t *testing.T) {
	constant := draws(50, 20, func(int) [4]float64 { return [4]float64{1, 4, 2, 4} })
	e, _ := estimate(constant, difference, 100, true)
	if e.Low != e.Value || e.High != e.Value || e.Value != 25 {
		t.Errorf("identical draws give %+v", e)
	}
}

// With draws that differ by noise alone, the corrected spread is that of the
// noise of a variance and not that of the noise: over 200 draws τ² has a standard
// deviation of a tenth of the noise variance, so τ stays below half the noise in
// all but one of a million experiments (τ² ≤ 4.89/10).
func TestNoiseAloneGivesNearlyNoParameterInterval(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		noisy := draws(200, 25, func(int) [4]float64 { return [4]float64{rng.NormFloat64(), 1, rng.NormFloat64(), 1} })
		_, s := estimate(noisy, difference, 1, true)
		_, variance, between := s.moments()
		if between > 0.489*variance/(1-0.489) {
			t.Errorf("noise of variance %v passes for a spread of %v", variance, between)
		}
	}
}

// A true spread between draws comes back through the noise: τ = 0.5, noise 0.2.
// Over 400 draws τ² has a relative standard error of about 8 %, so 45 % allows
// for level 1e-6.
func TestSpreadIsRecoveredThroughNoise(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	shift := make([]float64, 400)
	for d := range shift {
		shift[d] = 0.5 * rng.NormFloat64()
	}
	sample := draws(len(shift), 50, func(d int) [4]float64 {
		return [4]float64{rng.NormFloat64(), 1, shift[d] + rng.NormFloat64(), 1}
	})
	e, s := estimate(sample, difference, 1, true)
	_, _, between := s.moments()
	if math.Abs(between-0.25) > 0.45*0.25 {
		t.Errorf("τ² is %v, want 0.25", between)
	}
	if width := e.High - e.Low; width < 1.96*0.7 || width > 1.96*1.3 {
		t.Errorf("the 95 %% interval is %v wide, want about %v", width, 1.96)
	}
}

func TestVerdicts(t *testing.T) {
	d := func(value, mc, low, high float64) Estimate {
		return Estimate{Value: value, MC: mc, Low: low, High: high, Resolved: low < high}
	}
	for name, c := range map[string]struct {
		e         Estimate
		goodness  int
		identical bool
		want      Verdict
	}{
		"less of a bad thing":          {d(-1, 0.1, -1.5, -0.5), -1, false, Better},
		"more of a bad thing":          {d(1, 0.1, 0.5, 1.5), -1, false, Worse},
		"more of a good thing":         {d(1, 0.1, 0.5, 1.5), 1, false, Better},
		"parameters leave it open":     {d(-1, 0.1, -2, 0.1), -1, false, Unclear},
		"Monte Carlo leaves it open":   {d(-1, 0.6, -1.5, -0.5), -1, false, Unclear},
		"neither good nor bad":         {d(-1, 0.1, -1.5, -0.5), 0, false, Differs},
		"no replicate differed at all": {d(0, 0, 0, 0), -1, true, Same},
	} {
		if got := verdict(c.e, c.goodness, c.identical); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestBetaIntervalHoldsItsMass(t *testing.T) {
	for _, c := range []struct{ mean, variance float64 }{{0.3, 0.01}, {0.001, 1e-7}, {0.95, 0.004}, {0.5, 0.3}} {
		low, high := betaInterval(c.mean, c.variance)
		if !(0 <= low && low < c.mean && c.mean < high && high <= 1) {
			t.Errorf("%+v: interval [%v, %v]", c, low, high)
		}
	}
	for _, tiny := range []float64{1e-20, 1e-60, 1e-300} {
		if low, high := betaInterval(tiny, tiny*tiny); !(low <= high) {
			t.Errorf("mean %v: interval [%v, %v]", tiny, low, high)
		}
	}
	if low, high := betaInterval(0.2, 0); low != 0.2 || high != 0.2 {
		t.Errorf("no variance leaves [%v, %v]", low, high)
	}
	// Beta(2, 2) has mean 1/2, variance 1/20 and quantiles that solve 3x² − 2x³ = p.
	low, _ := betaInterval(0.5, 0.05)
	if p := 3*low*low - 2*low*low*low; math.Abs(p-0.025) > 1e-9 {
		t.Errorf("the lower end of Beta(2, 2) cuts off %v", p)
	}
}
