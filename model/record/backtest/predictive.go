package backtest

import "github.com/misstep/misstep/model/elem"

// Predictive is a distribution of a count: 0, 1, 2, …
type Predictive interface {
	Mass(x int) float64 // P(X = x), 0 for x < 0
	CDF(x int) float64  // P(X ≤ x), 0 for x < 0
}

// Poisson is the Poisson distribution with a mean > 0.
type Poisson float64

// Mass is P(X = x).
func (p Poisson) Mass(x int) float64 {
	if x < 0 {
		return 0
	}
	g := elem.LogGamma(float64(x) + 1)
	return elem.Exp(float64(float64(x)*elem.Log(float64(p))) - float64(p) - g)
}

// CDF is P(X ≤ x).
func (p Poisson) CDF(x int) float64 {
	if x < 0 {
		return 0
	}
	return elem.GammaQ(float64(x)+1, float64(p))
}

// negativeBinomial is Poisson with a mean that is Gamma with this shape and rate, both > 0: P(X = x) =
// Γ(shape + x)/(Γ(shape) x!) · (rate/(rate + 1))^shape · (1/(rate + 1))^x.
type negativeBinomial struct{ Shape, Rate float64 }

// Mass is P(X = x).
func (d negativeBinomial) Mass(x int) float64 {
	if x < 0 {
		return 0
	}
	k := float64(x)
	a := elem.LogGamma(d.Shape + k)
	b := elem.LogGamma(d.Shape)
	c := elem.LogGamma(k + 1)
	return elem.Exp(a - b - c + float64(d.Shape*elem.Log(d.Rate/(d.Rate+1))) - float64(k*elem.Log1p(d.Rate)))
}

// CDF is P(X ≤ x).
func (d negativeBinomial) CDF(x int) float64 {
	if x < 0 {
		return 0
	}
	return elem.BetaI(d.Shape, float64(x)+1, d.Rate/(d.Rate+1))
}

// Sample is the empirical distribution of simulated counts.
type Sample struct {
	Futures []int // by count
	M       int   // of all
}

// newSample counts; counts are ≥ 0.
func newSample(counts []int) Sample {
	s := Sample{M: len(counts)}
	for _, x := range counts {
		for len(s.Futures) <= x {
			s.Futures = append(s.Futures, 0)
		}
		s.Futures[x]++
	}
	return s
}

// Mass is the share of futures with x.
func (s Sample) Mass(x int) float64 { return float64(s.count(x)) / float64(s.M) }

// CDF is the share of futures with at most x.
func (s Sample) CDF(x int) float64 { return float64(s.upTo(x)) / float64(s.M) }

func (s Sample) count(x int) int {
	if x < 0 || x >= len(s.Futures) {
		return 0
	}
	return s.Futures[x]
}

func (s Sample) upTo(x int) int {
	n := 0
	for k := 0; k <= x && k < len(s.Futures); k++ {
		n += s.Futures[k]
	}
	return n
}

// Mean of the sample.
func (s Sample) Mean() float64 {
	sum := 0
	for x, n := range s.Futures {
		sum += x * n
	}
	return float64(sum) / float64(s.M)
}

// mixing is the weight of the baseline in [Mixed], in futures.
const mixing = 0.5

// Mixed is the predictive distribution that is scored: of M futures m_x have x, and half a future is
// spread as the baseline, so that no count is impossible: P(x) = (m_x + ½ p₀(x)) / (M + ½).
type Mixed struct {
	Sample Sample
	Base   Predictive
}

// Mass is P(X = x).
func (m Mixed) Mass(x int) float64 {
	return (float64(m.Sample.count(x)) + float64(mixing*m.Base.Mass(x))) / (float64(m.Sample.M) + mixing)
}

// CDF is P(X ≤ x).
func (m Mixed) CDF(x int) float64 {
	return (float64(m.Sample.upTo(x)) + float64(mixing*m.Base.CDF(x))) / (float64(m.Sample.M) + mixing)
}

// mostCounts bounds searches and sums over counts.
const mostCounts = 100_000

// Quantile is the smallest count x with P(X ≤ x) ≥ u; u in [0, 1).
func Quantile(p Predictive, u float64) int {
	x := 0
	for x < mostCounts && p.CDF(x) < u {
		x++
	}
	return x
}
