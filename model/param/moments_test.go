package param

import (
	"fmt"
	"math"
	"testing"

	"github.com/misstep/misstep/model/elem"
)

// must reads a distribution that the test itself wrote.
func must(t *testing.T, text string, dom Domain) Dist {
	t.Helper()
	d, err := ParseDist(text, dom)
	if err != nil {
		t.Fatalf("%s on %s: %v", text, dom.Text, err)
	}
	return d
}

// near fails where two numbers differ by more than a relative tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Max(1, math.Abs(want))) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func phi(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }

// moments integrates the quantile function over u = Φ(z), where every quantile
// function is smooth.
func moments(d Dist) (mean, variance float64) {
	const edge, steps = 7.5, 3000
	var second float64
	h := 2 * edge / steps
	for i := range steps + 1 {
		z := -edge + float64(i)*h
		x := d.Quantile(elem.NormalCDF(z))
		mean += x * phi(z) * h
		second += x * x * phi(z) * h
	}
	return mean, second - mean*mean
}

// TestMomentsAgainstClosedForms catches a family whose second parameter is read
// as a variance, or whose median is read as a mean.
func TestMomentsAgainstClosedForms(t *testing.T) {
	for _, c := range []struct {
		text           string
		domain         Domain
		mean, variance float64
	}{
		{"uniform(2, 5)", Real, 3.5, 9.0 / 12},
		{"uniform(-1, 1)", Signed, 0, 4.0 / 12},
		{"uniform(10d, 30d)", Span, 20, 400.0 / 12},
		{"normal(3, 0.5)", Real, 3, 0.25},
		{"normal(-7, 2)", Real, -7, 4},
		{"lognormal(2, 0.5)", Positive, 2 * math.Exp(0.125), 4 * math.Exp(0.25) * math.Expm1(0.25)},
		{"lognormal(1, 0.1)", NonNegative, math.Exp(0.005), math.Exp(0.01) * math.Expm1(0.01)},
		{"lognormal(100d, 0.25)", Span, 100 * math.Exp(0.03125), 1e4 * math.Exp(0.0625) * math.Expm1(0.0625)},
		{"beta(2, 5)", Probability, 2.0 / 7, 10.0 / (49 * 8)},
		{"beta(1, 1)", Probability, 0.5, 1.0 / 12},
		{"beta(9, 3)", OpenUnit, 0.75, 27.0 / (144 * 13)},
		{"logitnormal(0.5, 0.001)", Probability, 0.5, 0.25 * 0.25 * 1e-6},
	} {
		mean, variance := moments(must(t, c.text, c.domain))
		near(t, "mean of "+c.text, mean, c.mean, 1e-6)
		near(t, "variance of "+c.text, variance, c.variance, 1e-5)
	}
}

// TestTruncatedNormalMoments catches a truncation that clips draws to the bound
// instead of redistributing the mass.
func TestTruncatedNormalMoments(t *testing.T) {
	for _, c := range []struct {
		mean, spread float64
		domain       Domain
	}{{1, 2, NonNegative}, {0.2, 1, Positive}, {0.5, 0.4, Probability}, {0, 1, Signed}, {-0.8, 0.6, Signed},
		{9, 3, SeverityUnit}} {
		text := fmt.Sprintf("normal(%v, %v)", c.mean, c.spread)
		low, high := (c.domain.Lo-c.mean)/c.spread, (c.domain.Hi-c.mean)/c.spread
		lowTerm, highTerm := low*phi(low), high*phi(high)
		if math.IsInf(high, 0) {
			highTerm = 0
		}
		mass := elem.NormalCDF(high) - elem.NormalCDF(low)
		shift := (phi(low) - phi(high)) / mass
		mean, variance := moments(must(t, text, c.domain))
		near(t, "mean of "+text+" on "+c.domain.Text, mean, c.mean+c.spread*shift, 1e-6)
		near(t, "variance of "+text+" on "+c.domain.Text, variance,
			c.spread*c.spread*(1+(lowTerm-highTerm)/mass-shift*shift), 1e-6)
	}
}

