package backtest

import (
	"math"
	"slices"

	"github.com/misstep/misstep/model/elem"
)

// Score judges a predictive distribution by what came.
type Score struct {
	Log      float64 // ln P(X = y) of what came [Good1952], ≤ 0; higher is better
	CRPS     float64 // ≥ 0 but for the sampling error of its fair form; lower is better
	Inside50 float64 // share of the central 50 % interval's claim that holds, see [Coverage]
	Inside90 float64
	PIT      float64 // P(X < y) + ½ P(X = y)
}

// scoreOf scores a distribution that is known exactly.
func scoreOf(p Predictive, y int) Score {
	return Score{Log: elem.Log(p.Mass(y)), CRPS: CRPS(p, y), Inside50: Coverage(p, y, 0.5), Inside90: Coverage(p, y, 0.9),
		PIT: PIT(p, y)}
}

// CRPS is the continuous ranked probability score Σ (P(X ≤ k) − 1{y ≤ k})² over counts k ≥ 0
// [Matheson1976], up to a tail below 1e-12.
func CRPS(p Predictive, y int) float64 {
	sum := 0.0
	for k := 0; k < mostCounts; k++ {
		d := p.CDF(k)
		if k >= y {
			d = 1 - d
			if d < 1e-12 {
				break
			}
		}
		sum += float64(d * d)
	}
	return sum
}

// fairCRPS is the CRPS of a sample of two or more, corrected for its size: the mean of |x − y| less Σᵢ
// Σⱼ |xᵢ − xⱼ| / (2 M (M − 1)), whose expectation is the score of the distribution itself [Ferro2014].
func fairCRPS(s Sample, y int) float64 {
	distance, spread := 0.0, 0.0
	m := float64(s.M)
	for x, n := range s.Futures {
		distance += math.Abs(float64(x-y)) * float64(n) / m
		f := s.CDF(x)
		spread += float64(f * (1 - f))
	}
	return distance - spread*m/(m-1)
}

// fairCRPSOf is [fairCRPS] of real numbers: at least two, in any order.
func fairCRPSOf(values []float64, y float64) float64 {
	x := slices.Clone(values)
	slices.Sort(x)
	m := float64(len(x))
	distance, spread := 0.0, 0.0
	for i, v := range x {
		distance += math.Abs(v-y) / m
		spread += float64(v * (float64(2*float64(i)) + 1 - m)) // Σᵢ<ⱼ (xⱼ − xᵢ)
	}
	return distance - spread/(m*(m-1))
}

// Coverage is the share of y's probability that lies in the central interval of a level: the chance
// that the randomised probability integral transform, uniform between P(X < y) and P(X ≤ y), lies in (½
// − level/2, ½ + level/2]. Its mean is the level exactly where the distribution is right, in spite of
// ties [Czado2009].
func Coverage(p Predictive, y int, level float64) float64 {
	a, b := p.CDF(y-1), p.CDF(y)
	lo, hi := 0.5-float64(level/2), 0.5+float64(level/2)
	if b <= a { // no probability at all
		if a > lo && a <= hi {
			return 1
		}
		return 0
	}
	return max(0, min(b, hi)-max(a, lo)) / (b - a)
}

// PIT is the middle of the randomised probability integral transform.
func PIT(p Predictive, y int) float64 { return p.CDF(y-1) + float64(p.Mass(y)/2) }
