package param

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// families has one distribution of each kind, without and with truncation.
func families(t *testing.T) map[string]struct {
	dist   Dist
	domain Domain
} {
	t.Helper()
	out := map[string]struct {
		dist   Dist
		domain Domain
	}{}
	for name, c := range map[string]struct {
		text   string
		domain Domain
	}{
		"uniform":               {"uniform(-2, 5)", Real},
		"uniform open":          {"uniform(0, 1)", OpenUnit},
		"uniform days":          {"uniform(30d, 1y)", Span},
		"normal":                {"normal(1, 2)", Real},
		"normal below":          {"normal(1, 2)", NonNegative},
		"normal both":           {"normal(0.1, 0.9)", Signed},
		"normal far":            {"normal(0.001, 50)", Probability},
		"normal days":           {"normal(30d, 10d)", Span},
		"lognormal":             {"lognormal(3, 0.5)", Positive},
		"lognormal real":        {"lognormal(3, 0.5)", Real},
		"lognormal above":       {"lognormal(3, 0.5)", SeverityUnit},
		"lognormal unit":        {"lognormal(0.2, 1)", Probability},
		"lognormal days":        {"lognormal(196d, 0.4)", Span},
		"logitnormal":           {"logitnormal(0.3, 1)", Probability},
		"logitnormal open":      {"logitnormal(0.9, 0.5)", OpenUnit},
		"logitnormal real":      {"logitnormal(0.9, 0.5)", Real},
		"beta":                  {"beta(2, 5)", Probability},
		"beta edge":             {"beta(0.5, 0.5)", Probability},
		"beta real":             {"beta(2, 1)", Real},
		"interval positive":     {"2.5 to 6", NonNegative},
		"interval unit":         {"0.05 to 0.4 at 80%", Probability},
		"interval real":         {"-3 to 1", Real},
		"interval days":         {"60d to 2y", Span},
		"interval from nothing": {"0 to 4", NonNegative},
		"interval signed":       {"-0.9 to 0.9", Signed},
		"interval severity":     {"2 to 9", SeverityUnit},
	} {
		d, err := ParseDist(c.text, c.domain)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = struct {
			dist   Dist
			domain Domain
		}{d, c.domain}
	}
	return out
}

var grid = []float64{1e-9, 1e-4, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1 - 1e-4, 1 - 1e-9}

// TestQuantileInvertsCDF: CDF(Quantile(u)) = u, for all families and
// truncations. The tolerance is what a double resolves: near 1 the CDF of
// beta(0.5, 0.5) moves by √ε.
func TestQuantileInvertsCDF(t *testing.T) {
	for name, c := range families(t) {
		for _, u := range grid {
			if got := c.dist.CDF(c.dist.Quantile(u)); math.Abs(got-u) > 1e-8 {
				t.Errorf("%s: CDF(Quantile(%v)) = %v", name, u, got)
			}
		}
	}
}

// TestCDFRises from 0 to 1.
func TestCDFRises(t *testing.T) {
	for name, c := range families(t) {
		if c.dist.CDF(-1e12) != 0 || c.dist.CDF(1e12) != 1 {
			t.Errorf("%s: CDF runs from %v to %v", name, c.dist.CDF(-1e12), c.dist.CDF(1e12))
		}
		rapid.Check(t, func(t *rapid.T) {
			value := rapid.Float64Range(-1000, 1000)
			x, y := value.Draw(t, "x"), value.Draw(t, "y")
			if p, q := c.dist.CDF(min(x, y)), c.dist.CDF(max(x, y)); p > q || p < 0 || q > 1 {
				t.Fatalf("%s: CDF(%v) = %v, CDF(%v) = %v", name, min(x, y), p, max(x, y), q)
			}
		})
	}
}

// TestCentralMass: an interval holds its mass, half of the rest on either side,
// where the domain cuts nothing off.
func TestCentralMass(t *testing.T) {
	for _, c := range []struct {
		text   string
		domain Domain
		level  float64
		lo, hi float64
	}{
		{"2.5 to 6", Positive, 0.90, 2.5, 6},
		{"2.5 to 6", NonNegative, 0.90, 2.5, 6},
		{"0.05 to 1.36 at 95%", NonNegative, 0.95, 0.05, 1.36},
		{"-3 to 1", Real, 0.90, -3, 1},
		{"0.3 to 0.7 at 50%", Probability, 0.50, 0.3, 0.7},
		{"0.3 to 0.7", OpenUnit, 0.90, 0.3, 0.7},
		{"60d to 1y", Span, 0.90, 60, DaysPerYear},
		{"60d to 1y at 99.9%", SpanOrZero, 0.999, 60, DaysPerYear},
	} {
		d, err := ParseDist(c.text, c.domain)
		if err != nil {
			t.Fatal(err)
		}
		tail := (1 - c.level) / 2
		for _, at := range [][2]float64{{c.lo, tail}, {c.hi, 1 - tail}} {
			if got := d.CDF(at[0]); math.Abs(got-at[1]) > 1e-12 {
				t.Errorf("%s on %s: CDF(%v) = %v, want %v", c.text, c.domain.Text, at[0], got, at[1])
			}
			if got := d.Quantile(at[1]); math.Abs(got-at[0]) > 1e-9*math.Abs(at[0]) {
				t.Errorf("%s on %s: Quantile(%v) = %v, want %v", c.text, c.domain.Text, at[1], got, at[0])
			}
		}
	}
}

// TestMedians against closed forms: of a lognormal and a logit-normal interval
// the geometric and the logistic middle, of a family its first parameter.
func TestMedians(t *testing.T) {
	for _, c := range []struct {
		text   string
		domain Domain
		want   float64
	}{
		{"2 to 8", Positive, 4},
		{"0.2 to 0.8", Probability, 0.5},
		{"-1 to 3", Real, 1},
		{"uniform(2, 4)", Real, 3},
		{"normal(1, 2)", Real, 1},
		{"lognormal(3, 0.7)", Positive, 3},
		{"logitnormal(0.3, 2)", Probability, 0.3},
		{"beta(3, 3)", Probability, 0.5},
		{"beta(1, 1)", Probability, 0.5},
		{"7", Real, 7},
	} {
		d, err := ParseDist(c.text, c.domain)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Median(); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: median %v, want %v", c.text, got, c.want)
		}
	}
}

// TestBetaAgainstClosedForms: beta(a, 1) has CDF x^a, beta(1, b) 1−(1−x)^b.
func TestBetaAgainstClosedForms(t *testing.T) {
	for _, a := range []float64{0.5, 1, 2, 7.5} {
		up, down := Dist{Family: Beta, A: a, B: 1}, Dist{Family: Beta, A: 1, B: a}
		for _, x := range []float64{0.1, 0.5, 0.9} {
			if got := up.CDF(x); math.Abs(got-math.Pow(x, a)) > 1e-12 {
				t.Errorf("beta(%v, 1): CDF(%v) = %v", a, x, got)
			}
			if got := down.CDF(x); math.Abs(got-(1-math.Pow(1-x, a))) > 1e-12 {
				t.Errorf("beta(1, %v): CDF(%v) = %v", a, x, got)
			}
		}
	}
}

func TestFamilyNames(t *testing.T) {
	for f, want := range map[Family]string{Point: "point", Uniform: "uniform", Normal: "normal", LogNormal: "lognormal",
		LogitNormal: "logitnormal", Beta: "beta"} {
		if f.String() != want {
			t.Errorf("%d is %s", f, f)
		}
	}
}