// density is the textbook density of a family, up to a factor.
func density(family Family, a, b, x float64) float64 {
	switch family {
	case Uniform:
		if x < a || x > b {
			return 0
		}
		return 1
	case Normal:
		return phi((x - a) / b)
	case LogNormal:
		return phi((math.Log(x)-a)/b) / x
	case LogitNormal:
		return phi((math.Log(x/(1-x))-a)/b) / (x * (1 - x))
	case Beta:
		return math.Pow(x, a-1) * math.Pow(1-x, b-1)
	}
	return math.NaN()
}

// area is the integral of a density by the midpoint rule.
func area(d Dist, lo, hi float64) float64 {
	const steps = 8000
	sum, h := 0.0, (hi-lo)/steps
	for i := range steps {
		sum += density(d.Family, d.A, d.B, lo+(float64(i)+0.5)*h) * h
	}
	return sum
}

// TestCDFIsTheIntegralOfTheDensity catches a truncated CDF that is not divided
// by the mass that is left, and a wrong formula of any family.
func TestCDFIsTheIntegralOfTheDensity(t *testing.T) {
	for _, c := range []struct {
		text   string
		domain Domain
		lo, hi float64 // the support, or all of it that matters
	}{
		{"uniform(1, 4)", Positive, 1, 4},
		{"normal(1, 2)", Real, -19, 21},
		{"normal(1, 2)", NonNegative, 0, 21},
		{"normal(0.4, 0.5)", Probability, 0, 1},
		{"normal(0.1, 0.9)", Signed, -1, 1},
		{"lognormal(3, 0.5)", Positive, 0, 100},
		{"lognormal(3, 0.5)", SeverityUnit, 0, 10},
		{"lognormal(0.6, 0.8)", Probability, 0, 1},
		{"logitnormal(0.3, 1)", Probability, 0, 1},
		{"logitnormal(0.9, 0.7)", OpenUnit, 0, 1},
		{"beta(2, 5)", Probability, 0, 1},
		{"beta(3, 1.5)", Probability, 0, 1},
		{"2 to 9", SeverityUnit, 0, 10},
		{"0 to 4", NonNegative, 0, 20},
		{"-0.9 to 0.9 at 50%", Signed, -1, 1},
	} {
		d := must(t, c.text, c.domain)
		whole := area(d, c.lo, c.hi)
		for _, share := range []float64{0.1, 0.25, 0.5, 0.75, 0.9} {
			x := c.lo + share*(c.hi-c.lo)
			near(t, fmt.Sprintf("CDF(%v) of %s on %s", x, c.text, c.domain.Text), d.CDF(x), area(d, c.lo, x)/whole, 2e-4)
		}
	}
}

// TestNoTruncationWhereNoneIsNeeded catches bounds that are stored although the
// family cannot leave the domain: the same belief would have two values.
func TestNoTruncationWhereNoneIsNeeded(t *testing.T) {
	for _, c := range []struct {
		text   string
		domain Domain
		cut    bool
	}{
		{"uniform(0, 1)", Probability, false}, {"beta(2, 2)", Real, false}, {"normal(0, 1)", Real, false},
		{"normal(0, 1)", Signed, true}, {"normal(1, 1)", NonNegative, true}, {"lognormal(1, 1)", Positive, false},
		{"lognormal(1, 1)", NonNegative, false}, {"lognormal(1, 1)", Real, false}, {"lognormal(0.5, 1)", Probability, true},
		{"lognormal(1, 1)", SeverityUnit, true}, {"logitnormal(0.5, 1)", Probability, false},
		{"logitnormal(0.5, 1)", NonNegative, false},
		{"0.2 to 0.4", Probability, false}, {"2 to 4", NonNegative, false}, {"0 to 4", NonNegative, true},
		{"-1 to 1", Real, false},
	} {
		if d := must(t, c.text, c.domain); (d.Lo != 0 || d.Hi != 0) != c.cut {
			t.Errorf("%s on %s: bounds %v and %v", c.text, c.domain.Text, d.Lo, d.Hi)
		}
	}
}
